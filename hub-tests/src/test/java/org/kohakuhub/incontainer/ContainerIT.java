package org.kohakuhub.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.account.Registration;
import org.kohakuhub.account.UserRecord;
import org.kohakuhub.commit.CommitResult;
import org.kohakuhub.commit.CommitService;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.object.UploadInFlight;
import org.kohakuhub.object.UploadSweep;
import org.kohakuhub.object.Uploads;
import org.kohakuhub.repo.NewRepository;
import org.kohakuhub.repo.RefService;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.RefRecord;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/**
 * What only the container shows: its transactions, its threads, its timers. The archive is the one that is delivered,
 * in the server for which it is made; starting that is what this costs, so there is one deployment.
 */
@ExtendWith(ArquillianExtension.class)
class ContainerIT {
    private static final Revision MAIN = Revision.parse("main");
    private static final int RACERS = 8;
    private static final int ROUNDS = 10;

    @Inject
    private Accounts accounts;

    @Inject
    private AccessPolicy access;

    @Inject
    private RepositoryService repositories;

    @Inject
    private RefService refs;

    @Inject
    private CommitService commits;

    @Inject
    private VersionStore versions;

    @Inject
    private ObjectStore store;

    @Inject
    private Uploads uploads;

    @Inject
    private UploadSweep sweep;

    @Inject
    private Endings endings;

    @Inject
    private Tables tables;

    private Caller ann;
    private RepoKey repo;

    @Deployment
    static WebArchive hub() throws URISyntaxException {
        File assertions = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("hub.war")))
                .addClasses(Endings.class, FullBranch.class, OneFile.class, Tables.class)
                .addAsLibrary(assertions);
    }

    @BeforeEach
    void a_repository_of_its_own() {
        String name = newName("ann");
        UserRecord user = accounts.register(new Registration(name, name + "@example.org", "correct horse " + name));
        ann = Caller.user(user.id(), user.name());
        RepoId id = new RepoId(RepoType.MODEL, name, "tiny");
        repositories.create(ann, new NewRepository(RepoType.MODEL, Optional.empty(), "tiny", false, Optional.empty()));
        repo = access.require(ann, Action.WRITE, id);
    }

    private static String newName(String prefix) {
        return prefix + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void a_refusal_arrives_as_it_was_thrown_and_takes_back_what_was_written() {
        String name = newName("org");

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> endings.refuse(ann, name))
                .satisfies(refusal -> assertThat(refusal).isExactlyInstanceOf(HubException.class))
                .returns(ErrorKind.QUOTA_EXCEEDED, HubException::kind)
                .returns("no room for " + name, HubException::sentence);

        assertThat(accounts.find(name)).isEmpty();
    }

    @Test
    void a_defect_arrives_wrapped_and_takes_back_what_was_written() {
        String name = newName("org");

        assertThatThrownBy(() -> endings.fail(ann, name))
                .isInstanceOf(EJBException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);

        assertThat(accounts.find(name)).isEmpty();
    }

    /** The caller is not told: the container rolls back in silence, so a service must not catch what it calls. */
    @Test
    void a_swallowed_refusal_takes_back_what_was_written() {
        String name = newName("org");

        endings.swallow(ann, name);

        assertThat(accounts.find(name)).isEmpty();
    }

    @Test
    void what_nobody_refuses_stays() {
        String name = newName("org");

        endings.succeed(ann, name);

        assertThat(accounts.find(name)).isPresent();
    }

    @Test
    void a_commit_that_an_observer_refuses_leaves_no_row() {
        Revision full = Revision.parse(FullBranch.NAME);
        refs.createBranch(ann, repo.name(), FullBranch.NAME, Optional.empty());
        commits.commit(ann, repo.name(), MAIN, OneFile.at("before.txt"));
        Map<String, Long> before = tables.ofRepository(repo.id());
        GitOid head = versions.resolve(repo, full);

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> commits.commit(ann, repo.name(), full, OneFile.at("a.txt")))
                .returns(ErrorKind.QUOTA_EXCEEDED, HubException::kind);

        assertThat(tables.ofRepository(repo.id())).isEqualTo(before);
        assertThat(versions.resolve(repo, full)).isEqualTo(head);
        commits.commit(ann, repo.name(), MAIN, OneFile.at("after.txt"));
        assertThat(tables.ofRepository(repo.id()).get("git_reflog")).isEqualTo(before.get("git_reflog") + 1);
    }

    @Test
    void of_commits_on_one_head_one_wins_each_round_and_none_is_lost() throws Exception {
        Set<GitOid> won = new HashSet<>();
        GitOid head = versions.resolve(repo, MAIN);
        won.add(head);
        for (int round = 0; round < ROUNDS; round++) {
            GitOid parent = head;
            String folder = round + "/";
            List<GitOid> winners = winners(
                    ErrorKind.STALE_PARENT,
                    racer -> () -> commit(OneFile.at(folder + racer + ".txt").on(parent)));
            assertThat(winners).as("winners of round %s", round).hasSize(1);
            head = winners.get(0);
            won.add(head);
        }

        assertThat(versions.resolve(repo, MAIN)).isEqualTo(head);
        assertThat(log(head)).containsExactlyInAnyOrderElementsOf(won);
        assertThat(textFiles(head)).hasSize(ROUNDS);
    }

    @Test
    void commits_on_whatever_is_the_head_all_get_into_the_history() throws Exception {
        Set<GitOid> made = new HashSet<>();
        made.add(versions.resolve(repo, MAIN));
        for (int round = 0; round < ROUNDS; round++) {
            String folder = round + "/";
            made.addAll(winners(ErrorKind.STALE_PARENT, racer -> () -> commit(OneFile.at(folder + racer + ".txt"))));
        }

        GitOid head = versions.resolve(repo, MAIN);
        assertThat(made).hasSize(1 + RACERS * ROUNDS);
        assertThat(log(head)).containsExactlyInAnyOrderElementsOf(made);
        assertThat(textFiles(head)).hasSize(RACERS * ROUNDS);
    }

    /** Here nothing but the swap in the database keeps the racers apart: writers of a branch take turns before it. */
    @Test
    void of_those_who_make_or_remove_one_branch_one_wins() throws Exception {
        String branch = "racing";
        for (int round = 0; round < ROUNDS; round++) {
            List<String> made = winners(ErrorKind.CONFLICT, racer -> () -> {
                refs.createBranch(ann, repo.name(), branch, Optional.empty());
                return branch;
            });
            assertThat(made).as("makers of round %s", round).hasSize(1);
            assertThat(branches()).containsExactlyInAnyOrder("refs/heads/main", "refs/heads/racing");
            List<String> removed = winners(ErrorKind.REVISION_NOT_FOUND, racer -> () -> {
                refs.deleteBranch(ann, repo.name(), branch);
                return branch;
            });
            assertThat(removed).as("removers of round %s", round).hasSize(1);
            assertThat(branches()).containsExactly("refs/heads/main");
        }
    }

    @Test
    void the_sweep_removes_uploads_that_nobody_finished_and_no_other() throws Exception {
        byte[] bytes = "never verified".getBytes(StandardCharsets.UTF_8);
        String forgotten = upload(bytes);
        String young = upload("still on its way".getBytes(StandardCharsets.UTF_8));
        tables.age(forgotten);

        assertThat(sweep.sweep()).isBetween(0, 1); // the timer may have come first

        assertThat(store.head(forgotten)).isEmpty();
        assertThat(tables.ofKey(forgotten)).isZero();
        assertThat(store.head(young)).isPresent();
        assertThat(tables.ofKey(young)).isEqualTo(2);
        assertThat(sweep.sweep()).isZero();
    }

    @Test
    void the_container_keeps_the_timers_of_the_sweep() {
        assertThat(tables.timers()).contains("sweep of uploads");
    }

    private String upload(byte[] bytes) throws NoSuchAlgorithmException {
        Sha256 sha256 = new Sha256(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        UploadInFlight upload = uploads.open(
                        repo, ann.userId(), List.of(new Uploads.Wanted(sha256, bytes.length, Optional.empty())))
                .get(sha256);
        store.put(upload.key(), bytes);
        return upload.key();
    }

    private GitOid commit(OneFile file) {
        CommitResult done = commits.commit(ann, repo.name(), MAIN, file);
        return done.head();
    }

    private List<GitOid> log(GitOid head) {
        return versions.log(repo, head, 0, 1000).stream().map(CommitRecord::oid).toList();
    }

    private List<String> textFiles(GitOid head) {
        List<String> paths = new ArrayList<>();
        versions.forEachFile(repo, head, (TreeEntry file) -> paths.add(file.path()));
        paths.removeIf(path -> !path.endsWith(".txt"));
        return paths;
    }

    private List<String> branches() {
        return refs.refs(ann, repo.name()).stream().map(RefRecord::name).toList();
    }

    /** What those get who are not refused, when all begin at the same moment. Another refusal fails the test. */
    private static <T> List<T> winners(ErrorKind refusal, IntFunction<Callable<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService pool = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<Optional<T>>> racers = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                Callable<T> mine = task.apply(racer);
                racers.add(pool.submit(() -> {
                    start.await();
                    return attempt(refusal, mine);
                }));
            }
            List<T> won = new ArrayList<>();
            for (Future<Optional<T>> racer : racers) {
                racer.get().ifPresent(won::add);
            }
            return won;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> Optional<T> attempt(ErrorKind refusal, Callable<T> task) throws Exception {
        try {
            return Optional.of(task.call());
        } catch (HubException refused) {
            if (refused.kind() == refusal) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
