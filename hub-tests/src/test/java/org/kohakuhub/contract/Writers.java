package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.AtOnce;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * Many who write to one repository until a time is over, by the API and by git, and those who look on. Every request
 * writes two files, left and right, of one folder of its own.
 */
final class Writers {
    /** Longer than what the hub keeps in SQL: such a commit's pack goes to the object store. */
    private static final int LONG = 300_000;

    private final TestRepo repo;
    private final Path home;
    private final Instant end;
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<Callable<Integer>> api = new ArrayList<>();
    private final List<Callable<Integer>> git = new ArrayList<>();
    private final List<Callable<Integer>> others = new ArrayList<>();

    Writers(TestRepo repo, Path home, Duration length) {
        this.repo = repo;
        this.home = home;
        this.end = Instant.now().plus(length);
    }

    /** How many of each there were. */
    record Made(int byApi, int byGit, List<Integer> byOthers) {}

    /** The ids of a branch's commits, newest first, by the API. */
    static List<String> history(TestRepo repo, String branch) {
        List<String> ids = new ArrayList<>();
        Answer page = repo.owner()
                .http()
                .get(repo.api() + "/commits/" + branch + "?limit=1000")
                .expect(200);
        while (true) {
            page.list().stream().map(JsonValue::asJsonObject).forEach(commit -> ids.add(commit.getString("id")));
            String link = page.find("Link").orElse("");
            if (link.isEmpty()) {
                return ids;
            }
            page = repo.owner().http().get(link.substring(1, link.indexOf('>'))).expect(200);
        }
    }

    /** Lets somebody commit to main by the API, and pause between two commits so that git gets in between. */
    Writers commitByApi(Duration pause) {
        String folder = "api-" + api.size() + '/';
        api.add(() -> repeat(number -> {
            String path = folder + number;
            acknowledged.add(repo.commit(Operations.commit("Add two")
                    .file(path + "/left.txt", left(path, number))
                    .file(path + "/right.txt", Bytes.utf8(path))));
            Thread.sleep(pause.toMillis());
        }));
        return this;
    }

    /** Lets somebody push two commits at a time to a branch. */
    Writers pushByGit(String branch) throws Exception {
        String name = "git-" + git.size();
        Files.createDirectory(home.resolve(name));
        GitClone clone = GitClone.of(repo, home.resolve(name), "clone");
        git.add(() -> repeat(number -> {
            String path = name + '/' + number;
            clone.commit(path + "/left.txt", left(path, number));
            clone.commit(path + "/right.txt", path);
            push(clone, branch);
            acknowledged.add(clone.id("HEAD"));
        }));
        return this;
    }

    private static byte[] left(String path, int number) {
        return number % 10 == 3 ? Bytes.random(LONG, path.hashCode()) : Bytes.utf8(path);
    }

    /** Whoever loses a race moves on top of who won it. */
    private static void push(GitClone clone, String branch) {
        for (int attempt = 0; attempt < 200; attempt++) {
            Shell.Result push = clone.attempt("push", "--quiet", "origin", "HEAD:refs/heads/" + branch);
            if (push.status() == 0) {
                return;
            }
            assertThat(push.err()).containsAnyOf("fetch first", "non-fast-forward", "invalid old id", "moved it");
            clone.run("pull", "--quiet", "--rebase", "origin", branch);
        }
        throw new AssertionError("not pushed in 200 attempts");
    }

    /** Left and right of a folder are there or neither is: what one request wrote is seen as a whole. */
    Writers cloneAndLook() {
        return meanwhile(number -> {
            GitClone seen = GitClone.visit(repo, home, "seen-" + number, "--bare");
            seen.assertWhole();
            Set<String> left = new HashSet<>();
            Set<String> right = new HashSet<>();
            seen.run("ls-tree", "-r", "--name-only", "main").lines().forEach(path -> {
                if (path.endsWith("/left.txt")) {
                    left.add(path.replace("/left.txt", ""));
                } else if (path.endsWith("/right.txt")) {
                    right.add(path.replace("/right.txt", ""));
                }
            });
            assertThat(left).isEqualTo(right);
        });
    }

    /** Lets somebody do something else again and again. */
    Writers meanwhile(Round round) {
        others.add(() -> repeat(round));
        return this;
    }

    /** What somebody does for the so manieth time. */
    interface Round {
        void go(int number) throws Exception;
    }

    private int repeat(Round round) throws Exception {
        int made = 0;
        while (Instant.now().isBefore(end)) {
            round.go(made);
            made++;
        }
        return made;
    }

    /** All of it at once, until the time is over. Each has done something, and nothing of it is lost. */
    Made run() throws Exception {
        List<Callable<Integer>> all = new ArrayList<>(api);
        all.addAll(git);
        all.addAll(others);
        List<Integer> made = AtOnce.run(all);
        int writers = api.size() + git.size();
        Made counts = new Made(
                sum(made.subList(0, api.size())),
                sum(made.subList(api.size(), writers)),
                List.copyOf(made.subList(writers, made.size())));
        assertThat(made).allMatch(count -> count > 0);
        assertNothingLost(counts);
        return counts;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private void assertNothingLost(Made made) {
        GitClone whole = GitClone.visit(repo, home, "whole", "--mirror");
        whole.assertWhole();
        Set<String> ids = whole.run("rev-list", "--all").lines().collect(Collectors.toSet());
        assertThat(ids).hasSize(1 + made.byApi() + 2 * made.byGit()).containsAll(acknowledged);
        List<String> branches = whole.run("for-each-ref", "--format=%(refname:short)", "refs/heads")
                .lines()
                .toList();
        Set<String> files = new HashSet<>();
        for (String branch : branches) {
            assertThat(history(repo, branch))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            whole.run("rev-list", branch).lines().toList());
            whole.run("ls-tree", "-r", "--name-only", branch).lines().forEach(files::add);
        }
        assertThat(files).hasSize(1 + 2 * made.byApi() + 2 * made.byGit());
        assertThat(whole.id("main")).isEqualTo(repo.head());
    }
}
