package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Sixteen at once: nobody fails, nothing is lost. */
@Tag("core")
class ConcurrencyIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final int WRITERS = 16;
    private static final int EACH = 10;
    private static final int RACERS = 100;

    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(pool.submit(task.apply(i)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

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

    @Test
    void writers_of_one_branch_all_end_up_in_its_history() throws Exception {
        TestRepo repo = hub.newUser().newModel();
        List<List<String>> made = atOnce(WRITERS, writer -> () -> {
            List<String> commits = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                commits.add(repo.commitFile("w" + writer + "/" + i + ".txt", Bytes.utf8(writer + " " + i)));
            }
            return commits;
        });
        Set<String> acknowledged = new HashSet<>();
        made.forEach(acknowledged::addAll);
        assertThat(acknowledged).hasSize(WRITERS * EACH);
        assertThat(history(repo)).hasSize(1 + WRITERS * EACH).containsAll(acknowledged);
        assertThat(repo.owner()
                        .http()
                        .get(repo.api() + "/tree/main?recursive=true")
                        .expect(200)
                        .list())
                .hasSize(1 + WRITERS + WRITERS * EACH);
    }

    @Test
    void of_a_hundred_racers_with_one_parent_exactly_one_wins() throws Exception {
        TestRepo repo = hub.newUser().newModel();
        String parent = repo.head();
        List<Integer> answers = atOnce(
                RACERS,
                racer -> () -> repo.commitAnswer(
                                "main",
                                Operations.commitOn(parent, "race").file(racer + ".txt", Bytes.utf8("x" + racer)))
                        .status());
        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers).filteredOn(status -> status == 412).hasSize(RACERS - 1);
        assertThat(history(repo)).hasSize(2);
    }

    @Test
    void everything_that_writes_may_do_so_at_once() throws Exception {
        List<String> heads = atOnce(WRITERS, writer -> () -> {
            HubUser user = hub.newUser(); // registration, login, token
            TestRepo repo = user.newModel();
            String head = "";
            for (int i = 0; i < 4; i++) {
                head = repo.commitFile(i + ".txt", Bytes.utf8("text " + i));
                repo.commitLfs(i + ".bin", Bytes.random(2000, writer * 100L + i));
            }
            assertThat(history(repo)).hasSize(9).contains(head);
            return head;
        });
        assertThat(heads).hasSize(WRITERS);
    }
}
