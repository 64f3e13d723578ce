package org.kohakuhub.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.content.FileService.Found;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.repo.TestHub;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;

class ContentServicesTest {
    private static final Revision MAIN = new Revision.Named("main");

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestHub hub;
    private static FileService files;
    private static TreeService trees;
    private static Caller ann;
    private static RepoId repo;
    private static GitOid first;
    private static GitOid second;

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        hub = new TestHub(database);
        // no file of these tests lies in the object store
        files = new FileService(hub.access, hub.versions, hub.revisions, null, null, null);
        trees = new TreeService(hub.access, hub.versions, hub.revisions, null);
        ann = hub.newUser();
        repo = hub.newModel(ann, "content");
        first = commit("first", "a.txt", "d/b.txt", "d/e/c.txt", "d-x");
        second = commit("second", "d/e/z.txt");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static GitOid commit(String title, String... paths) {
        RepoKey key = hub.access.require(ann, Action.WRITE, repo);
        try (CommitWriter writer = hub.versions.write(key)) {
            List<TreeChange> changes = new ArrayList<>();
            for (String path : paths) {
                byte[] bytes = path.getBytes(UTF_8);
                changes.add(new TreeChange.PutBlob(
                        new FilePath(path), writer.insertBlob(new ByteArrayInputStream(bytes), bytes.length)));
            }
            return writer.commit(
                    new CommitDraft("refs/heads/main", Optional.empty(), hub.authors.of(ann), title, changes));
        }
    }

    private static Optional<FilePath> path(String text) {
        return Optional.of(new FilePath(text));
    }

    private static TreeService.Wanted wanted(String folder, boolean recursive, boolean commits) {
        return new TreeService.Wanted(MAIN, folder.isEmpty() ? Optional.empty() : path(folder), recursive, commits);
    }

    private static List<String> paths(TreeService.Page page) {
        return page.entries().stream().map(listed -> listed.entry().path()).toList();
    }

    @Test
    void a_file_is_found_with_its_commit_and_read() throws Exception {
        Found found = files.find(ann, repo, MAIN, path("d/e/c.txt"));
        assertThat(found.commit()).contains(second);
        try (InputStream content = files.open(found, 2, 5)) {
            assertThat(new String(content.readNBytes(5), UTF_8)).isEqualTo("e/c.t");
        }
    }

    /** Point 3 of the contract's list: the answer for a missing file names the commit. */
    @Test
    void what_is_no_file_is_missing_from_a_known_commit() {
        for (Optional<FilePath> path : List.of(path("nope"), path("d"), path("a.txt/x"), Optional.<FilePath>empty())) {
            Found found = files.find(ann, repo, MAIN, path);
            assertThat(found.file()).isEmpty();
            assertThat(found.commit()).contains(second);
        }
        assertThat(files.find(ann, repo, new Revision.Exact(first), path("d/e/z.txt"))
                        .file())
                .isEmpty();
    }

    @Test
    void a_folder_is_listed_a_page_at_a_time() {
        assertThat(paths(trees.list(ann, repo, wanted("", false, false), "", 10)))
                .containsExactly(".gitattributes", "a.txt", "d-x", "d");
        assertThat(paths(trees.list(ann, repo, wanted("d", false, false), "", 10)))
                .containsExactly("d/b.txt", "d/e");

        List<String> all = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            TreeService.Page page = trees.list(ann, repo, wanted("", true, false), after.get(), 2);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(2);
            all.addAll(paths(page));
            after = page.next();
        }
        assertThat(all)
                .containsExactlyInAnyOrder(
                        ".gitattributes", "a.txt", "d-x", "d", "d/b.txt", "d/e", "d/e/c.txt", "d/e/z.txt")
                .doesNotHaveDuplicates();
    }

    @Test
    void each_entry_tells_the_newest_commit_that_changed_it() {
        assertThat(trees.list(ann, repo, wanted("d", true, true), "", 10).entries())
                .extracting(
                        listed -> listed.entry().path(),
                        listed -> listed.lastCommit().map(CommitRecord::title).orElse("-"))
                .containsExactlyInAnyOrder(
                        tuple("d/b.txt", "first"),
                        tuple("d/e", "second"),
                        tuple("d/e/c.txt", "first"),
                        tuple("d/e/z.txt", "second"));
    }

    @Test
    void paths_are_told_in_their_order_without_the_missing() {
        List<FilePath> asked =
                List.of(new FilePath("d/e"), new FilePath("nope"), new FilePath("a.txt"), new FilePath("a.txt/below"));
        assertThat(trees.paths(ann, repo, MAIN, asked, false))
                .extracting(
                        listed -> listed.entry().path(),
                        listed -> listed.entry().directory())
                .containsExactly(tuple("d/e", true), tuple("a.txt", false));
    }

    @Test
    void a_listing_of_what_is_no_folder_or_no_revision_is_refused() {
        for (String folder : List.of("nope", "a.txt")) {
            assertThatExceptionOfType(HubException.class)
                    .isThrownBy(() -> trees.list(ann, repo, wanted(folder, false, false), "", 10))
                    .extracting(HubException::kind)
                    .isEqualTo(ErrorKind.ENTRY_NOT_FOUND);
        }
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> files.find(ann, repo, new Revision.Named("nope"), path("a.txt")))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.REVISION_NOT_FOUND);
    }

    @Test
    void an_empty_repository_lists_nothing_and_has_no_folder() {
        RepoId empty = hub.newRowOnly(ann, "empty");
        assertThat(paths(trees.list(ann, empty, wanted("", true, true), "", 10)))
                .isEmpty();
        assertThat(trees.paths(ann, empty, MAIN, List.of(new FilePath("a")), true))
                .isEmpty();
        assertThat(files.find(ann, empty, MAIN, path("a")).commit()).isEmpty();
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> trees.list(ann, empty, wanted("d", true, true), "", 10))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.ENTRY_NOT_FOUND);
    }
}
