package org.kohakuhub.version.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.PointerHistory.Place;
import org.kohakuhub.version.TreeChange;
import org.kohakuhub.version.TreeEntry;

/** Pointers in whole histories: where they are, and their removal. */
class PointerHistoryTest {
    private static final String MAIN = "refs/heads/main";

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestGit git;
    private static GitPointerHistory history;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        git = new TestGit(database);
        history = new GitPointerHistory(git.storage, new PointerCache(), git.maintenance);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Sha256 oid(int n) {
        return new Sha256(String.format("%064x", n));
    }

    private static TreeChange pointer(String path, int n) {
        return new TreeChange.PutPointer(new FilePath(path), oid(n), 1_000 + n);
    }

    private static GitOid commit(RepoKey repo, String ref, String message, TreeChange... changes) {
        try (CommitWriter writer = git.store.write(repo)) {
            return writer.commit(new CommitDraft(ref, Optional.empty(), TestGit.ANN, message, List.of(changes)));
        }
    }

    private static GitOid text(RepoKey repo, String path, String text) {
        try (CommitWriter writer = git.store.write(repo)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            GitOid blob = writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length);
            return writer.commit(new CommitDraft(
                    MAIN,
                    Optional.empty(),
                    TestGit.ANN,
                    "Add " + path,
                    List.of(new TreeChange.PutBlob(new FilePath(path), blob))));
        }
    }

    private static List<String> files(RepoKey repo, GitOid commit) {
        List<String> paths = new ArrayList<>();
        git.store.forEachFile(repo, commit, (TreeEntry file) -> paths.add(file.path()));
        return paths;
    }

    @Test
    void a_pointer_goes_from_all_refs_and_nothing_else_does() {
        RepoKey repo = git.newRepository();
        GitOid first = text(repo, "a.txt", "a");
        git.store.createRef(repo, "refs/heads/before", first, TestGit.ANN, Optional.empty());
        commit(repo, MAIN, "Two models\n\nwith a description", pointer("w/bad.bin", 1), pointer("good.bin", 2));
        GitOid tagged = commit(repo, MAIN, "Again", pointer("deep/er/bad.bin", 1));
        git.store.createRef(repo, "refs/tags/v1", tagged, TestGit.ANN, Optional.of("the first"));
        git.store.createRef(repo, "refs/heads/other", tagged, TestGit.ANN, Optional.empty());
        commit(repo, "refs/heads/other", "Only here", pointer("third.bin", 3));
        GitOid head = commit(repo, MAIN, "Remove", new TreeChange.DeleteFile(new FilePath("deep/er/bad.bin")));

        assertThat(history.places(repo, List.of(oid(1), oid(2), oid(3), oid(4))))
                .containsOnlyKeys(oid(1), oid(2), oid(3))
                .containsEntry(oid(2), new Place("good.bin", MAIN))
                .containsEntry(oid(3), new Place("third.bin", "refs/heads/other"));
        assertThat(history.reachable(repo)).containsExactlyInAnyOrder(oid(1), oid(2), oid(3));

        assertThat(history.remove(repo, Set.of(oid(1)), TestGit.ANN)).isEqualTo(3);

        assertThat(history.reachable(repo)).containsExactlyInAnyOrder(oid(2), oid(3));
        assertThat(git.store.head(repo, "refs/heads/before")).contains(first);
        GitOid now = git.store.head(repo, MAIN).orElseThrow();
        assertThat(now).isNotEqualTo(head);
        assertThat(files(repo, now)).containsExactlyInAnyOrder(".gitattributes", "a.txt", "good.bin");
        assertThat(files(repo, git.store.head(repo, "refs/heads/other").orElseThrow()))
                .containsExactlyInAnyOrder(".gitattributes", "a.txt", "good.bin", "third.bin");
        assertThat(files(repo, git.store.resolve(repo, new Revision.Named("v1"))))
                .containsExactlyInAnyOrder(".gitattributes", "a.txt", "good.bin");
        assertThat(git.store.log(repo, now, 0, 10))
                .extracting(CommitRecord::title)
                .containsExactly("Remove", "Again", "Two models", "Add a.txt", "initial commit");
        CommitRecord rewritten = git.store.log(repo, now, 2, 1).get(0);
        assertThat(rewritten.message()).contains("with a description");
        assertThat(rewritten.parents()).containsExactly(first);
        assertThat(history.remove(repo, Set.of(oid(1)), TestGit.ANN)).isZero();
    }

    @Test
    void a_removed_branch_may_come_back_and_counts() {
        RepoKey repo = git.newRepository();
        git.store.createRef(
                repo, "refs/heads/side", git.store.head(repo, MAIN).orElseThrow(), TestGit.ANN, Optional.empty());
        commit(repo, "refs/heads/side", "Model", pointer("w.bin", 7));
        git.store.deleteRef(repo, "refs/heads/side", TestGit.ANN);
        assertThat(history.reachable(repo)).containsExactly(oid(7));
        assertThat(history.places(repo, List.of(oid(7)))).isEmpty();
    }
}
