package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.Shell;

/**
 * What git's own tests try with git's own server, tried with the hub: t5516 and t5541 (push), t5543 (atomic), t5547 (quarantine), t7415 (.gitmodules).
 */
class GitProtocolIT extends ClonedRepository {
    @Test
    void a_push_beyond_the_post_buffer_comes_in_chunks() {
        work.commit("long.txt", Bytes.random(3_000_000, 1));
        Shell.Result push = work.with("GIT_TRACE_CURL", "1")
                .with("GIT_TRACE_CURL_NO_DATA", "1")
                .attempt("-c", "http.postBuffer=65536", "push", "origin", "main");
        assertThat(push.status()).as("%s", push).isZero();
        assertThat(push.err()).containsIgnoringCase("Transfer-Encoding: chunked");
        assertThat(repo.head()).isEqualTo(work.id("HEAD"));
        visit("other").assertWhole();
    }

    /** t5547: what a refused push brought is gone, also where only its refs were refused. */
    @Test
    void objects_of_a_refused_push_cannot_be_fetched() {
        String secret = work.commit("too-long.txt", Bytes.random(6_000_000, 7));
        work.refused("too-long.txt has 6000000 bytes", "push", "origin", "main");
        work.run("reset", "--quiet", "--hard", "origin/main");
        String second = work.commit("fine.txt", "fine");
        work.refused("only branches and tags", "push", "origin", "HEAD:refs/hub/x");
        for (String refused : new String[] {secret, second, work.id("HEAD:fine.txt")}) {
            Shell.Result fetch = visit("v" + refused).attempt("fetch", "origin", refused);
            assertThat(fetch.status()).as("%s", fetch).isNotZero();
            assertThat(hub.anonymous().get(repo.api() + "/revision/" + refused).status())
                    .isEqualTo(404);
        }
        // the client believes that the hub has nothing of it, and so it is
        work.push("main");
        visit("whole").assertWhole();
    }

    @Test
    void a_branch_and_a_folder_of_its_name_exclude_each_other() {
        work.push("HEAD:refs/heads/a");
        work.refused("another ref is a folder", "push", "origin", "HEAD:refs/heads/a/b");
        work.push(":refs/heads/a", "HEAD:refs/heads/a/b");
        assertThat(repo.refs().toString()).contains("\"a/b\"").doesNotContain("\"a\"");
        work.refused("another ref is a folder", "push", "origin", "HEAD:refs/heads/a");
        work.push("--atomic", ":refs/heads/a/b", "HEAD:refs/heads/a");
        assertThat(repo.refs().toString()).contains("\"a\"").doesNotContain("a/b");
        work.push("HEAD:refs/tags/a/b"); // tags have folders of their own
    }

    @Test
    void tags_of_tags_and_of_what_is_no_commit_come_and_go() {
        history(1);
        work.run("tag", "-a", "-m", "first", "one");
        work.run("tag", "-a", "-m", "second", "two", "one");
        work.run("tag", "tree", work.id("HEAD^{tree}"));
        String blob = work.blob("only a tag knows it");
        work.run("tag", "-a", "-m", "blob", "blob", blob);
        work.run("tag", "bare-blob", work.blob("and this one even less"));
        work.push("two", "tree", "blob", "bare-blob");
        assertThat(work.run("ls-remote", "origin", "refs/tags/two^{}")).startsWith(work.id("HEAD"));
        GitClone other = visit("other", "--mirror");
        assertThat(other.run("cat-file", "-p", "blob^{}")).isEqualTo("only a tag knows it");
        assertThat(other.id("two")).isEqualTo(work.id("two"));
        other.assertWhole();
        hub.anonymous().get(repo.api() + "/refs").expect(200);
        hub.anonymous().get(repo.api() + "/tree/two").expect(200);
        assertThat(hub.anonymous().get(repo.api() + "/tree/blob").status()).isBetween(400, 499);
        work.push(":two", ":tree", ":blob", ":bare-blob");
        assertThat(work.run("ls-remote", "origin")).doesNotContain("refs/tags");
    }

    @Test
    void a_branch_leads_to_a_commit_and_to_nothing_else() {
        work.run("tag", "-a", "-m", "tag", "annotated");
        for (String other : new String[] {work.id("HEAD^{tree}"), work.id("HEAD:.gitattributes"), "annotated"}) {
            Shell.Result push = work.attempt("push", "origin", other + ":refs/heads/odd");
            assertThat(push.status()).as("%s", push).isNotZero();
        }
        assertThat(repo.refs().toString()).doesNotContain("odd");
    }

    @Test
    void push_options_are_taken_and_mean_nothing() {
        work.commit("x.txt", "x");
        work.push("-o", "ci.skip", "-o", "anything=else", "main");
        assertThat(repo.head()).isEqualTo(work.id("HEAD"));
    }

    @Test
    void what_is_not_there_cannot_be_deleted_and_what_is_there_stays() {
        work.refused("remote ref does not exist", "push", "origin", "--delete", "nothing");
        work.refused("there is no such ref", "push", "origin", ":refs/heads/nothing");
        String next = work.commit("x.txt", "x");
        work.refused("there is no such ref", "push", "--atomic", "origin", "main", ":refs/heads/nothing");
        assertThat(work.attempt("push", "origin", "main", ":refs/heads/nothing").status())
                .isNotZero();
        assertThat(repo.head()).as("the other ref goes on").isEqualTo(next);
    }

    @Test
    void a_thousand_branches_come_in_one_push() throws IOException {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            stream.append("commit refs/heads/many/b").append(i).append("\ncommitter T <t@example.org> ");
            stream.append(1_700_000_000 + i).append(" +0000\ndata 4\nmany\nfrom refs/heads/main^0\n");
            stream.append("M 100644 inline n.txt\ndata <<E\n").append(i).append("\nE\n\n");
        }
        work.git().feed(Bytes.utf8(stream.toString()), "fast-import", "--quiet");
        work.push("refs/heads/many/*:refs/heads/many/*");
        assertThat(work.run("ls-remote", "origin", "refs/heads/many/*"))
                .isEqualTo(work.run("for-each-ref", "--format=%(objectname)%09%(refname)", "refs/heads/many"));

        GitClient git = GitClient.in(home).with("GIT_TRACE_CURL", "1").with("GIT_TRACE_CURL_NO_DATA", "1");
        Shell.Result clone = git.attempt("-c", "protocol.version=0", "clone", "--quiet", hub.url(repo.web()), "all");
        assertThat(clone.err()).as("a request with so many wants is zipped").containsIgnoringCase("encoding: gzip");
        assertThat(new TreeSet<>(git.at("all")
                        .run("for-each-ref", "--format=%(objectname)", "refs/remotes/origin/many")
                        .lines()
                        .toList()))
                .isEqualTo(new TreeSet<>(work.run("for-each-ref", "--format=%(objectname)", "refs/heads/many")
                        .lines()
                        .toList()));
        String[] gone =
                IntStream.range(0, 100).mapToObj(i -> ":refs/heads/many/b" + i).toArray(String[]::new);
        work.push(gone);
        assertThat(work.run("ls-remote", "origin", "refs/heads/many/*").lines()).hasSize(900);
    }

    /** CVE-2018-17456, CVE-2018-11235: whoever clones with submodules would run what the names say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[submodule \"a\"]\n\tpath = a\n\turl = -u./payload\n",
                "[submodule \"a\"]\n\tpath = -a\n\turl = https://example.org/a\n",
                "[submodule \"../../evil\"]\n\tpath = a\n\turl = https://example.org/a\n"
            })
    void gitmodules_that_would_hurt_are_refused(String content) {
        String evil = work.looseCommit("HEAD", "100644 blob " + work.blob(content) + "\t.gitmodules\n");
        work.refused("", "push", "origin", evil + ":refs/heads/evil");
        String link = work.looseCommit("HEAD", "120000 blob " + work.blob("x") + "\t.gitmodules\n");
        work.attempt("push", "origin", link + ":refs/heads/link"); // a link to nowhere is odd, not dangerous here
        String fine = work.looseCommit(
                "HEAD",
                "100644 blob " + work.blob("[submodule \"a\"]\n\tpath = a\n\turl = https://example.org/a\n")
                        + "\t.gitmodules\n160000 commit " + "1".repeat(40) + "\ta\n");
        work.push(fine + ":refs/heads/fine");
        hub.anonymous().get(repo.api() + "/tree/fine").expect(200);
    }

    @Test
    void what_other_file_systems_take_for_git_s_own_folder_is_refused() {
        String blob = work.id("HEAD:.gitattributes");
        String folder = work.run("rev-parse", "HEAD^{tree}");
        for (String name : new String[] {
            ".GiT",
            ".git ",
            ".git.",
            ".git. .",
            ".git::$INDEX_ALLOCATION",
            "GIT~1",
            ".g\u200cit",
            ".git\\config",
            "a\\..\\..\\b",
            ".",
            ".."
        }) {
            for (String entry : new String[] {"100644 blob " + blob, "040000 tree " + folder, "120000 blob " + blob}) {
                String evil = work.looseCommit("HEAD", entry + "\t" + name + "\n");
                work.refused("", "push", "origin", evil + ":refs/heads/evil");
            }
        }
    }

    /** The same file under a name that the API refuses: it is not new, its name is. */
    @Test
    void a_known_file_gets_no_name_that_the_api_refuses() {
        String known = work.id("HEAD:.gitattributes");
        String folder = work.id("HEAD^{tree}");
        for (String name : new String[] {"back\\slash", "n".repeat(256), "bell\u0007"}) {
            for (String entry : new String[] {"100644 blob " + known, "040000 tree " + folder}) {
                String evil = work.looseCommit("HEAD", entry + "\t" + name + "\n");
                work.refused("", "push", "origin", evil + ":refs/heads/evil");
            }
        }
        work.push(work.looseCommit("HEAD", "100644 blob " + known + "\tother name.txt\n") + ":refs/heads/fine");
    }

    /** Each version of a file is looked at, not only one of each path. */
    @Test
    void a_pointer_to_what_was_never_uploaded_cannot_hide_in_another_commit() {
        byte[] theirs = Bytes.random(100_000, 11);
        hub.newUser().newModel().commitLfs("theirs.bin", theirs);
        byte[] own = Bytes.random(50_000, 12);
        repo.upload(own);
        String stolen = "100644 blob " + work.blob(Bytes.pointer(theirs)) + "\tdata.bin\n";
        String fine = "100644 blob " + work.blob(Bytes.pointer(own)) + "\tdata.bin\n";
        String first = work.looseCommit(work.looseCommit("HEAD", stolen), fine);
        String last = work.looseCommit(work.looseCommit("HEAD", fine), stolen);
        for (String evil : new String[] {first, last}) {
            work.refused("data.bin: its LFS object", "push", "--no-verify", "origin", evil + ":refs/heads/evil");
        }
        work.push("--no-verify", work.looseCommit("HEAD", fine) + ":refs/heads/fine");
    }

    @Test
    void a_long_push_of_short_files_streams() throws IOException {
        long before = serverMegabytes();
        for (int i = 0; i < 50; i++) {
            Path file = work.folder().resolve("parts/" + i + ".dat");
            Files.createDirectories(file.getParent());
            Files.write(file, Bytes.random(4 << 20, 100 + i));
        }
        work.run("-c", "core.compression=0", "add", "parts");
        work.run("-c", "core.compression=0", "commit", "--quiet", "-m", "200 MB");
        long start = System.nanoTime();
        work.run("-c", "core.compression=0", "-c", "pack.window=0", "push", "--quiet", "origin", "main");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        long peak = serverMegabytes();
        System.out.println("pushed 200 MB in " + seconds + " s; the server's peak of memory went from " + before
                + " MB to " + peak + " MB");
        assertThat(repo.head()).isEqualTo(work.id("HEAD"));
        assertThat(repo.download("main", "parts/49.dat")).isEqualTo(Bytes.random(4 << 20, 149));
    }

    /** The most that the server ever had resident, or 0 if it is not on this machine. */
    private static long serverMegabytes() throws IOException {
        String listens = Shell.in(Path.of("."))
                .run("ss", "-ltnpH", "sport = :" + hub.base().getPort());
        String pid = listens.replaceAll("(?s).*?pid=(\\d+),.*", "$1");
        Path status = Path.of("/proc", pid, "status");
        if (!pid.matches("\\d+") || !Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** What the API allows, somebody who cloned it has to be able to push again. */
    @Test
    void what_the_api_took_can_be_changed_over_git() {
        repo.commit(Operations.commit("Names of all kinds")
                .file("what?.txt", Bytes.utf8("1"))
                .file("a:b.txt", Bytes.utf8("2"))
                .file("aux.txt", Bytes.utf8("3"))
                .file("README.md", Bytes.utf8("4"))
                .file("readme.md", Bytes.utf8("5"))
                .file("dot.", Bytes.utf8("6")));
        work.run("pull", "--quiet");
        String pushed = work.commit("new.txt", "new");
        work.push("main");
        assertThat(repo.head()).isEqualTo(pushed);
    }
}
