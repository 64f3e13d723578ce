package org.kohakuhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.TestAccounts;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.database.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessPolicyTest {
    private static final Caller ANN = Caller.user("ann", "ann");
    private static final Caller VIC = Caller.user("vic", "vic");
    private static final Caller EVE = Caller.user("eve", "eve");
    private static final RepoId PUBLIC = new RepoId(RepoType.MODEL, "acme", "open-bert");
    private static final RepoId PRIVATE = new RepoId(RepoType.MODEL, "acme", "secret-bert");
    private static final RepoId OWN = new RepoId(RepoType.MODEL, "ann", "diary");

    @TempDir
    static Path folder;

    private TestDatabase database;
    private AccessPolicy policy;

    @BeforeAll
    void open() throws SQLException {
        database = newDatabase();
        TestAccounts.clear(database);
        try (Connection connection = database.source().getConnection();
                Statement sql = connection.createStatement()) {
            for (String user : new String[] {"ann", "vic", "eve"}) {
                sql.execute("insert into account (id, kind, name, normalized_name, created_at) values ('" + user
                        + "', 'user', '" + user + "', '" + user + "', 1)");
            }
            sql.execute("insert into account (id, kind, name, normalized_name, created_at)"
                    + " values ('o1', 'org', 'acme', 'acme', 1)");
            sql.execute("insert into membership values ('o1', 'ann', 'member', 1), ('o1', 'vic', 'visitor', 1)");
            repository(sql, "r1", "o1", "acme", "open-bert", "openbert", false, false);
            repository(sql, "r2", "o1", "acme", "secret-bert", "secretbert", true, false);
            repository(sql, "r3", "ann", "ann", "diary", "diary", true, false);
            repository(sql, "r4", "o1", "acme", "bad", "bad", false, true);
        }
        policy = AccessPolicies.on(database);
    }

    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    private static void repository(
            Statement sql,
            String id,
            String owner,
            String namespace,
            String name,
            String normalized,
            boolean hidden,
            boolean disabled)
            throws SQLException {
        sql.execute(
                "insert into repository (id, type, owner_id, namespace, name, normalized_name, is_private, disabled,"
                        + " created_by, created_at, modified_at) values ('" + id + "', 'model', '" + owner + "', '"
                        + namespace
                        + "', '" + name + "', '" + normalized + "', " + hidden + ", " + disabled + ", 'ann', 1, 1)");
    }

    @AfterAll
    void close() {
        database.close();
    }

    private ErrorKind refusal(Caller caller, Action action, RepoId id) {
        try {
            policy.require(caller, action, id);
            throw new AssertionError("was allowed");
        } catch (HubException refused) {
            return refused.kind();
        }
    }

    @Test
    void gives_the_key_in_its_true_spelling() {
        RepoKey key = policy.require(ANN, Action.READ, new RepoId(RepoType.MODEL, "ACME", "Open-BERT"));

        assertThat(key).isEqualTo(new RepoKey("r1", PUBLIC, "o1", false));
    }

    @Test
    void a_look_alike_is_another_name() {
        assertThat(refusal(ANN, Action.READ, new RepoId(RepoType.MODEL, "acme", "openbert")))
                .isEqualTo(ErrorKind.REPO_NOT_FOUND);
        assertThat(refusal(ANN, Action.READ, new RepoId(RepoType.DATASET, "acme", "open-bert")))
                .isEqualTo(ErrorKind.REPO_NOT_FOUND);
    }

    @Test
    void a_private_repository_is_missing_to_strangers_whatever_they_want() {
        for (Action action : new Action[] {Action.READ, Action.WRITE, Action.MANAGE}) {
            assertThat(refusal(EVE, action, PRIVATE)).isEqualTo(ErrorKind.REPO_NOT_FOUND);
            assertThat(refusal(Caller.anonymous(), action, PRIVATE)).isEqualTo(ErrorKind.REPO_NOT_FOUND);
            assertThat(refusal(EVE, action, OWN)).isEqualTo(ErrorKind.REPO_NOT_FOUND);
        }
    }

    @Test
    void roles_count_in_their_organization() {
        assertThat(policy.require(VIC, Action.READ, PRIVATE).isPrivate()).isTrue();
        assertThat(refusal(VIC, Action.WRITE, PRIVATE)).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(policy.require(ANN, Action.WRITE, PRIVATE).id()).isEqualTo("r2");
        assertThat(refusal(ANN, Action.MANAGE, PRIVATE)).isEqualTo(ErrorKind.FORBIDDEN);
        assertThat(policy.require(ANN, Action.MANAGE, OWN).id()).isEqualTo("r3");
    }

    @Test
    void nobody_in_particular_is_asked_for_a_credential_before_changing_something_public() {
        assertThat(policy.require(Caller.anonymous(), Action.READ, PUBLIC).id()).isEqualTo("r1");
        assertThat(refusal(Caller.anonymous(), Action.WRITE, PUBLIC)).isEqualTo(ErrorKind.UNAUTHENTICATED);
    }

    @Test
    void a_read_only_token_does_not_write() {
        Caller reader = new Caller("ann", "ann", false, false);

        assertThat(policy.require(reader, Action.READ, OWN).id()).isEqualTo("r3");
        assertThat(refusal(reader, Action.WRITE, OWN)).isEqualTo(ErrorKind.FORBIDDEN);
    }

    @Test
    void a_disabled_repository_says_so_in_the_words_that_the_client_compares() {
        RepoId disabled = new RepoId(RepoType.MODEL, "acme", "bad");

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> policy.require(ANN, Action.READ, disabled))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN))
                .withMessage("Access to this resource is disabled.");
        Caller site = new Caller(null, null, true, true);
        assertThat(policy.require(site, Action.MANAGE, disabled).id()).isEqualTo("r4");
    }

    @Test
    void asks_again_about_a_known_repository() {
        RepoKey secret = policy.require(ANN, Action.READ, PRIVATE);

        assertThat(policy.allows(ANN, Action.WRITE, secret)).isTrue();
        assertThat(policy.allows(VIC, Action.WRITE, secret)).isFalse();
        assertThat(policy.allows(EVE, Action.READ, secret)).isFalse();
        assertThat(policy.allows(Caller.anonymous(), Action.READ, secret)).isFalse();
    }

    @Test
    void namespaces_are_users_and_organizations() {
        assertThat(policy.requireNamespace(ANN, Action.CREATE_REPOSITORY, "Acme"))
                .isEqualTo(new NamespaceKey("o1", "acme", true));
        assertThat(policy.requireNamespace(ANN, Action.CREATE_REPOSITORY, "ann"))
                .isEqualTo(new NamespaceKey("ann", "ann", false));
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> policy.requireNamespace(VIC, Action.CREATE_REPOSITORY, "acme"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN));
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> policy.requireNamespace(ANN, Action.CREATE_REPOSITORY, "nobody"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void a_listing_shows_the_private_repositories_of_ones_own_namespaces() {
        assertThat(policy.visibility(VIC)).isEqualTo(new Visibility(false, Set.of("vic", "o1")));
        assertThat(policy.visibility(Caller.anonymous()).includes("o1")).isFalse();
        assertThat(policy.visibility(new Caller(null, null, true, true)).includes("o1"))
                .isTrue();
    }
}
