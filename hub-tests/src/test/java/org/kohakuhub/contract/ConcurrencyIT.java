package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.AtOnce;
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

    @Test
    void writers_of_one_branch_all_end_up_in_its_history() throws Exception {
        TestRepo repo = hub.newUser().newModel();
        List<List<String>> made = AtOnce.run(WRITERS, writer -> () -> {
            List<String> commits = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                commits.add(repo.commitFile("w" + writer + "/" + i + ".txt", Bytes.utf8(writer + " " + i)));
            }
            return commits;
        });
        Set<String> acknowledged = new HashSet<>();
        made.forEach(acknowledged::addAll);
        assertThat(acknowledged).hasSize(WRITERS * EACH);
        assertThat(Writers.history(repo, "main")).hasSize(1 + WRITERS * EACH).containsAll(acknowledged);
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
        List<Integer> answers = AtOnce.run(
                RACERS,
                racer -> () -> repo.commitAnswer(
                                "main",
                                Operations.commitOn(parent, "race").file(racer + ".txt", Bytes.utf8("x" + racer)))
                        .status());
        assertThat(answers).containsOnlyOnce(200);
        assertThat(answers).filteredOn(status -> status == 412).hasSize(RACERS - 1);
        assertThat(Writers.history(repo, "main")).hasSize(2);
    }

    @Test
    void everything_that_writes_may_do_so_at_once() throws Exception {
        List<String> heads = AtOnce.run(WRITERS, writer -> () -> {
            HubUser user = hub.newUser(); // registration, login, token
            TestRepo repo = user.newModel();
            String head = "";
            for (int i = 0; i < 4; i++) {
                head = repo.commitFile(i + ".txt", Bytes.utf8("text " + i));
                repo.commitLfs(i + ".bin", Bytes.random(2000, writer * 100L + i));
            }
            assertThat(Writers.history(repo, "main")).hasSize(9).contains(head);
            return head;
        });
        assertThat(heads).hasSize(WRITERS);
    }
}
