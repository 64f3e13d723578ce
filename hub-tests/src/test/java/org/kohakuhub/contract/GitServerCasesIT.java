package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * Cases of git's own tests with an HTTP server that no other class has: t5541, t5551, t5537, t5539, t5616, t5702, bundles.
 * Which class has which of all of them: docs/git-test-cases.md.
 */
class GitServerCasesIT extends ClonedRepository {
    private String refs(String pattern) {
        return work.run("ls-remote", "origin", pattern);
    }

    /** t5541: {@code push --mirror}, {@code --prune}, {@code --follow-tags}, {@code --force-with-lease}. */
    @Test
    void all_ways_to_say_what_is_pushed() {
        work.commit("a.txt", "a");
        work.run("branch", "one");
        work.run("tag", "-a", "-m", "annotated", "v1");
        work.run("tag", "light");
        work.run("push", "--quiet", "--follow-tags", "origin", "main");
        assertThat(refs("refs/tags/*")).contains("refs/tags/v1").doesNotContain("light");
        work.run("push", "--quiet", "--all", "origin");
        work.run("push", "--quiet", "--tags", "origin");
        assertThat(refs("refs/*")).contains("refs/heads/one", "refs/tags/light");
        assertThat(work.attempt("push", "origin", "main").err()).contains("Everything up-to-date");

        String before = work.id("one");
        work.run("checkout", "--quiet", "one");
        work.commit("b.txt", "b");
        work.run("push", "--quiet", "--force-with-lease=one:" + before, "origin", "one");
        work.run("commit", "--quiet", "--amend", "-m", "rewritten");
        work.refused("stale info", "push", "--force-with-lease=one:" + before, "origin", "one");
        work.run("push", "--quiet", "--force-with-lease=one:" + work.id("origin/one"), "origin", "one");

        work.run("checkout", "--quiet", "main");
        work.run("branch", "--quiet", "-D", "one");
        work.run("push", "--quiet", "--prune", "origin", "refs/heads/*");
        assertThat(refs("refs/heads/*")).doesNotContain("one");
        GitClone mirror = GitClone.of(repo, home, "mirror", "--mirror");
        mirror.run("branch", "two", "main");
        mirror.run("tag", "-d", "light");
        mirror.run("push", "--quiet", "--mirror");
        assertThat(refs("refs/*")).contains("refs/heads/two").doesNotContain("light");
    }

    /** t5541 and t5551: a slash at the end of the address, names that are not ASCII, progress. */
    @Test
    void addresses_and_names_may_be_odd() {
        GitClient git = GitClient.in(home).as(ann);
        git.run("clone", "--quiet", hub.url(repo.web()) + ".git/", "slash");
        GitClient slash = git.at("slash");
        slash.run("checkout", "--quiet", "-b", "zweig-äöü-枝");
        slash.run("commit", "--quiet", "--allow-empty", "-m", "empty");
        slash.run("push", "--quiet", "--force-with-lease", "origin", "HEAD");
        assertThat(repo.refs().toString()).contains("zweig-äöü-枝");
        slash.run("fetch", "--quiet", "--prune");
        slash.run("push", "--quiet", "origin", "--delete", "zweig-äöü-枝");
        assertThat(repo.refs().toString()).doesNotContain("zweig");
        slash.run("commit", "--quiet", "--allow-empty", "-m", "more");
        assertThat(slash.attempt("push", "--progress", "origin", "HEAD:main").err())
                .contains("Writing objects", "To http");
    }

    /** t5541 and t5551: 2,000 tags in one push, one clone, and requests longer than the buffer. */
    @Test
    void two_thousand_tags_go_and_come_and_long_fetches_are_sent_in_chunks() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            stream.append("tag t").append(i).append("\nfrom refs/heads/main^0\ntagger T <t@example.org> ");
            stream.append(1_700_000_000 + i).append(" +0000\ndata 3\ntag\n");
        }
        work.git().feed(Bytes.utf8(stream.toString()), "fast-import", "--quiet");
        work.run("push", "--quiet", "--tags", "origin");
        GitClient git = GitClient.in(home).with("GIT_TRACE_CURL", "1").with("GIT_TRACE_CURL_NO_DATA", "1");
        for (String version : new String[] {"0", "2"}) {
            Shell.Result clone = git.attempt(
                    "-c",
                    "http.postBuffer=65536",
                    "-c",
                    "protocol.version=" + version,
                    "clone",
                    "--quiet",
                    "--bare",
                    hub.url(repo.web()),
                    "tags" + version);
            assertThat(clone.status()).as("%s", clone).isZero();
            assertThat(clone.err()).containsIgnoringCase("Transfer-Encoding: chunked");
            assertThat(GitClient.in(home).at("tags" + version).run("tag").lines())
                    .hasSize(2000);
        }
    }

    /** t5551, "half-auth": who reads what is public is asked for nothing, who pushes to it is. */
    @Test
    void a_public_repository_asks_for_a_password_only_where_one_is_needed() {
        GitClone traced = work.with("GIT_TRACE_CURL", "1").with("GIT_TRACE_CURL_NO_DATA", "1");
        assertThat(traced.attempt("fetch", "origin").err())
                .doesNotContainIgnoringCase("Authorization:")
                .doesNotContain("HTTP/1.1 401");
        work.commit("a.txt", "a");
        Shell.Result push = traced.attempt("push", "origin", "main");
        assertThat(push.status()).as("%s", push).isZero();
        assertThat(push.err()).containsIgnoringCase("WWW-Authenticate: Basic").contains("HTTP/1.1 401");
    }

    /** t5551: credentials that are wrong are told so, and {@code http.extraHeader} may bear the right ones. */
    @Test
    void a_token_may_come_in_a_header_and_a_wrong_one_opens_nothing() {
        TestRepo secret = ann.newPrivateModel();
        String url = hub.url(secret.web());
        GitClient git = GitClient.in(home);
        String bearer = "http.extraHeader=Authorization: Bearer ";
        git.run("-c", bearer + ann.token(), "clone", "--quiet", url, "bearer");
        GitClient clone = git.at("bearer");
        clone.run("-c", bearer + ann.token(), "push", "--quiet", "origin", "HEAD:refs/heads/side");
        for (String[] wrong : new String[][] {
            {"-c", bearer + "nonsense", "clone", url, "no"},
            {"clone", url.replace("://", "://" + ann.name() + ":nonsense@"), "no"},
            {"clone", url.replace("://", "://nobody:" + "nonsense@"), "no"}
        }) {
            Shell.Result refused = git.attempt(wrong);
            assertThat(refused.status()).as("%s", refused).isNotZero();
            assertThat(refused.err()).containsAnyOf("Authentication failed", "could not read Username");
            assertThat(Files.exists(home.resolve("no"))).isFalse();
        }
    }

    /** t5551 and t5702: a tag comes with the commit that it is of, unless it is not wanted. */
    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void tags_follow_the_commits_that_are_fetched(String version) {
        GitClone reader = visit("reader", "-c", "protocol.version=" + version);
        GitClone other = visit("other", "-c", "protocol.version=" + version);
        work.run("checkout", "--quiet", "-b", "side");
        String tagged = work.commit("a.txt", "a");
        work.run("tag", "-a", "-m", "tag", "v1");
        work.run("tag", "-a", "-m", "tag of a tag", "v2", "v1");
        String head = work.commit("b.txt", "b");
        work.push("side", "v1", "v2");
        reader.run("fetch", "--quiet", "origin");
        assertThat(reader.run("tag").lines()).containsExactly("v1", "v2");
        assertThat(reader.id("v2^{}")).isEqualTo(tagged);
        other.run("fetch", "--quiet", "--no-tags", "origin", head);
        assertThat(other.id("FETCH_HEAD")).isEqualTo(head);
        assertThat(other.run("tag")).isEmpty();
        reader.assertWhole();
    }

    /** t5537 and t5539: a shallow client with commits of its own, and one that lacks what lies behind its end. */
    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void a_shallow_clone_negotiates_from_what_it_has(String version) {
        for (int i = 0; i < 5; i++) {
            work.commit("f" + i, "content " + i);
        }
        work.push("main");
        GitClone shallow = visit("shallow", "-c", "protocol.version=" + version, "--depth", "1");
        for (int i = 0; i < 20; i++) {
            shallow.commit("own" + i, "own " + i);
        }
        work.commit("next", "next");
        work.push("main", "main~4:refs/heads/old"); // the hub has it, the clone cut it off
        shallow.run("fetch", "--quiet", "origin", "main");
        assertThat(shallow.id("FETCH_HEAD")).isEqualTo(repo.head());
        shallow.run("fetch", "--quiet", "origin", "old");
        assertThat(shallow.run("ls-tree", "-r", "--name-only", "FETCH_HEAD")).contains("f1");
        shallow.run("repack", "-a", "-d", "--quiet");
        shallow.run("fetch", "--quiet", "--multiple", "origin", "origin"); // t5702: twice in one process
        assertThat(shallow.run("fsck", "--full", "--strict", "--no-dangling")).isEmpty();
    }

    /** t5616: what else is done in a partial clone. */
    @Test
    void a_partial_clone_can_be_worked_in() throws IOException {
        for (int i = 0; i < 4; i++) {
            work.commit("text.txt", "line 1\nline " + i + "\n");
            work.commit("other.txt", "other " + i);
        }
        String tip = work.blob("a tag names only this");
        work.run("tag", "-a", "-m", "blob", "blob", tip);
        work.push("main", "blob");
        GitClone partial = GitClone.of(repo, home, "partial", "--no-checkout", "--filter=blob:none");
        assertThat(partial.attempt("cat-file", "-e", tip).status())
                .as("what a ref names is sent whatever the filter")
                .isZero();
        assertThat(partial.run("diff", "HEAD~2", "HEAD", "--", "text.txt")).contains("-line 2", "+line 3");
        assertThat(partial.run("blame", "-s", "HEAD", "--", "text.txt")).contains("line 3");
        partial.run("checkout", "--quiet", "main");
        String pushed = partial.commit("from-partial.txt", "new");
        partial.push("main");
        assertThat(repo.head()).isEqualTo(pushed);
        partial.run("fetch", "--quiet", "--refetch", "--no-filter", "origin");
        assertThat(partial.run("rev-list", "--objects", "--all", "--missing=print"))
                .doesNotContain("?");
        partial.assertWhole();
        Shell.Result sparse = work.attempt(
                "clone", "--no-checkout", "--filter=sparse:oid=" + work.id("HEAD:text.txt"), hub.url(repo.web()), "no");
        assertThat(sparse.err()).doesNotContain("Exception", "error: 500");
    }

    /** t5702: what version 2 has beside fetching. */
    @Test
    void version_2_takes_options_and_does_without_what_the_hub_has_not() {
        String[] version2 = {"-c", "protocol.version=2"};
        assertThat(work.run(with(version2, "ls-remote", "--server-option=hello", "--server-option=a=b", "origin")))
                .contains("refs/heads/main");
        work.run(with(version2, "fetch", "--quiet", "--server-option=hello", "origin"));
        assertThat(work.run(with(version2, "ls-remote", "--symref", "origin", "HEAD")))
                .startsWith("ref: refs/heads/main\tHEAD");
        work.commit("a.txt", "a");
        work.run(with(version2, "-c", "push.negotiate=true", "push", "--quiet", "origin", "main"));
        assertThat(repo.head()).isEqualTo(work.id("HEAD"));
        work.refused("does not support --signed push", "push", "--signed=true", "origin", "HEAD:refs/heads/signed");
    }

    private static String[] with(String[] options, String... command) {
        String[] all = java.util.Arrays.copyOf(options, options.length + command.length);
        System.arraycopy(command, 0, all, options.length, command.length);
        return all;
    }

    /** The hub's ids are SHA-1: who has others is told so. */
    @Test
    void a_repository_of_the_other_hash_is_refused_in_words() {
        GitClient git = GitClient.in(home).as(ann);
        git.run("init", "--quiet", "--object-format=sha256", "other");
        GitClient other = git.at("other");
        other.run("commit", "--quiet", "--allow-empty", "-m", "first");
        Shell.Result push = other.attempt("push", hub.url(repo.web()), "HEAD:refs/heads/other");
        assertThat(push.status()).as("%s", push).isNotZero();
        assertThat(push.err()).contains("hash algorithm").doesNotContain("Exception", "error: 500");
        assertThat(refs("refs/heads/*")).doesNotContain("other");
    }

    /** t5601, t5558, t6020: bundles are files of git's; the hub offers none, and lives with who has some. */
    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(strings = {"0", "2"})
    void who_begins_with_a_bundle_fetches_the_rest_from_the_hub(String version) {
        work.commit("a.txt", "a");
        work.run("tag", "-a", "-m", "tag", "v1");
        work.push("main", "v1");
        Path all = home.resolve("all.bundle");
        visit("source", "--mirror").run("bundle", "create", "--quiet", all.toString(), "--all"); // all, of no haves
        work.commit("b.txt", "b");
        work.push("main");

        String[] options = {"-c", "protocol.version=" + version, "-c", "transfer.bundleURI=true"};
        GitClient git = GitClient.in(home);
        git.run(with(options, "clone", "--quiet", "--bundle-uri=" + all.toUri(), hub.url(repo.web()), "uri"));
        git.run(with(options, "clone", "--quiet", hub.url(repo.web()), "no-bundle"));
        git.run("clone", "--quiet", all.toString(), "bundle");
        GitClient bundle = git.at("bundle");
        bundle.run("remote", "set-url", "origin", hub.url(repo.web()));
        bundle.run(with(options, "fetch", "--quiet", "origin"));
        for (String clone : new String[] {"uri", "no-bundle", "bundle"}) {
            assertThat(git.at(clone).run("rev-parse", "origin/main")).isEqualTo(repo.head());
            assertThat(git.at(clone).run("fsck", "--full", "--strict")).isEmpty();
        }

        Path rest = home.resolve("rest.bundle"); // what came since, which needs the rest
        work.run("bundle", "create", "--quiet", rest.toString(), "v1..main");
        GitClone old = visit("old", "--branch", "v1");
        old.run("fetch", "--quiet", rest.toString(), "main:from-bundle");
        assertThat(old.id("from-bundle")).isEqualTo(repo.head());
        String before = old.run("count-objects");
        old.run(with(options, "fetch", "--quiet", "origin"));
        assertThat(old.run("count-objects")).isEqualTo(before);
        old.assertWhole();
    }
}
