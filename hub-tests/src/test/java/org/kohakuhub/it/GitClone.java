package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A clone of a repository, in which a test works as somebody. */
public record GitClone(TestRepo repo, GitClient git, Path folder) {

    /** A new clone below {@code home}, as its owner. */
    public static GitClone of(TestRepo repo, Path home, String name, String... options) {
        return of(GitClient.in(home).as(repo.owner()), repo, home, name, options);
    }

    /** A new clone below {@code home}, as {@code user}. */
    public static GitClone of(TestRepo repo, HubUser user, Path home, String name, String... options) {
        return of(GitClient.in(home).as(user), repo, home, name, options);
    }

    /** A new clone below {@code home}, as nobody in particular. */
    public static GitClone visit(TestRepo repo, Path home, String name, String... options) {
        return of(GitClient.in(home), repo, home, name, options);
    }

    private static GitClone of(GitClient git, TestRepo repo, Path home, String name, String... options) {
        String[] command = new String[options.length + 4];
        command[0] = "clone";
        command[1] = "--quiet";
        System.arraycopy(options, 0, command, 2, options.length);
        command[options.length + 2] = repo.owner().hub().url(repo.web());
        command[options.length + 3] = name;
        git.run(command);
        return new GitClone(repo, git.at(name), home.resolve(name));
    }

    /** The same with one environment variable more. */
    public GitClone with(String variable, String value) {
        return new GitClone(repo, git.with(variable, value), folder);
    }

    public String run(String... arguments) {
        return git.run(arguments);
    }

    public Shell.Result attempt(String... arguments) {
        return git.attempt(arguments);
    }

    /** What a revision is the name of. */
    public String id(String revision) {
        return run("rev-parse", revision);
    }

    /** Commits one file where the clone is; gives the commit's id. */
    public String commit(String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("add", "--", path);
        run("commit", "--quiet", "-m", "Add " + path);
        return id("HEAD");
    }

    public String commit(String path, String content) {
        return commit(path, Bytes.utf8(content));
    }

    /** A commit that nobody is at yet, of this parent or none (null), with a tree of these lines: {@code git mktree}. */
    public String looseCommit(String parent, String tree) {
        String root = git.feed(Bytes.utf8(tree), "mktree", "--missing");
        return parent == null
                ? run("commit-tree", "-m", "loose", root)
                : run("commit-tree", "-p", parent, "-m", "loose", root);
    }

    /** The id of a blob, which is written. */
    public String blob(String content) {
        return blob(Bytes.utf8(content));
    }

    /** The id of a blob, which is written. */
    public String blob(byte[] content) {
        return git.feed(content, "hash-object", "-w", "--stdin");
    }

    public void push(String... what) {
        String[] command = new String[what.length + 3];
        command[0] = "push";
        command[1] = "--quiet";
        command[2] = "origin";
        System.arraycopy(what, 0, command, 3, what.length);
        run(command);
    }

    /** A command that must fail for this reason and move no ref of the hub. */
    public Shell.Result refused(String why, String... arguments) {
        String before = repo.refs().toString();
        Shell.Result result = attempt(arguments);
        assertThat(result.status()).as(result.toString()).isNotZero();
        assertThat(result.err()).contains(why).doesNotContain("Exception", "at org.");
        assertThat(repo.refs().toString()).isEqualTo(before);
        return result;
    }

    /** Fails unless every object is there and well-formed. */
    public void assertWhole() {
        assertThat(run("fsck", "--full", "--strict")).isEmpty();
    }

    /** How many commits a revision has behind it and with it. */
    public int depth(String revision) {
        return Integer.parseInt(run("rev-list", "--count", revision));
    }
}
