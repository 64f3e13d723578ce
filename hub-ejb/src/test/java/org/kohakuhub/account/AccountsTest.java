package org.kohakuhub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.AdminConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.database.TestDatabase;

/** Users, logins and tokens on a real database. */
class AccountsTest {
    private static final Registration ANN = new Registration("ann", "Ann@Example.org", "password1");

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private AccountConfig config =
            new AccountConfig(false, false, new Secret("hub-secret"), Duration.ofHours(1), Duration.ofDays(30));
    private TestDatabase database;
    private Accounts accounts;
    private Sessions sessions;
    private Tokens tokens;
    private TokenUses uses;
    private Authenticator authenticator;
    private Logins logins;

    @BeforeEach
    void open() {
        database = newDatabase();
        TestAccounts.clear(database);
        build();
    }

    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    private void build() {
        accounts = new Accounts(config, clock);
        accounts.em = database.entityManager();
        sessions = new Sessions(config, clock);
        sessions.em = database.entityManager();
        tokens = new Tokens(config, clock);
        tokens.em = database.entityManager();
        uses = new TokenUses(sessions);
        authenticator = new Authenticator(uses, new AdminConfig(true, new Secret("root")), config, clock);
        authenticator.em = database.entityManager();
        logins = new Logins(authenticator, sessions, config);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private <T> T writing(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private Caller ann() {
        UserRecord made = writing(() -> accounts.register(ANN));
        return Caller.user(made.id(), made.name());
    }

    private static void assertRefused(ErrorKind kind, Runnable work) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(work::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void names_are_taken_with_their_look_alikes_and_addresses_whatever_their_case() {
        ann();

        for (String name : List.of("ann", "Ann", "a-nn", "AN_N")) {
            assertRefused(
                    ErrorKind.CONFLICT,
                    () -> writing(() -> accounts.register(new Registration(name, "other@example.org", "password1"))));
        }
        assertRefused(
                ErrorKind.CONFLICT,
                () -> writing(() -> accounts.register(new Registration("bob", "aNN@example.ORG", "password1"))));
        assertThat(accounts.conflict("A-N-N")).contains("ann");
        assertThat(accounts.conflict("bob")).isEmpty();
    }

    /** Two who ask at the same time both find the name free; the unique key has the last word. */
    @Test
    void the_database_refuses_what_two_find_free_and_its_refusal_is_known() {
        ann();
        String again = "insert into account (id, kind, name, normalized_name, created_at)"
                + " values ('other', 'user', 'Ann', 'ann', 1)";
        String wrong = "insert into account (id, kind, name, normalized_name, created_at)"
                + " values ('other', 'none', 'new', 'new', 1)";

        assertThat(failure(again))
                .satisfies(refusal -> assertThat(Conflicts.isUniqueKey(refusal)).isTrue());
        assertThat(failure(wrong))
                .satisfies(refusal -> assertThat(Conflicts.isUniqueKey(refusal)).isFalse());
    }

    private Throwable failure(String sql) {
        return catchThrowable(() ->
                writing(() -> database.entityManager().createNativeQuery(sql).executeUpdate()));
    }

    @Test
    void an_account_is_found_whatever_the_case_but_not_by_a_look_alike() {
        Caller ann = ann();

        assertThat(accounts.find("ANN")).map(AccountRecord::id).contains(ann.userId());
        assertThat(accounts.find("a-nn")).isEmpty();
        assertThat(accounts.user(ann).email()).contains("Ann@Example.org");
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> accounts.user(Caller.anonymous()));
    }

    @Test
    void nobody_registers_where_people_come_by_invitation() {
        config = new AccountConfig(false, true, new Secret("x"), Duration.ofHours(1), Duration.ofDays(1));
        build();

        assertRefused(ErrorKind.FORBIDDEN, () -> writing(() -> accounts.register(ANN)));
    }

    @Test
    void a_session_begins_with_the_password_and_ends_with_logout_or_time() {
        Caller ann = ann();
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> logins.login("ann", "password2"));
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> logins.login("nobody", "password1"));
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> logins.login("ann", "x".repeat(100)));

        Logins.Begun first = writing(() -> logins.login("Ann", "password1"));
        Logins.Begun second = writing(() -> logins.login("ann", "password1"));
        assertThat(authenticator.session(first.session().cookie()).map(Login::caller))
                .contains(ann);
        assertThat(first.sessionSecret()).hasSize(64).isNotEqualTo(second.sessionSecret());

        writing(() -> {
            logins.logout(first.session().cookie());
            return null;
        });
        assertThat(authenticator.session(first.session().cookie())).isEmpty();
        clock.forward(Duration.ofMinutes(59));
        assertThat(authenticator.session(second.session().cookie())).isPresent();
        clock.forward(Duration.ofMinutes(1));
        assertThat(authenticator.session(second.session().cookie())).isEmpty();
        assertThat(authenticator.session("made up")).isEmpty();
    }

    @Test
    void a_password_does_not_count_before_the_address_is_verified_where_it_must_be() {
        ann();
        config = new AccountConfig(true, false, new Secret("x"), Duration.ofHours(1), Duration.ofDays(1));
        build();

        assertRefused(ErrorKind.FORBIDDEN, () -> logins.login("ann", "password1"));
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> logins.login("ann", "password2"));
    }

    @Test
    void a_token_says_who_comes_and_what_he_may_until_it_expires() {
        Caller ann = ann();
        Tokens.Created write = writing(() -> tokens.create(ann, " laptop ", TokenRole.WRITE));
        Tokens.Created read = writing(() -> tokens.create(ann, "ci", TokenRole.READ));
        assertThat(write.text()).matches("hf_[A-Za-z0-9]{40}").isNotEqualTo(read.text());
        assertThat(write.token().name()).isEqualTo("laptop");

        assertThat(authenticator.bearer(write.text()).map(Login::caller)).contains(ann);
        assertThat(authenticator.bearer(read.text()).map(Login::caller))
                .contains(new Caller(ann.userId(), "ann", false, false));
        assertThat(authenticator.bearer(write.text() + "x")).isEmpty();

        clock.forward(Duration.ofDays(30));
        assertThat(authenticator.bearer(write.text())).isEmpty();
    }

    @Test
    void git_writes_its_credential_in_three_ways() {
        Caller ann = ann();
        String token = writing(() -> tokens.create(ann, "git", TokenRole.WRITE)).text();

        for (String[] pair : new String[][] {
            {"ann", token}, {"whoever", token}, {token, ""}, {token, "x-oauth-basic"}, {"ann", "password1"}
        }) {
            assertThat(authenticator.basic(pair[0], pair[1]).map(Login::caller)).contains(ann);
        }
        for (String[] pair : new String[][] {{"ann", "wrong"}, {"nobody", "password1"}, {"ann", ""}, {"", ""}}) {
            assertThat(authenticator.basic(pair[0], pair[1])).isEmpty();
        }
    }

    @Test
    void what_looks_like_a_token_is_never_tried_as_a_password() {
        String password = SecretText.token();
        writing(() -> accounts.register(new Registration("ann", "ann@example.org", password)));

        assertThat(authenticator.basic("ann", password)).isEmpty();
        assertThat(authenticator.password("ann", password)).isPresent();
    }

    @Test
    void tokens_are_ones_own_and_stored_without_their_text() {
        Caller ann = ann();
        UserRecord other = writing(() -> accounts.register(new Registration("bob", "bob@example.org", "password1")));
        Caller bob = Caller.user(other.id(), other.name());
        Tokens.Created created = writing(() -> tokens.create(ann, "t", TokenRole.WRITE));

        assertThat(tokens.list(ann)).extracting(TokenRecord::name).containsExactly("t");
        assertThat(tokens.list(bob)).isEmpty();
        assertRefused(ErrorKind.NOT_FOUND, () -> writing(() -> delete(bob, created)));
        assertThat(database.entityManager()
                        .createNativeQuery("select token_hash from api_token")
                        .getSingleResult())
                .asString()
                .hasSize(128)
                .doesNotContain(created.text());

        writing(() -> delete(ann, created));
        assertThat(authenticator.bearer(created.text())).isEmpty();
    }

    private Object delete(Caller caller, Tokens.Created created) {
        tokens.delete(caller, created.token().id());
        return created;
    }

    @Test
    void a_read_only_token_makes_no_token() {
        Caller reader = new Caller(ann().userId(), "ann", false, false);

        assertRefused(ErrorKind.FORBIDDEN, () -> writing(() -> tokens.create(reader, "more", TokenRole.WRITE)));
        assertRefused(
                ErrorKind.UNAUTHENTICATED, () -> writing(() -> tokens.create(Caller.anonymous(), "x", TokenRole.READ)));
        assertRefused(ErrorKind.INVALID, () -> writing(() -> tokens.create(ann2(), " ", TokenRole.READ)));
    }

    private Caller ann2() {
        return Caller.user(accounts.find("ann").orElseThrow().id(), "ann");
    }

    @Test
    void the_last_use_is_written_later_and_never_backwards() {
        Caller ann = ann();
        Tokens.Created created = writing(() -> tokens.create(ann, "t", TokenRole.READ));
        Instant used = clock.instant();
        authenticator.bearer(created.text());
        assertThat(tokens.list(ann).get(0).lastUsed()).isEmpty();

        writing(() -> {
            uses.flush();
            return null;
        });
        assertThat(tokens.list(ann).get(0).lastUsed()).contains(used);

        writing(() -> {
            sessions.tidy(Map.of(created.token().id(), used.toEpochMilli() - 1000));
            return null;
        });
        assertThat(tokens.list(ann).get(0).lastUsed()).contains(used);
    }

    @Test
    void expired_sessions_are_forgotten() {
        ann();
        writing(() -> logins.login("ann", "password1"));
        clock.forward(Duration.ofHours(2));

        writing(() -> {
            uses.flush();
            return null;
        });

        assertThat(database.entityManager()
                        .createNativeQuery("select count(*) from login_session")
                        .getSingleResult())
                .asString()
                .isEqualTo("0");
    }

    @Test
    void the_administrators_token_is_the_configured_one() {
        assertThat(authenticator.isAdminToken("root")).isTrue();
        assertThat(authenticator.isAdminToken("Root")).isFalse();
        for (AdminConfig closed :
                new AdminConfig[] {new AdminConfig(false, new Secret("root")), new AdminConfig(true, new Secret(""))}) {
            Authenticator shut = new Authenticator(uses, closed, config, clock);
            assertThat(shut.adminEnabled()).isFalse();
            assertThat(shut.isAdminToken("")).isFalse();
            assertThat(shut.isAdminToken("root")).isFalse();
        }
    }

    @Test
    void an_organization_takes_a_name_of_the_same_space() {
        ann();

        assertRefused(ErrorKind.CONFLICT, () -> writing(() -> accounts.createOrganization("A-nn", Optional.empty())));
        AccountRecord acme = writing(() -> accounts.createOrganization("acme", Optional.of("Roads")));
        assertThat(accounts.find("acme")).contains(acme);
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> logins.login("acme", "password1"));
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void forward(Duration step) {
            now = now.plus(step);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
