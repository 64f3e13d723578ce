package org.kohakuhub.version.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.TreeEntry;

/** What the version store must do on every database. */
interface VersionStoreContract {
    String MAIN = "refs/heads/main";

    TestGit git();

    default GitOid put(RepoKey repo, String path, String text) {
        return commit(repo, Optional.empty(), path, text.getBytes(StandardCharsets.UTF_8));
    }

    default GitOid commit(RepoKey repo, Optional<String> parent, String path, byte[] bytes) {
        try (CommitWriter writer = git().store.write(repo)) {
            GitOid blob = writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length);
            return writer.commit(new CommitDraft(
                    MAIN,
                    parent,
                    TestGit.ANN,
                    "put " + path,
                    List.of(new TreeChange.PutBlob(new FilePath(path), blob))));
        }
    }

    default GitOid change(RepoKey repo, TreeChange... changes) {
        try (CommitWriter writer = git().store.write(repo)) {
            return writer.commit(new CommitDraft(MAIN, Optional.empty(), TestGit.ANN, "change", List.of(changes)));
        }
    }

    default List<String> paths(RepoKey repo, boolean recursive, int pageSize) {
        List<String> all = new ArrayList<>();
        GitOid commit = git().store.head(repo, MAIN).orElseThrow();
        String after = "";
        while (true) {
            var page = git().store.list(repo, commit, Optional.empty(), recursive, after, pageSize);
            page.entries().forEach(entry -> all.add(entry.path()));
            assertThat(all).as("paging comes to an end").hasSizeLessThan(2000).doesNotHaveDuplicates();
            if (!page.more()) {
                return all;
            }
            after = all.get(all.size() - 1);
        }
    }

    static ErrorKind refusal(Callable<?> call) {
        try {
            call.call();
        } catch (HubException e) {
            return e.kind();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was not refused");
    }

    @Test
    default void a_repository_without_commit_has_no_revision() {
        RepoKey repo = git().newRow();
        assertThat(refusal(() -> git().store.resolve(repo, Revision.parse("main"))))
                .isEqualTo(ErrorKind.REVISION_NOT_FOUND);
        assertThat(git().store.refs(repo, "refs/heads/")).isEmpty();
    }

    @Test
    default void the_first_commit_is_on_main() {
        RepoKey repo = git().newRepository();
        GitOid head = git().store.resolve(repo, Revision.parse("main"));
        List<CommitRecord> log = git().store.log(repo, head, 0, 10);
        assertThat(log).hasSize(1);
        assertThat(log.get(0).title()).isEqualTo("initial commit");
        assertThat(log.get(0).authorName()).isEqualTo("ann");
        assertThat(paths(repo, true, 100)).containsExactly(".gitattributes");
    }

    @Test
    default void what_was_committed_is_read_back() throws IOException {
        RepoKey repo = git().newRepository();
        GitOid commit = put(repo, "data/a b/ü+#%.txt", "hello");
        TreeEntry entry = git().store
                .entry(repo, commit, new FilePath("data/a b/ü+#%.txt"))
                .orElseThrow();
        assertThat(entry.size()).isEqualTo(5);
        try (InputStream content = git().store.open(repo, entry.oid())) {
            assertThat(content.readAllBytes()).asString().isEqualTo("hello");
        }
        assertThat(git().store.read(repo, entry.oid(), 100)).asString().isEqualTo("hello");
        assertThat(refusal(() -> git().store.read(repo, entry.oid(), 4))).isEqualTo(ErrorKind.TOO_LARGE);
    }

    @Test
    default void large_packs_go_to_the_object_store_and_come_back() throws IOException {
        RepoKey repo = git().newRepository();
        byte[] bytes = new byte[20 << 20]; // above the memory of one file, so that it is spooled
        new Random(1).nextBytes(bytes);
        GitOid commit = commit(repo, Optional.empty(), "large.dat", bytes);
        assertThat(git().objects.keys()).anyMatch(key -> key.startsWith("git/" + repo.id() + "/"));
        TreeEntry entry =
                git().store.entry(repo, commit, new FilePath("large.dat")).orElseThrow();
        try (InputStream content = git().store.open(repo, entry.oid())) {
            assertThat(content.readAllBytes()).isEqualTo(bytes);
        }
        Number intents = (Number) git().database
                .entityManager()
                .createNativeQuery("select count(*) from store_intent where repo_id = ?1")
                .setParameter(1, repo.id())
                .getSingleResult();
        assertThat(intents.intValue()).isZero();
    }

    @Test
    default void a_removed_repository_leaves_its_packs_to_the_sweep() {
        RepoKey repo = git().newRepository();
        byte[] bytes = new byte[1 << 20];
        new Random(3).nextBytes(bytes);
        commit(repo, Optional.empty(), "large.dat", bytes);
        var em = git().database.entityManager();
        git().database.inTransaction(() -> {
            git().store.abandon(repo);
            return em.createNativeQuery("delete from repository where id = ?1")
                    .setParameter(1, repo.id())
                    .executeUpdate();
        });
        List<?> promised = em.createNativeQuery("select object_key from store_intent where repo_id = ?1")
                .setParameter(1, repo.id())
                .getResultList();
        assertThat(promised).isNotEmpty();
        assertThat(git().objects.keys())
                .filteredOn(key -> key.contains(repo.id()))
                .hasSameElementsAs(promised.stream().map(String::valueOf).toList());
        assertThat(refusal(() -> put(repo, "a.txt", "late"))).isEqualTo(ErrorKind.REPO_NOT_FOUND);
        git().maintenance.sweepPromisedBefore(Long.MAX_VALUE);
        assertThat(git().objects.keys()).noneMatch(key -> key.contains(repo.id()));
    }

    @Test
    default void a_commit_that_changes_nothing_is_the_head() {
        RepoKey repo = git().newRepository();
        GitOid first = put(repo, "a.txt", "same");
        assertThat(put(repo, "a.txt", "same")).isEqualTo(first);
    }

    @Test
    default void a_stale_parent_is_refused_and_changes_nothing() {
        RepoKey repo = git().newRepository();
        GitOid old = git().store.resolve(repo, Revision.parse("main"));
        GitOid head = put(repo, "a.txt", "1");
        assertThat(refusal(() -> commit(repo, Optional.of(old.hex()), "b.txt", new byte[1])))
                .isEqualTo(ErrorKind.STALE_PARENT);
        assertThat(git().store.head(repo, MAIN)).contains(head);
        GitOid next = commit(repo, Optional.of(head.hex().substring(0, 7)), "b.txt", new byte[1]);
        assertThat(git().store.log(repo, next, 0, 1).get(0).parents()).containsExactly(head);
    }

    @Test
    default void pages_of_a_tree_join_to_the_whole() {
        RepoKey repo = git().newRepository();
        List<TreeChange> changes = new ArrayList<>();
        Set<String> expected = new HashSet<>(Set.of(".gitattributes"));
        for (String path :
                List.of("a", "a-b/x", "a.b/y", "b/c/d", "b/c/e/f", "b/c.txt", "b.txt", "z/1", "z/2", "ü/1")) {
            changes.add(new TreeChange.PutPointer(new FilePath(path), new Sha256("0".repeat(64)), 7));
            expected.add(path);
            for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
                expected.add(path.substring(0, i));
            }
        }
        change(repo, changes.toArray(TreeChange[]::new));
        List<String> whole = paths(repo, true, 1000);
        assertThat(whole).containsExactlyInAnyOrderElementsOf(expected);
        for (int size = 1; size <= whole.size() + 1; size++) {
            assertThat(paths(repo, true, size)).as("pages of %d", size).isEqualTo(whole);
        }
        assertThat(paths(repo, false, 2)).isEqualTo(paths(repo, false, 100)).doesNotContain("b/c");
    }

    @Test
    default void an_lfs_file_shows_the_size_of_its_content() {
        RepoKey repo = git().newRepository();
        Sha256 oid = new Sha256("ab".repeat(32));
        GitOid commit = change(repo, new TreeChange.PutPointer(new FilePath("m.bin"), oid, 123_456_789_012L));
        TreeEntry entry = git().store.entry(repo, commit, new FilePath("m.bin")).orElseThrow();
        assertThat(entry.size()).isEqualTo(123_456_789_012L);
        assertThat(entry.lfs().orElseThrow().oid()).isEqualTo(oid);
        assertThat(entry.lfs().orElseThrow().pointerSize()).isEqualTo(137);
    }

    @Test
    default void files_and_folders_are_removed_and_empty_folders_vanish() {
        RepoKey repo = git().newRepository();
        put(repo, "d/e/f.txt", "1");
        put(repo, "d/g.txt", "2");
        change(repo, new TreeChange.DeleteFile(new FilePath("d/e/f.txt")));
        assertThat(paths(repo, true, 100)).containsExactly(".gitattributes", "d", "d/g.txt");
        change(repo, new TreeChange.DeleteFolder(new FilePath("d")));
        assertThat(paths(repo, true, 100)).containsExactly(".gitattributes");
        assertThat(refusal(() -> change(repo, new TreeChange.DeleteFile(new FilePath("d")))))
                .isEqualTo(ErrorKind.ENTRY_NOT_FOUND);
    }

    @Test
    default void a_file_cannot_lie_below_a_file() {
        RepoKey repo = git().newRepository();
        GitOid head = put(repo, "a", "1");
        assertThat(refusal(() -> put(repo, "a/b", "2"))).isEqualTo(ErrorKind.UNPROCESSABLE);
        assertThat(git().store.head(repo, MAIN)).contains(head);
    }

    @Test
    default void copies_come_from_any_commit() {
        RepoKey repo = git().newRepository();
        GitOid first = put(repo, "a.txt", "old");
        put(repo, "a.txt", "new");
        GitOid commit = change(repo, new TreeChange.Copy(new FilePath("b/c.txt"), new FilePath("a.txt"), first));
        TreeEntry copy =
                git().store.entry(repo, commit, new FilePath("b/c.txt")).orElseThrow();
        assertThat(git().store.read(repo, copy.oid(), 10)).asString().isEqualTo("old");
    }

    @Test
    default void revisions_are_branches_tags_refs_and_ids() {
        RepoKey repo = git().newRepository();
        GitOid head = put(repo, "a.txt", "1");
        git().store.createRef(repo, "refs/heads/feature/x", head, TestGit.ANN, Optional.empty());
        git().store.createRef(repo, "refs/tags/v1", head, TestGit.ANN, Optional.of("first"));
        for (String name : List.of(
                "main",
                "feature/x",
                "v1",
                "refs/heads/main",
                "refs/tags/v1",
                head.hex(),
                head.hex().substring(0, 7),
                "HEAD")) {
            assertThat(git().store.resolve(repo, Revision.parse(name))).as(name).isEqualTo(head);
        }
        for (String name : List.of("nope", "0".repeat(40), "abcdef0", "refs/pr/1")) {
            assertThat(refusal(() -> git().store.resolve(repo, Revision.parse(name))))
                    .as(name)
                    .isEqualTo(ErrorKind.REVISION_NOT_FOUND);
        }
        assertThat(git().store.refs(repo, "refs/tags/")).hasSize(1);
        assertThat(git().store.refs(repo, "refs/tags/").get(0).commit()).isEqualTo(head);
    }

    @Test
    default void refs_are_made_once_and_removed_once() {
        RepoKey repo = git().newRepository();
        GitOid head = git().store.head(repo, MAIN).orElseThrow();
        git().store.createRef(repo, "refs/heads/x", head, TestGit.ANN, Optional.empty());
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> git().store.createRef(repo, "refs/heads/x", head, TestGit.ANN, Optional.empty()))
                .withMessage("Reference refs/heads/x already exists");
        assertThat(refusal(() -> {
                    git().store.createRef(repo, "refs/heads/x/y", head, TestGit.ANN, Optional.empty());
                    return null;
                }))
                .isEqualTo(ErrorKind.CONFLICT);
        git().store.deleteRef(repo, "refs/heads/x", TestGit.ANN);
        assertThat(refusal(() -> {
                    git().store.deleteRef(repo, "refs/heads/x", TestGit.ANN);
                    return null;
                }))
                .isEqualTo(ErrorKind.REVISION_NOT_FOUND);
    }

    @Test
    default void the_last_commit_of_a_path_is_the_one_that_changed_it() {
        RepoKey repo = git().newRepository();
        GitOid a = put(repo, "d/a.txt", "1");
        GitOid b = put(repo, "d/b.txt", "1");
        put(repo, "c.txt", "1");
        GitOid head = git().store.head(repo, MAIN).orElseThrow();
        var last = git().store.lastCommits(repo, head, List.of("d", "d/a.txt", "d/b.txt", "c.txt", ".gitattributes"));
        assertThat(last.get("d").oid()).isEqualTo(b);
        assertThat(last.get("d/a.txt").oid()).isEqualTo(a);
        assertThat(last.get("d/b.txt").oid()).isEqualTo(b);
        assertThat(last.get("c.txt").oid()).isEqualTo(head);
        assertThat(last.get(".gitattributes").title()).isEqualTo("initial commit");
    }

    @Test
    default void sixteen_writers_of_one_branch_lose_nothing() throws Exception {
        RepoKey repo = git().newRepository();
        int writers = 16;
        int each = 8;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Future<List<GitOid>>> results = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                results.add(pool.submit(() -> {
                    List<GitOid> made = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        made.add(put(repo, "w" + writer + "/" + i + ".txt", writer + " " + i));
                    }
                    return made;
                }));
            }
            Set<GitOid> acknowledged = new HashSet<>();
            for (Future<List<GitOid>> result : results) {
                acknowledged.addAll(result.get());
            }
            GitOid head = git().store.head(repo, MAIN).orElseThrow();
            List<GitOid> history = git().store.log(repo, head, 0, 1000).stream()
                    .map(CommitRecord::oid)
                    .toList();
            assertThat(history).hasSize(1 + writers * each).containsAll(acknowledged);
            assertThat(paths(repo, true, 1000)).hasSize(1 + writers + writers * each);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    default void of_racers_with_one_parent_exactly_one_wins() throws Exception {
        RepoKey repo = git().newRepository();
        GitOid parent = git().store.head(repo, MAIN).orElseThrow();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int racer = i;
                results.add(pool.submit(() -> {
                    try {
                        commit(repo, Optional.of(parent.hex()), racer + ".txt", new byte[] {(byte) racer});
                        return true;
                    } catch (HubException e) {
                        assertThat(e.kind()).isEqualTo(ErrorKind.STALE_PARENT);
                        return false;
                    }
                }));
            }
            int winners = 0;
            for (Future<Boolean> result : results) {
                winners += result.get() ? 1 : 0;
            }
            assertThat(winners).isOne();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    default void joining_and_repacking_keep_every_object() throws IOException {
        RepoKey repo = git().newRepository();
        for (int i = 0; i < 60; i++) {
            put(repo, "f" + i % 7 + "/" + i + ".txt", "content " + i);
        }
        GitOid before = git().store.head(repo, MAIN).orElseThrow();
        git().maintenance.care(repo);
        assertThat(git().packs.live(repo.id())).hasSizeLessThan(15);
        byte[] bytes = new byte[17 << 20];
        new Random(2).nextBytes(bytes);
        GitOid head = commit(repo, Optional.empty(), "big.dat", bytes);
        git().maintenance.care(repo);
        assertThat(git().packs.live(repo.id())).anyMatch(pack -> pack.source.equals("GC"));
        assertThat(git().store.log(repo, head, 0, 1000)).hasSize(62);
        assertThat(git().store.log(repo, head, 1, 1).get(0).oid()).isEqualTo(before);
        List<String> seen = new ArrayList<>();
        git().store.forEachFile(repo, head, entry -> seen.add(entry.path()));
        assertThat(seen).hasSize(62);
        git().maintenance.sweepDroppedBefore(Long.MAX_VALUE);
        TreeEntry entry = git().store.entry(repo, head, new FilePath("big.dat")).orElseThrow();
        try (InputStream content = git().store.open(repo, entry.oid())) {
            assertThat(content.readAllBytes()).isEqualTo(bytes);
        }
    }
}
