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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * The API's commits and git's pushes on one branch, all at once. {@code -Dgit.writers.seconds=120} makes it longer than
 * the usual twenty seconds.
 */
class GitWritersIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("git.writers.seconds", 20));
    private static final int API_WRITERS = 6;
    private static final int GIT_WRITERS = 4;
    private static final int RACERS = 50;

    /** Between two commits of one API writer, so that git, which takes longer for one attempt, gets in between. */
    private static final Duration PAUSE = Duration.ofMillis(1500);

    @TempDir
    Path home;

    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();

    private static List<String> history(TestRepo repo) {
        List<String> ids = new ArrayList<>();
        Answer page =
                repo.owner().http().get(repo.api() + "/commits/main?limit=1000").expect(200);
        while (true) {
            page.list().stream().map(JsonValue::asJsonObject).forEach(commit -> ids.add(commit.getString("id")));
            String link = page.find("Link").orElse("");
            if (link.isEmpty()) {
                return ids;
            }
            page = repo.owner().http().get(link.substring(1, link.indexOf('>'))).expect(200);
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(pool.submit(task)));
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private int commitByApi(TestRepo repo, int writer, Instant end) throws InterruptedException {
        int made = 0;
        while (Instant.now().isBefore(end)) {
            String path = "api-" + writer + '/' + made;
            acknowledged.add(repo.commit(Operations.commit("Add two")
                    .file(path + "/left.txt", Bytes.utf8(path))
                    .file(path + "/right.txt", Bytes.utf8(path))));
            made++;
            Thread.sleep(PAUSE.toMillis());
        }
        return made;
    }

    private int pushByGit(GitClone clone, int writer, Instant end) {
        int made = 0;
        while (Instant.now().isBefore(end)) {
            clone.commit("git-" + writer + '/' + made + "/left.txt", writer + " " + made);
            String pushed = clone.commit("git-" + writer + '/' + made + "/right.txt", writer + " " + made);
            boolean in = false;
            // the two commits appear together; whoever loses a race moves on top of who won it
            for (int attempt = 0; !in && attempt < 200; attempt++) {
                Shell.Result push = clone.attempt("push", "--quiet", "origin", "HEAD:main");
                in = push.status() == 0;
                if (!in) {
                    assertThat(push.err())
                            .containsAnyOf("fetch first", "non-fast-forward", "invalid old id", "moved it");
                    clone.run("pull", "--quiet", "--rebase", "origin", "main");
                    pushed = clone.id("HEAD");
                }
            }
            assertThat(in).as("pushed in 200 attempts").isTrue();
            acknowledged.add(pushed);
            made++;
        }
        return made;
    }

    /** Left and right of a folder are there or neither is: what one request wrote is seen as a whole. */
    private int look(TestRepo repo, Instant end) throws Exception {
        int clones = 0;
        while (Instant.now().isBefore(end)) {
            GitClone seen = GitClone.visit(repo, home, "seen-" + clones, "--bare");
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
            clones++;
        }
        return clones;
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_and_nothing_half_done_is_seen() throws Exception {
        TestRepo repo = hub.newUser().newModel();
        List<Callable<Integer>> tasks = new ArrayList<>();
        List<GitClone> clones = new ArrayList<>();
        for (int i = 0; i < GIT_WRITERS; i++) {
            Files.createDirectory(home.resolve("g" + i));
            clones.add(GitClone.of(repo, home.resolve("g" + i), "clone"));
        }
        Instant end = Instant.now().plus(LENGTH);
        AtomicInteger seen = new AtomicInteger();
        for (int i = 0; i < API_WRITERS; i++) {
            int writer = i;
            tasks.add(() -> commitByApi(repo, writer, end));
        }
        for (int i = 0; i < GIT_WRITERS; i++) {
            int writer = i;
            tasks.add(() -> pushByGit(clones.get(writer), writer, end));
        }
        tasks.add(() -> {
            seen.set(look(repo, end));
            return 0;
        });
        List<Integer> made = atOnce(tasks);
        int byApi = made.subList(0, API_WRITERS).stream()
                .mapToInt(Integer::intValue)
                .sum();
        int byGit = made.subList(API_WRITERS, made.size()).stream()
                .mapToInt(Integer::intValue)
                .sum();
        System.out.println(LENGTH.toSeconds() + " s: " + byApi + " commits by the API, " + byGit + " pushes by git, "
                + seen + " clones looked at");
        assertThat(byApi).isPositive();
        assertThat(byGit).isPositive();
        assertThat(seen.get()).isPositive();

        List<String> history = history(repo);
        assertThat(history)
                .doesNotHaveDuplicates()
                .hasSize(1 + byApi + 2 * byGit)
                .containsAll(acknowledged);
        GitClone whole = GitClone.visit(repo, home, "whole");
        whole.assertWhole();
        assertThat(whole.run("rev-list", "HEAD").lines().collect(Collectors.toSet()))
                .isEqualTo(new HashSet<>(history));
        assertThat(whole.id("HEAD")).isEqualTo(repo.head());
        assertThat(whole.run("ls-files").lines()).hasSize(1 + 2 * byApi + 2 * byGit);
    }

    @Test
    void of_fifty_racers_with_one_parent_exactly_one_wins() throws Exception {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        String parent = repo.head();
        List<Callable<Integer>> racers = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            int racer = i;
            racers.add(() -> repo.commitAnswer(
                            "main", Operations.commitOn(parent, "race").file(racer + ".txt", Bytes.utf8("x" + racer)))
                    .status());
        }
        List<Integer> answers = atOnce(racers);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 412).hasSize(RACERS - 1);
        assertThat(history(repo)).hasSize(2);
    }
}
