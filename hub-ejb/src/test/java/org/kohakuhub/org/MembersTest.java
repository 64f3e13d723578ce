package org.kohakuhub.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.access.AccessPolicies;
import org.kohakuhub.access.Role;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Profiles;
import org.kohakuhub.account.Registration;
import org.kohakuhub.account.TestAccounts;
import org.kohakuhub.account.UserRecord;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.database.TestDatabase;

class MembersTest {
    @TempDir
    Path folder;

    private TestDatabase database;
    private Accounts accounts;
    private Organizations organizations;
    private Members members;
    private Caller ann;
    private Caller bob;
    private Caller eve;

    @BeforeEach
    void open() {
        database = newDatabase();
        TestAccounts.clear(database);
        Clock clock = Clock.systemUTC();
        AccountConfig config =
                new AccountConfig(false, false, new Secret("x"), Duration.ofHours(1), Duration.ofDays(1));
        accounts = TestAccounts.on(database, config, clock);
        var policy = AccessPolicies.on(database);
        organizations = new Organizations(accounts, new Profiles(accounts), policy, clock);
        organizations.em = database.entityManager();
        members = new Members(organizations, accounts, policy, clock);
        members.em = database.entityManager();
        ann = user("ann");
        bob = user("bob");
        eve = user("eve");
        writing(() -> organizations.create(ann, "acme", Optional.of("Roads")));
    }

    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Caller user(String name) {
        Registration registration = new Registration(name, name + "@example.org", "password1");
        UserRecord made = database.inTransaction(() -> accounts.register(registration));
        return Caller.user(made.id(), made.name());
    }

    /** As the container does: one transaction for each call. */
    private void writing(Runnable work) {
        database.inTransaction(() -> {
            work.run();
            return null;
        });
    }

    private void assertRefused(ErrorKind kind, Runnable work) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> writing(work))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void who_makes_an_organization_is_its_super_admin() {
        assertThat(organizations.members("ACME")).containsExactly(new Member("ann", Role.SUPER_ADMIN));
        assertThat(organizations.of("ann"))
                .singleElement()
                .satisfies(belonging -> assertThat(belonging.name()).isEqualTo("acme"));
        assertThat(organizations.of("nobody")).isEmpty();
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> organizations.create(Caller.anonymous(), "x", Optional.empty()));
        Caller reader = new Caller(ann.userId(), "ann", false, false);
        assertRefused(ErrorKind.FORBIDDEN, () -> organizations.create(reader, "x", Optional.empty()));
    }

    @Test
    void a_user_is_no_organization() {
        assertRefused(ErrorKind.NOT_FOUND, () -> organizations.find("ann"));
        assertRefused(ErrorKind.NOT_FOUND, () -> members.add(ann, "ann", "bob", Role.MEMBER));
        assertRefused(ErrorKind.NOT_FOUND, () -> members.add(ann, "acme", "acme", Role.MEMBER));
    }

    @Test
    void admins_manage_all_but_super_admins() {
        writing(() -> members.add(ann, "acme", "bob", Role.ADMIN));

        writing(() -> members.add(bob, "acme", "eve", Role.VISITOR));
        writing(() -> members.change(bob, "acme", "eve", Role.ADMIN));
        assertRefused(ErrorKind.FORBIDDEN, () -> members.change(bob, "acme", "eve", Role.SUPER_ADMIN));
        assertRefused(ErrorKind.FORBIDDEN, () -> members.change(bob, "acme", "ann", Role.MEMBER));
        assertRefused(ErrorKind.FORBIDDEN, () -> members.remove(bob, "acme", "ann"));
        writing(() -> members.remove(bob, "acme", "eve"));
        assertThat(organizations.members("acme"))
                .containsExactly(new Member("ann", Role.SUPER_ADMIN), new Member("bob", Role.ADMIN));
    }

    @Test
    void members_and_strangers_manage_nobody() {
        writing(() -> members.add(ann, "acme", "bob", Role.MEMBER));

        assertRefused(ErrorKind.FORBIDDEN, () -> members.add(bob, "acme", "eve", Role.VISITOR));
        assertRefused(ErrorKind.FORBIDDEN, () -> members.remove(eve, "acme", "bob"));
        assertRefused(ErrorKind.UNAUTHENTICATED, () -> members.remove(Caller.anonymous(), "acme", "bob"));
        assertRefused(ErrorKind.NOT_FOUND, () -> members.remove(ann, "acme", "eve"));
        assertRefused(ErrorKind.CONFLICT, () -> members.add(ann, "acme", "bob", Role.ADMIN));
    }

    @Test
    void the_last_super_admin_stays() {
        assertRefused(ErrorKind.CONFLICT, () -> members.change(ann, "acme", "ann", Role.ADMIN));
        assertRefused(ErrorKind.CONFLICT, () -> members.remove(ann, "acme", "ann"));

        writing(() -> members.add(ann, "acme", "bob", Role.SUPER_ADMIN));
        writing(() -> members.change(bob, "acme", "ann", Role.MEMBER));
        assertRefused(ErrorKind.CONFLICT, () -> members.remove(bob, "acme", "bob"));
        assertThat(organizations.members("acme"))
                .containsExactly(new Member("ann", Role.MEMBER), new Member("bob", Role.SUPER_ADMIN));
    }

    @Test
    void private_repositories_count_for_members_only() throws Exception {
        AccountRecord acme = organizations.find("acme");
        try (var connection = database.source().getConnection();
                var sql = connection.createStatement()) {
            for (String name : new String[] {"open", "secret"}) {
                sql.execute("insert into repository (id, type, owner_id, namespace, name, normalized_name, is_private,"
                        + " created_by, created_at, modified_at) values ('" + name + "', 'model', '" + acme.id()
                        + "', 'acme', '" + name + "', '" + name + "', " + name.equals("secret") + ", 'x', 1, 1)");
            }
        }

        assertThat(organizations.repositories(ann, acme)).isEqualTo(new RepoCounts(2, 0, 0));
        assertThat(organizations.repositories(eve, acme)).isEqualTo(new RepoCounts(1, 0, 0));
        assertThat(organizations.repositories(Caller.anonymous(), acme).total()).isEqualTo(1);
    }
}
