package org.kohakuhub.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.commit.WithCommits.assertThrows;
import static org.kohakuhub.commit.WithCommits.oid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.TestHub;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.TreeEntry;

/** What holds of commits, on every database. */
interface CommitContract extends WithCommits {
    /** Every file of main with its text, or with the sha256 behind its pointer. */
    private Map<String, String> files(Caller caller, RepoId repo) {
        RepoKey key = hub().access.require(caller, Action.READ, repo);
        Map<String, String> files = new TreeMap<>();
        hub().versions
                .forEachFile(
                        key,
                        head(caller, repo),
                        (TreeEntry file) -> files.put(
                                file.path(),
                                file.lfs()
                                        .map(pointer -> pointer.oid().hex())
                                        .orElseGet(() ->
                                                new String(hub().versions.read(key, file.oid(), 1 << 20), UTF_8))));
        return files;
    }

    private void assertRefused(ErrorKind kind, Caller caller, RepoId repo, Lines lines) {
        GitOid before = head(caller, repo);
        assertThrows(kind, () -> commit(caller, repo, lines));
        assertThat(head(caller, repo)).isEqualTo(before);
    }

    @Test
    default void every_kind_of_operation_makes_one_commit() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "kinds");
        contents().grant(oid(1), 77);
        GitOid first = commit(
                ann,
                repo,
                new Lines()
                        .file("a.txt", "a")
                        .file("d/x.txt", "x")
                        .file("d/e/y.txt", "y")
                        .file("old.txt", "old"));

        GitOid second = commit(
                ann,
                repo,
                new Lines()
                        .file("new.txt", "new")
                        .lfs("w.bin", oid(1), 77)
                        .delete("a.txt")
                        .deleteFolder("d/e")
                        .copy("d/x.txt", null, "copied.txt")
                        .copy("a.txt", first.hex(), "back.txt")
                        .delete("old.txt")
                        .file("old.txt", "replaced"));

        Map<String, String> files = files(ann, repo);
        files.remove(".gitattributes");
        assertThat(files)
                .isEqualTo(Map.of(
                        "new.txt", "new",
                        "w.bin", oid(1).hex(),
                        "d/x.txt", "x",
                        "copied.txt", "x",
                        "back.txt", "a",
                        "old.txt", "replaced"));
        CommitRecord made = hub().history
                .log(ann, repo, MAIN, Optional.empty(), 1)
                .commits()
                .get(0);
        assertThat(made.oid()).isEqualTo(second);
        assertThat(made.parents()).containsExactly(first);
        assertThat(made.title()).isEqualTo("a title");
        assertThat(made.message().strip()).isEqualTo("a description");
        assertThat(made.authorName()).isEqualTo(ann.username());
    }

    @Test
    default void a_request_without_operations_or_effect_gives_the_head_as_it_is() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "same");
        GitOid head = commit(ann, repo, new Lines().file("a.txt", "a"));
        assertThat(commit(ann, repo, new Lines())).isEqualTo(head);
        assertThat(commit(ann, repo, new Lines().file("a.txt", "a"))).isEqualTo(head);
    }

    /** Point 20 of the contract's list. */
    @Test
    default void a_stale_parent_is_refused_and_no_parent_means_on_top() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "stale");
        GitOid first = head(ann, repo);
        GitOid second = commit(ann, repo, new Lines(first.hex()).file("a", "1"));
        assertRefused(ErrorKind.STALE_PARENT, ann, repo, new Lines(first.hex()).file("a", "2"));
        assertRefused(ErrorKind.STALE_PARENT, ann, repo, new Lines(first.hex().substring(0, 7)).file("a", "2"));
        commit(ann, repo, new Lines(second.hex().substring(0, 7)).file("a", "3"));
        commit(ann, repo, new Lines().file("b", "4"));
        assertThat(files(ann, repo)).containsEntry("a", "3").containsEntry("b", "4");
    }

    @Test
    default void what_cannot_be_done_is_refused_and_nothing_of_the_rest_is_done() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "refused");
        commit(ann, repo, new Lines().file("d/a", "a"));
        Lines[] missing = {
            new Lines().file("x", "x").delete("nowhere"),
            new Lines().file("x", "x").delete("d"),
            new Lines().file("x", "x").deleteFolder("nowhere"),
            new Lines().file("x", "x").deleteFolder("d/a"),
            new Lines().file("x", "x").copy("nowhere", null, "y"),
        };
        for (Lines lines : missing) {
            assertRefused(ErrorKind.ENTRY_NOT_FOUND, ann, repo, lines);
        }
        assertRefused(
                ErrorKind.REVISION_NOT_FOUND,
                ann,
                repo,
                new Lines().file("x", "x").copy("d/a", "gone", "y"));
        assertRefused(
                ErrorKind.UNPROCESSABLE, ann, repo, new Lines().file("x", "x").file("d/a/below", "b"));
        assertRefused(
                ErrorKind.UNPROCESSABLE, ann, repo, new Lines().file("x", "x").file("d", "a folder's name"));
        assertRefused(
                ErrorKind.TOO_LARGE, ann, repo, new Lines().file("x", "x").file("y", "y".repeat(TestHub.THRESHOLD)));
        assertRefused(
                ErrorKind.INVALID,
                ann,
                repo,
                new Lines().file("x", "x").breakingOff(new HubException(ErrorKind.INVALID, "Line 3")));
    }

    @Test
    default void only_contents_that_came_through_this_repository_can_be_named() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "linked");
        contents().grant(oid(11), 11);
        contents().upload(oid(12), 12);

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> commit(ann, repo, new Lines().lfs("weights.bin", oid(13), 13)))
                .withMessageContaining("weights.bin")
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        assertRefused(ErrorKind.UNPROCESSABLE, ann, repo, new Lines().lfs("a.bin", oid(13), -1));
        assertRefused(ErrorKind.UNPROCESSABLE, ann, repo, new Lines().lfs("a.bin", oid(11), 10));
        assertRefused(ErrorKind.UNPROCESSABLE, ann, repo, new Lines().lfs("a.bin", oid(12), 11));
        assertRefused(
                ErrorKind.UNPROCESSABLE,
                ann,
                repo,
                new Lines().lfs("ok.bin", oid(11), 11).lfs("a.bin", oid(13), 13));

        commit(
                ann,
                repo,
                new Lines().lfs("a.bin", oid(11), -1).lfs("b.bin", oid(12), 12).lfs("c.bin", oid(12), 12));
        assertThat(contents().verified).containsExactly(oid(12));
        RepoKey key = hub().access.require(ann, Action.READ, repo);
        TreeEntry copied = hub().versions
                .entry(key, head(ann, repo), new FilePath("a.bin"))
                .orElseThrow();
        assertThat(copied.size()).isEqualTo(11); // looked up, as the client of a copy does not say it
    }

    @Test
    default void a_file_that_git_lfs_would_not_know_gets_a_line_of_its_own() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "lines");
        contents().grant(oid(21), 20_000);
        String before = files(ann, repo).get(".gitattributes");
        commit(ann, repo, new Lines().lfs("known.bin", oid(21), 20_000));
        assertThat(files(ann, repo)).containsEntry(".gitattributes", before);

        commit(ann, repo, new Lines().lfs("big text.txt", oid(21), 20_000).lfs("d/large.csv", oid(21), 20_000));
        String line = " filter=lfs diff=lfs merge=lfs -text\n";
        String after = before + "/big[[:space:]]text.txt" + line + "/d/large.csv" + line;
        assertThat(files(ann, repo)).containsEntry(".gitattributes", after);
        commit(ann, repo, new Lines().lfs("d/large.csv", oid(21), 20_000).file("z", "z"));
        assertThat(files(ann, repo)).containsEntry(".gitattributes", after);

        commit(ann, repo, new Lines().file(".gitattributes", "*.csv filter=lfs").lfs("e.csv", oid(21), 20_000));
        assertThat(files(ann, repo)).containsEntry(".gitattributes", "*.csv filter=lfs");
        commit(ann, repo, new Lines().lfs("f.txt", oid(21), 20_000));
        assertThat(files(ann, repo)).containsEntry(".gitattributes", "*.csv filter=lfs\n/f.txt" + line);
        commit(ann, repo, new Lines().delete(".gitattributes").lfs("g.csv", oid(21), 20_000));
        assertThat(files(ann, repo)).containsEntry(".gitattributes", "/g.csv" + line);
    }

    @Test
    default void writers_at_once_lose_neither_files_nor_lines() throws Exception {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "crowd");
        contents().grant(oid(31), 20_000);
        int writers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<GitOid>> work = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String name = "w" + i;
                work.add(() -> {
                    commit(ann, repo, new Lines().file(name + "/a", name).lfs(name + ".txt", oid(31), 20_000));
                    return commit(ann, repo, new Lines().file(name + "/b", name).delete(name + "/a"));
                });
            }
            for (Future<GitOid> done : pool.invokeAll(work)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        Map<String, String> files = files(ann, repo);
        for (int i = 0; i < writers; i++) {
            assertThat(files).containsEntry("w" + i + "/b", "w" + i).containsKey("w" + i + ".txt");
            assertThat(files.get(".gitattributes")).containsOnlyOnce("/w" + i + ".txt filter=lfs");
        }
        assertThat(hub().history.log(ann, repo, MAIN, Optional.empty(), 100).commits())
                .hasSize(1 + 2 * writers);
    }

    @Test
    default void who_may_not_commit_is_refused_before_his_request_is_read() {
        Caller ann = hub().newUser();
        Caller eve = hub().newUser();
        RepoId repo = hub().newModel(ann, "closed");
        GitOid head = head(ann, repo);
        Lines lines = new Lines().file("x", "x");
        assertThrows(ErrorKind.FORBIDDEN, () -> commits().commit(eve, repo, MAIN, lines));
        assertThrows(ErrorKind.UNAUTHENTICATED, () -> commits().commit(Caller.anonymous(), repo, MAIN, lines));
        Caller reader = new Caller(ann.userId(), ann.username(), false, false);
        assertThrows(ErrorKind.FORBIDDEN, () -> commits().commit(reader, repo, MAIN, lines));
        for (String revision : List.of("nowhere", head.hex(), head.hex().substring(0, 8), "refs/tags/v1", "v1")) {
            assertThrows(
                    ErrorKind.REVISION_NOT_FOUND, () -> commits().commit(ann, repo, Revision.parse(revision), lines));
        }
        assertThat(lines.touched).isFalse();
        assertThat(head(ann, repo)).isEqualTo(head);
    }

    @Test
    default void a_commit_goes_to_the_branch_that_it_names_and_no_other() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "branches");
        hub().refs.createBranch(ann, repo, "feat/x", Optional.empty());
        GitOid main = head(ann, repo);
        GitOid made = commits()
                .commit(ann, repo, new Revision.Named("feat/x"), new Lines().file("x", "x"))
                .head();
        assertThat(head(ann, repo)).isEqualTo(main);
        assertThat(hub().catalog
                        .info(ann, repo, Optional.of(new Revision.Named("refs/heads/feat/x")))
                        .commit())
                .contains(made);
    }

    @Test
    default void the_first_commit_of_an_empty_repository_makes_its_branch() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newRowOnly(ann, "empty");
        assertThrows(
                ErrorKind.REVISION_NOT_FOUND,
                () -> commits().commit(ann, repo, new Revision.Named("other"), new Lines().file("a", "a")));
        commit(ann, repo, new Lines().file("a", "a"));
        assertThat(files(ann, repo)).isEqualTo(Map.of("a", "a"));
    }
}
