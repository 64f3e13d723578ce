package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.AtOnce;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * The API's commits and git's pushes on one branch, all at once. {@code -Dgit.writers.seconds=120} makes it longer than
 * the usual twenty seconds, {@code -Dgit.racers=100} lets more than fifty race.
 */
class GitWritersIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("git.writers.seconds", 20));
    private static final int API_WRITERS = 6;
    private static final int GIT_WRITERS = 4;
    private static final int RACERS = Integer.getInteger("git.racers", 50);

    /** Between two commits of one API writer, so that git, which takes longer for one attempt, gets in between. */
    private static final Duration PAUSE = Duration.ofMillis(1500);

    @TempDir
    Path home;

    @Test
    void nothing_that_was_acknowledged_is_lost_and_nothing_half_done_is_seen() throws Exception {
        Writers writers = new Writers(hub.newUser().newModel(), home, LENGTH);
        for (int i = 0; i < API_WRITERS; i++) {
            writers.commitByApi(PAUSE);
        }
        for (int i = 0; i < GIT_WRITERS; i++) {
            writers.pushByGit("main");
        }
        Writers.Made made = writers.cloneAndLook().run();
        System.out.println(LENGTH.toSeconds() + " s: " + made.byApi() + " commits by the API, " + made.byGit()
                + " pushes by git, " + made.byOthers().get(0) + " clones looked at");
    }

    @Test
    void of_all_racers_with_one_parent_exactly_one_wins() throws Exception {
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
        List<Integer> answers = AtOnce.run(racers);
        System.out.println(RACERS + " racers: "
                + answers.stream().filter(status -> status == 200).count() + " won, "
                + answers.stream().filter(status -> status == 412).count() + " were told 412");
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 412).hasSize(RACERS - 1);
        assertThat(Writers.history(repo, "main")).hasSize(2);
    }
}
