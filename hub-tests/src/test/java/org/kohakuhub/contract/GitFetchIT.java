package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/** Parts of a repository, as git fetches them: shallow (t5537), partial (t5616), single commits (t5551), many refs. */
class GitFetchIT extends ClonedRepository {
    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void a_clone_may_begin_shallow_and_grow(String version) {
        history(6);
        GitClone shallow = visit("shallow", "-c", "protocol.version=" + version, "--depth", "1");
        assertThat(shallow.depth("HEAD")).isEqualTo(1);
        shallow.run("fetch", "--quiet", "--depth", "3");
        assertThat(shallow.depth("HEAD")).isEqualTo(3);
        if (version.equals("0")) {
            shallow.refused("--deepen", "fetch", "--deepen", "2"); // JGit does not offer it there, and git says so
        } else {
            shallow.run("fetch", "--quiet", "--deepen", "2");
            assertThat(shallow.depth("HEAD")).isEqualTo(5);
            assertThat(commitsSent(shallow)).isEqualTo(5);
            shallow.assertWhole();
        }
        shallow.run("fetch", "--quiet", "--depth", "2");
        assertThat(shallow.depth("HEAD")).isEqualTo(2);

        work.commit("later.txt", "later");
        work.commit("latest.txt", "latest");
        work.push("main");
        shallow.run("fetch", "--quiet", "--depth", "1");
        assertThat(shallow.id("origin/main")).isEqualTo(repo.head());
        assertThat(shallow.depth("origin/main")).isEqualTo(1);
        shallow.run("fetch", "--quiet", "--unshallow");
        assertThat(shallow.depth("origin/main")).isEqualTo(9);
        assertThat(Files.exists(shallow.folder().resolve(".git/shallow"))).isFalse();
        shallow.assertWhole();
    }

    @Test
    void a_clone_may_begin_at_a_date_or_after_a_tag() {
        String base = repo.head();
        String old = work.run("commit-tree", "-p", base, "-m", "old", base + "^{tree}");
        work.run("reset", "--quiet", "--hard", old);
        work.run("tag", "v1");
        history(3);
        work.push("v1");
        assertThat(visit("after", "--shallow-exclude=v1").depth("HEAD")).isEqualTo(3);
        assertThat(visit("since", "--shallow-since=2001-01-01").depth("HEAD")).isEqualTo(5);
    }

    @Test
    void a_shallow_clone_may_push_what_the_hub_can_complete() {
        history(4);
        GitClone shallow = GitClone.of(repo, home, "shallow", "--depth", "1");
        String pushed = shallow.commit("from-shallow.txt", "shallow");
        shallow.push("main");
        assertThat(repo.head()).isEqualTo(pushed);
        GitClone whole = visit("whole");
        assertThat(whole.depth("HEAD")).isEqualTo(6);
        whole.assertWhole();
    }

    @Test
    void a_shallow_clone_may_not_push_what_would_have_no_past() {
        history(4);
        GitClone shallow = GitClone.of(repo, home, "shallow", "--depth", "1");
        TestRepo other = ann.newModel();
        String before = other.refs().toString();
        Shell.Result push = shallow.attempt("push", hub.url(other.web()), "HEAD:refs/heads/stump");
        assertThat(push.status()).as("%s", push).isNotZero();
        assertThat(push.err()).doesNotContain("Exception");
        assertThat(other.refs().toString()).isEqualTo(before);
        GitClone.of(other, home, "other").assertWhole();
    }

    @Test
    void a_clone_of_one_branch_has_that_one_alone() {
        history(1);
        work.run("branch", "side");
        work.push("side");
        GitClone single = visit("single", "--single-branch", "--branch", "side");
        assertThat(single.run("branch", "--remotes")).contains("side").doesNotContain("main");
        assertThat(single.run("config", "remote.origin.fetch")).contains("refs/heads/side");
    }

    @ParameterizedTest(name = "--filter={0}")
    @ValueSource(strings = {"blob:none", "tree:0", "tree:1", "blob:limit=1k"})
    void a_partial_clone_fetches_the_rest_when_it_needs_it(String filter) throws IOException {
        work.commit("folder/small.txt", "small");
        work.commit("folder/long.txt", Bytes.random(5000, 3));
        work.commit("folder/long.txt", Bytes.random(6000, 4));
        work.push("main");
        GitClone partial = visit("partial", "--no-checkout", "--filter=" + filter);
        List<String> missing = partial.run("rev-list", "--objects", "--all", "--missing=print")
                .lines()
                .filter(line -> line.startsWith("?"))
                .toList();
        assertThat(missing).isNotEmpty();
        partial.run("checkout", "--quiet", "main");
        assertThat(Files.readAllBytes(partial.folder().resolve("folder/long.txt")))
                .isEqualTo(Bytes.random(6000, 4));
        partial.run("checkout", "--quiet", "HEAD~1");
        assertThat(Files.readAllBytes(partial.folder().resolve("folder/long.txt")))
                .isEqualTo(Bytes.random(5000, 3));
        assertThat(partial.run("log", "--format=%H", "--", "folder/long.txt").lines())
                .hasSize(1);
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void a_commit_that_a_branch_leads_to_is_fetched_by_its_id_and_no_other(String version) {
        history(2);
        String middle = work.id("HEAD~1");
        work.run("checkout", "--quiet", "-b", "secret");
        String secret = work.commit("secret.txt", "secret");
        String blob = work.id("HEAD:secret.txt");
        String tree = work.id("HEAD^{tree}");
        work.push("secret");
        GitClone reader = visit("reader", "-c", "protocol.version=" + version, "--single-branch", "--depth", "1");
        reader.run("fetch", "--quiet", "origin", secret);
        work.push(":secret");

        reader = visit("second", "-c", "protocol.version=" + version, "--depth", "1");
        reader.run("fetch", "--quiet", "--depth", "1", "origin", middle);
        assertThat(reader.id("FETCH_HEAD")).isEqualTo(middle);
        for (String unreachable : new String[] {secret, blob, tree, "1".repeat(40)}) {
            Shell.Result fetch = reader.attempt("fetch", "origin", unreachable);
            assertThat(fetch.status()).as("%s", fetch).isNotZero();
            assertThat(fetch.err()).contains("not").doesNotContain("Exception");
            assertThat(reader.attempt("cat-file", "-e", unreachable).status()).isNotZero();
        }
    }

    /** Also those that nothing leads to. */
    private static long commitsSent(GitClone clone) {
        return clone.run("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
                .lines()
                .filter("commit"::equals)
                .count();
    }

    /** JGit would send what is twice as deep: see Deepening. */
    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void deepening_sends_what_is_missing_and_no_more(String version) {
        history(12);
        work.run("checkout", "--quiet", "-b", "side", "HEAD~7");
        work.commit("side.txt", "side");
        work.run("checkout", "--quiet", "main");
        work.run("merge", "--quiet", "--no-edit", "side");
        work.push("main");
        hub.siteAdmin()
                .post("/admin/api/git/repack/models/" + repo.id()) // with a commit graph, which has the parents too
                .expect(200);
        work.commit("later.txt", "later");
        work.push("main", "main~4:refs/heads/old");
        GitClone mirror = visit("mirror", "--mirror");
        GitClone shallow = visit("shallow", "-c", "protocol.version=" + version, "--no-single-branch", "--depth", "3");
        for (int depth : new int[] {5, 6, 9, 20}) {
            shallow.run("fetch", "--quiet", "--depth", Integer.toString(depth));
            shallow.assertWhole();
            String like = "like-" + depth; // as git's own server has it
            GitClient.in(home)
                    .run(
                            "clone",
                            "--quiet",
                            "--bare",
                            "--depth=" + depth,
                            "--no-single-branch",
                            mirror.folder().toUri().toString(),
                            like);
            Set<String> expected = commits(GitClient.in(home).at(like));
            assertThat(commits(shallow.git())).isEqualTo(expected);
            assertThat(commitsSent(shallow)).isEqualTo(expected.size());
        }
        assertThat(shallow.depth("origin/main")).isEqualTo(work.depth("main"));
    }

    private static Set<String> commits(GitClient git) {
        return git.run("rev-list", "--all").lines().collect(Collectors.toSet());
    }

    @Test
    void deepening_counts_from_where_the_clone_ends() {
        history(4);
        work.run("checkout", "--quiet", "-b", "side", "HEAD~3");
        work.commit("side.txt", "side");
        work.run("checkout", "--quiet", "main");
        work.run("merge", "--quiet", "--no-edit", "side");
        work.push("main");
        GitClone shallow = visit("shallow", "--depth", "1");
        shallow.run("fetch", "--quiet", "--deepen", "1");
        assertThat(shallow.depth("HEAD")).isEqualTo(3); // the merge and both parents
        work.commit("later.txt", "later");
        work.push("main");
        shallow.run("fetch", "--quiet", "--deepen", "1");
        assertThat(shallow.depth("origin/main")).isBetween(5, 7);
        shallow.run("fetch", "--quiet", "--deepen", "100");
        assertThat(shallow.depth("origin/main")).isEqualTo(work.depth("main"));
        assertThat(Files.exists(shallow.folder().resolve(".git/shallow"))).isFalse();
        shallow.run("fetch", "--quiet", "--deepen", "5"); // nothing is left to deepen
        shallow.assertWhole();
    }

    @Test
    void a_shallow_clone_grows_back_to_a_date() {
        history(2);
        GitClone shallow = visit("shallow", "--depth", "1");
        shallow.run("fetch", "--quiet", "--shallow-since=2001-01-01");
        assertThat(shallow.depth("HEAD")).isEqualTo(3);
        shallow.assertWhole();
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void filters_may_be_combined(String version) throws IOException {
        work.commit("folder/long.txt", Bytes.random(5000, 3));
        work.push("main");
        GitClone partial = visit(
                "partial",
                "-c",
                "protocol.version=" + version,
                "--no-checkout",
                "--filter=blob:none",
                "--filter=tree:0");
        assertThat(partial.run("config", "remote.origin.partialclonefilter")).contains("combine:");
        assertThat(partial.run("rev-list", "--objects", "--all", "--missing=print")
                        .lines()
                        .filter(line -> line.startsWith("?")))
                .isNotEmpty();
        partial.run("checkout", "--quiet", "main");
        assertThat(Files.readAllBytes(partial.folder().resolve("folder/long.txt")))
                .isEqualTo(Bytes.random(5000, 3));
        GitClone limits = visit("limits", "--no-checkout", "--filter=blob:limit=10k", "--filter=blob:limit=1k");
        assertThat(limits.attempt("cat-file", "-e", "main:folder/long.txt").status())
                .as("fetched now")
                .isZero();
        Shell.Result odd = work.attempt(
                "clone", "--no-checkout", "--filter=blob:none", "--filter=object:type=tag", hub.url(repo.web()), "odd");
        assertThat(odd.err()).doesNotContain("Exception", "error: 500");
    }

    /** Git's own push takes minutes for so many refs, so the request is made here: commands and an empty pack. */
    private void makeBranches(int count, String commit) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            String command =
                    "0".repeat(40) + ' ' + commit + " refs/heads/many/b" + i + (i == 0 ? "\0report-status" : "");
            body.writeBytes(Bytes.utf8(String.format("%04x", command.length() + 4) + command));
        }
        body.writeBytes(Bytes.utf8("0000"));
        byte[] pack = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0};
        body.writeBytes(pack);
        body.writeBytes(HexFormat.of().parseHex("029d08823bd8a8eab510ad6ac75c823cfd3ed31e")); // its SHA-1
        String answer = ann.http()
                .send(
                        "POST",
                        repo.web() + "/git-receive-pack",
                        "application/x-git-receive-pack-request",
                        body.toByteArray())
                .expect(200)
                .text();
        assertThat(answer).contains("unpack ok").doesNotContain("ng refs/");
    }

    @Test
    void ten_thousand_refs_are_listed_at_once() {
        String head = repo.head();
        long start = System.nanoTime();
        makeBranches(10_000, head);
        System.out.println("push of 10,000 refs: " + (System.nanoTime() - start) / 1_000_000 + " ms");
        for (String version : new String[] {"0", "1", "2"}) {
            long begin = System.nanoTime();
            assertThat(work.run("-c", "protocol.version=" + version, "ls-remote", "origin")
                            .lines())
                    .hasSize(10_002);
            System.out.println("ls-remote of 10,000 refs, protocol " + version + ": "
                    + (System.nanoTime() - begin) / 1_000_000 + " ms");
        }
        assertThat(work.run("-c", "protocol.version=2", "ls-remote", "origin", "refs/heads/many/b77"))
                .startsWith(head);
    }
}
