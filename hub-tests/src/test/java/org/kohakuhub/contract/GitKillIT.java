package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.OwnHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * The server dies again and again while the API commits and git pushes; what was acknowledged is there and whole.
 * {@code -Dgit.kill.seconds=300} makes it longer than the usual twenty seconds.
 */
class GitKillIT {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("git.kill.seconds", 12));
    private static final Duration LIFE = Duration.ofSeconds(Math.min(10, LENGTH.toSeconds() / 3));
    private static final int API_WRITERS = 3;
    private static final int GIT_WRITERS = 3;

    /** Longer than what the hub keeps in SQL, so that a commit also has to reach the object store. */
    private static final int LONG = 300_000;

    @TempDir
    Path home;

    /** Which life of the server it is; negative while it is between two. */
    private final AtomicInteger life = new AtomicInteger(1);

    /** The ids of commits of which a writer was told that they are in. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger unknown = new AtomicInteger();
    private volatile boolean over;

    /** Commits by one request each; of one that got no answer nobody knows whether it is in. */
    private int commitByApi(TestRepo repo, int writer) throws InterruptedException {
        int made = 0;
        for (int number = 0; !over; number++) {
            String folder = "api-" + writer + '/' + number;
            int before = life.get();
            Answer answer = attempt(repo, folder, number % 4 == 0 ? LONG : 20);
            if (answer != null && answer.status() == 200) {
                acknowledged.put(folder, answer.json().getString("commitOid"));
                made++;
            } else {
                assertThat(before > 0 && life.get() == before)
                        .as("refused by a hub that was up: %s", answer)
                        .isFalse();
                unknown.incrementAndGet();
                Thread.sleep(200);
            }
        }
        return made;
    }

    private static Answer attempt(TestRepo repo, String folder, int length) {
        try {
            return repo.commitAnswer(
                    "main",
                    Operations.commit("Add " + folder)
                            .file(folder + "/left.txt", content(folder, "left", length))
                            .file(folder + "/right.txt", content(folder, "right", length)));
        } catch (AssertionError noAnswer) {
            return null;
        }
    }

    private static byte[] content(String folder, String side, int length) {
        return Bytes.random(length, (folder + side).hashCode());
    }

    /** Pushes until each push is acknowledged, also over the server's death. */
    private int pushByGit(GitClone clone, int writer) throws InterruptedException {
        String branch = writer == 0 ? "main" : "b" + writer; // one races the API, the others each other's packs
        int made = 0;
        for (int number = 0; !over; number++) {
            String folder = "git-" + writer + '/' + number;
            int length = number % 2 == 0 ? LONG : 20;
            clone.commit(folder + "/left.txt", content(folder, "left", length));
            clone.commit(folder + "/right.txt", content(folder, "right", length));
            String pushed = push(clone, branch);
            if (pushed == null) {
                return made;
            }
            acknowledged.put(folder, pushed);
            made++;
        }
        return made;
    }

    private String push(GitClone clone, String branch) throws InterruptedException {
        while (true) {
            int before = life.get();
            String head = clone.id("HEAD");
            Shell.Result push = clone.attempt("push", "--quiet", "origin", "HEAD:refs/heads/" + branch);
            if (push.status() == 0) {
                return head;
            }
            boolean lostRace = push.err().matches("(?s).*(fetch first|non-fast-forward|invalid old id|moved it).*");
            if (!lostRace) {
                assertThat(before > 0 && life.get() == before)
                        .as("refused by a hub that was up: %s", push)
                        .isFalse();
                Thread.sleep(200);
            }
            if (clone.attempt("fetch", "--quiet", "origin", branch).status() == 0) {
                clone.run("rebase", "--quiet", "FETCH_HEAD");
            }
            if (over && life.get() < 0) {
                return null;
            }
        }
    }

    private int killAgainAndAgain(OwnHub own) throws InterruptedException {
        Instant end = Instant.now().plus(LENGTH);
        int kills = 0;
        while (Instant.now().isBefore(end)) {
            Thread.sleep(LIFE.toMillis());
            int lives = life.get();
            life.set(-lives);
            own.kill();
            kills++;
            own.start();
            life.set(lives + 1);
        }
        Thread.sleep(2000);
        return kills;
    }

    @Test
    void what_was_acknowledged_outlives_the_server_s_deaths() throws Exception {
        try (OwnHub own = new OwnHub(Files.createDirectory(home.resolve("data")), Map.of())) {
            TestRepo repo = own.start().newUser().newModel();
            ExecutorService pool = Executors.newFixedThreadPool(API_WRITERS + GIT_WRITERS);
            List<Future<Integer>> byApi = new ArrayList<>();
            List<Future<Integer>> byGit = new ArrayList<>();
            int kills;
            try {
                for (int i = 0; i < GIT_WRITERS; i++) {
                    int writer = i;
                    Files.createDirectory(home.resolve("g" + i));
                    GitClone clone = GitClone.of(repo, home.resolve("g" + i), "clone");
                    byGit.add(pool.submit(() -> pushByGit(clone, writer)));
                }
                for (int i = 0; i < API_WRITERS; i++) {
                    int writer = i;
                    byApi.add(pool.submit(() -> commitByApi(repo, writer)));
                }
                kills = killAgainAndAgain(own);
            } finally {
                over = true;
                pool.shutdown();
            }
            int commits = sum(byApi);
            int pushes = sum(byGit);
            System.out.println(LENGTH.toSeconds() + " s: killed " + kills + " times; " + commits
                    + " commits by the API and " + pushes + " pushes by git acknowledged, " + unknown
                    + " commits without an answer");
            assertThat(kills).isPositive();
            assertThat(commits).isPositive();
            assertThat(pushes).isPositive();
            assertWhole(repo);
        }
    }

    private static int sum(List<Future<Integer>> counts) throws Exception {
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    private void assertWhole(TestRepo repo) {
        GitClone clone = GitClone.visit(repo, home, "whole", "--mirror");
        clone.assertWhole();
        assertThat(new HashSet<>(clone.run("rev-list", "--all").lines().toList()))
                .containsAll(acknowledged.values());
        Map<String, String> files = new HashMap<>();
        for (String branch : clone.run("for-each-ref", "--format=%(refname)", "refs/heads")
                .lines()
                .toList()) {
            clone.run("ls-tree", "-r", branch).lines().forEach(line -> {
                String[] entry = line.split("\\s", 4);
                files.put(entry[3], entry[2]);
            });
        }
        acknowledged.forEach((folder, commit) -> {
            assertThat(files).as(commit).containsKeys(folder + "/left.txt", folder + "/right.txt");
        });
        // of what was not acknowledged, all is there or nothing
        files.keySet().stream().filter(path -> path.endsWith("/left.txt")).forEach(path -> {
            String folder = path.replace("/left.txt", "");
            assertThat(files).containsKey(folder + "/right.txt");
            for (String side : List.of("left", "right")) {
                assertThat(files.get(folder + '/' + side + ".txt"))
                        .as(folder)
                        .isIn(Bytes.blobId(content(folder, side, 20)), Bytes.blobId(content(folder, side, LONG)));
            }
        });
        assertThat(repo.owner().http().get(repo.api() + "/tree/main").expect(200).list().stream()
                        .map(JsonValue::asJsonObject)
                        .map(entry -> entry.getString("path")))
                .contains("api-0", "git-0");
        assertThat(repo.head()).isEqualTo(clone.id("main"));
    }
}
