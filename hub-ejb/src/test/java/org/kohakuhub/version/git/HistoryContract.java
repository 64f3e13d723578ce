package org.kohakuhub.version.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.RemovedBranch;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.VersionStore;

/** What the version store tells of a history and keeps of it, on whatever database. */
interface HistoryContract {
    String MAIN = "refs/heads/main";

    TestGit git();

    default GitOid put(RepoKey repo, String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (CommitWriter writer = git().store.write(repo)) {
            GitOid blob = writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length);
            return writer.commit(new CommitDraft(
                    MAIN,
                    Optional.empty(),
                    TestGit.ANN,
                    "put " + path,
                    List.of(new TreeChange.PutBlob(new FilePath(path), blob))));
        }
    }

    /** A commit of these files, seconds after the epoch, without any branch. */
    private GitOid commit(RepoKey repo, long seconds, Map<String, String> files, GitOid... parents) throws IOException {
        try (SqlRepository repository = SqlRepository.open(repo, git().storage);
                ObjectInserter inserter = repository.newObjectInserter()) {
            TreeEditor tree = new TreeEditor(inserter.newReader(), null);
            for (Map.Entry<String, String> file : files.entrySet()) {
                tree.put(
                        new FilePath(file.getKey()),
                        org.eclipse.jgit.lib.FileMode.REGULAR_FILE,
                        inserter.insert(
                                org.eclipse.jgit.lib.Constants.OBJ_BLOB,
                                file.getValue().getBytes(StandardCharsets.UTF_8)));
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree.write(inserter));
            commit.setAuthor(new PersonIdent("ann", "a@x", Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("at " + seconds);
            for (GitOid parent : parents) {
                commit.addParentId(ObjectId.fromString(parent.hex()));
            }
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            GitOid made = new GitOid(id.name());
            git().storage
                    .publisher()
                    .publish(
                            repo,
                            repository.getObjectDatabase().uploadStaged(),
                            List.of(new RefStep(
                                    "refs/heads/c" + made.hex(),
                                    Optional.empty(),
                                    Optional.of(made),
                                    Optional.empty())),
                            "ann",
                            "test");
            repository.getObjectDatabase().published();
            return made;
        }
    }

    private Map<String, GitOid> lastCommits(RepoKey repo, GitOid at, List<String> paths) {
        return git().store.lastCommits(repo, at, paths).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, path -> path.getValue().oid()));
    }

    /** The rule of git log -1 -- path, one path at a time and nothing remembered. */
    private GitOid byHand(RepoKey repo, GitOid at, String path) throws IOException {
        try (SqlRepository repository = SqlRepository.open(repo, git().storage);
                ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(at.hex()));
            while (true) {
                RevCommit next = null;
                for (RevCommit parent : commit.getParents()) {
                    walk.parseHeaders(parent);
                    if (next == null && there(reader, commit, path).equals(there(reader, parent, path))) {
                        next = parent;
                    }
                }
                if (next == null) {
                    return new GitOid(commit.name());
                }
                commit = next;
            }
        }
    }

    private static String there(ObjectReader reader, RevCommit commit, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(reader, path, commit.getTree())) {
            return found == null ? "nothing" : found.getObjectId(0).name() + found.getRawMode(0);
        }
    }

    @Test
    default void last_commits_go_the_way_of_git_at_merges_whatever_the_dates_say() throws IOException {
        RepoKey repo = git().newRow();
        GitOid first = commit(repo, 100, Map.of("a", "1", "b", "1", "d/x", "1"));
        GitOid ours = commit(repo, 50, Map.of("a", "2", "b", "1", "d/x", "1"), first); // an old clock
        GitOid theirs = commit(repo, 900, Map.of("a", "3", "b", "2", "d/x", "1"), first);
        GitOid kept = commit(repo, 300, Map.of("a", "2", "b", "2", "d/x", "1"), ours, theirs);
        assertThat(lastCommits(repo, kept, List.of("a", "b", "d", "d/x")))
                .isEqualTo(Map.of("a", ours, "b", theirs, "d", first, "d/x", first));
        GitOid mixed = commit(repo, 200, Map.of("a", "4", "b", "2", "d/x", "1"), ours, theirs);
        assertThat(lastCommits(repo, mixed, List.of("a", "b"))).isEqualTo(Map.of("a", mixed, "b", theirs));
    }

    @Test
    default void remembered_last_commits_are_those_that_a_new_walk_finds() throws IOException {
        RepoKey repo = git().newRow();
        List<String> paths = IntStream.range(0, 12)
                .mapToObj(i -> (i % 3 == 0 ? "" : "d" + i % 3 + "/") + "f" + i)
                .toList();
        Map<String, String> files = new TreeMap<>();
        paths.forEach(path -> files.put(path, "0"));
        GitOid one = commit(repo, 0, files);
        GitOid two = one;
        for (int i = 1; i <= 150; i++) {
            files.put(
                    paths.get(i * 7 % 11), "v" + i / 3); // the same more than once, and taken back by the other branch
            GitOid head;
            if (i % 10 == 0) {
                head = commit(repo, 1000 - i, files, two, one);
            } else if (i % 4 == 0) {
                head = commit(repo, i, files, one);
            } else {
                head = commit(repo, i, files, two);
            }
            one = two;
            two = head;
            if (i % 25 == 0) {
                Map<String, GitOid> found = lastCommits(repo, head, paths);
                for (String path : paths) {
                    assertThat(found.get(path)).as(path + " at " + i).isEqualTo(byHand(repo, head, path));
                }
            }
        }
        assertThat(remembered(repo)).isPositive();
    }

    private int remembered(RepoKey repo) {
        return ((Number) git().database
                        .entityManager()
                        .createNativeQuery("select count(*) from last_commit_cache where repo_id = ?1")
                        .setParameter(1, repo.id())
                        .getSingleResult())
                .intValue();
    }

    @Test
    default void a_folder_walks_through_its_history_once() throws IOException {
        RepoKey repo = git().newRepository();
        put(repo, "d/first", "1");
        for (int i = 0; i < 2 * LastCommitFinder.WORTH_KEEPING; i++) {
            put(repo, "e/" + i % 3, "" + i);
        }
        List<String> paths = List.of("d", "e", ".gitattributes", "d/first", "e/1");
        GitOid head = git().store.head(repo, MAIN).orElseThrow();
        assertThat(steps(repo, head, paths)).isGreaterThan(2 * LastCommitFinder.WORTH_KEEPING);
        Map<String, CommitRecord> found = git().store.lastCommits(repo, head, paths);
        assertThat(steps(repo, head, paths)).isZero();
        assertThat(steps(repo, put(repo, "e/1", "new"), paths)).isLessThan(3);
        assertThat(git().store.lastCommits(repo, head, paths)).isEqualTo(found);
        for (int i = 0; i < 12 * LastCommitFinder.WORTH_KEEPING; i++) {
            GitOid next = put(repo, "e/" + i % 3, "again " + i);
            if (i % LastCommitFinder.WORTH_KEEPING == 0) {
                git().store.lastCommits(repo, next, List.of("d/first"));
            }
        }
        assertThat(git().database
                        .entityManager()
                        .createNativeQuery("select folder_hash, count(*) from last_commit_cache where repo_id = ?1"
                                + " group by folder_hash having count(*) > 8")
                        .setParameter(1, repo.id())
                        .getResultList())
                .isEmpty();
        git().lastCommits.forgetBefore(Long.MAX_VALUE);
        assertThat(remembered(repo)).isZero();
        assertThat(new ArrayList<>(git().store.lastCommits(repo, head, paths).values()))
                .containsExactlyInAnyOrderElementsOf(found.values());
    }

    private int steps(RepoKey repo, GitOid head, List<String> paths) throws IOException {
        try (SqlRepository repository = SqlRepository.open(repo, git().storage);
                ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            LastCommits search = new LastCommits(reader, walk, git().lastCommits.known(repo.id(), paths));
            search.find(ObjectId.fromString(head.hex()), paths);
            return search.steps();
        }
    }

    @Test
    default void a_deleted_branch_is_whole_until_its_time_is_over() throws IOException {
        RepoKey repo = git().newRepository();
        GitOid base = git().store.head(repo, MAIN).orElseThrow();
        GitOid lost = commit(repo, 1, Map.of("only/here", "1"), base);
        String ref = "refs/heads/c" + lost.hex();
        String name = "c" + lost.hex();
        git().store.deleteRef(repo, ref, TestGit.ANN);
        Instant before = git().clock.instant().minus(Duration.ofDays(1));

        List<RemovedBranch> removed = git().store.removedBranches(repo, before, Optional.of(name), Optional.empty(), 9);
        assertThat(removed).singleElement().satisfies(branch -> {
            assertThat(branch.name()).isEqualTo(name);
            assertThat(branch.head()).isEqualTo(lost);
            assertThat(branch.actor()).isEqualTo("ann");
        });
        assertThat(git().store
                        .removedBranches(
                                repo,
                                before,
                                Optional.empty(),
                                Optional.of(removed.get(0).place()),
                                9))
                .isEmpty();
        assertThat(git().store
                        .removedBranches(
                                repo, git().clock.instant().plusSeconds(60), Optional.empty(), Optional.empty(), 9))
                .isEmpty();

        git().maintenance.repack(repo);
        assertThat(git().packs.live(repo.id())).noneMatch(pack -> pack.source.startsWith("UNREACHABLE"));
        assertThat(git().store.commit(repo, lost).title()).isEqualTo("at 1");
        git().now = Instant.now().plus(Duration.ofDays(31));
        try {
            git().maintenance.repack(repo);
        } finally {
            git().now = null;
        }
        assertThat(git().packs.live(repo.id())).anyMatch(pack -> pack.source.startsWith("UNREACHABLE"));
    }

    @Test
    default void a_reader_that_began_before_a_repack_comes_to_its_end() throws IOException {
        RepoKey repo = git().newRepository();
        byte[] large = new byte[1 << 20];
        new java.util.Random(3).nextBytes(large);
        for (int i = 0; i < 5; i++) {
            put(repo, "f" + i, "content " + i);
        }
        GitOid head = put(repo, "large", HexFormat.of().formatHex(large));
        try (SqlRepository repository = SqlRepository.open(repo, git().storage);
                ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(head.hex())); // the list of packs is read by now
            git().maintenance.repack(repo);
            git().maintenance.sweep();
            assertThat(git().packs.all(repo.id())).anyMatch(pack -> pack.state.equals(GitPack.DROPPED));
            int files = 0;
            try (TreeWalk tree = new TreeWalk(reader)) {
                tree.addTree(commit.getTree());
                while (tree.next()) {
                    reader.open(tree.getObjectId(0)).getBytes();
                    files++;
                }
            }
            assertThat(files).isEqualTo(7);
        }
    }

    @Test
    default void one_at_a_time_repacks() {
        RepoKey repo = git().newRepository();
        put(repo, "a", "content");
        VersionStore.Repacked first = git().store.repack(repo);
        assertThat(first.packsBefore()).isEqualTo(2);
        assertThat(first.packsAfter()).isOne();
        assertThat(first.bytesAfter()).isPositive();
        assertThat(git().leases.take(repo.id(), "another node", Duration.ofMinutes(1)))
                .isTrue();
        assertThatThrownBy(() -> git().store.repack(repo))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("try again later");
        git().leases.release(repo.id(), "another node");
        assertThat(git().store.repack(repo).packsAfter()).isOne();
    }
}
