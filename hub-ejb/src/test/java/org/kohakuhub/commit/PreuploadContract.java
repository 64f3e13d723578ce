package org.kohakuhub.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kohakuhub.commit.WithCommits.assertThrows;
import static org.kohakuhub.commit.WithCommits.oid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kohakuhub.account.Caller;
import org.kohakuhub.commit.PreuploadService.Candidate;
import org.kohakuhub.commit.PreuploadService.Plan;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.TestHub;

/** What holds of plans before commits, on every database. */
interface PreuploadContract extends WithCommits {
    private PreuploadService preuploads() {
        return new PreuploadService(
                writes(), hub().versions, hub().revisions, hub().lfsRules, new AttributeFiles(hub().versions));
    }

    private List<Plan> plan(Caller caller, RepoId repo, String gitIgnore, Object... pathsAndSizes) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < pathsAndSizes.length; i += 2) {
            candidates.add(new Candidate(
                    new FilePath((String) pathsAndSizes[i]), ((Number) pathsAndSizes[i + 1]).longValue()));
        }
        return preuploads()
                .plan(
                        caller,
                        repo,
                        MAIN,
                        false,
                        candidates,
                        Optional.ofNullable(gitIgnore).map(text -> text.getBytes(UTF_8)));
    }

    /** Points 11 and 12 of the contract's list. */
    @Test
    default void a_plan_follows_size_attributes_and_suffix() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "planned");
        commit(
                ann,
                repo,
                new Lines()
                        .file("raw/.gitattributes", "*.parquet -filter\n*.txt filter=lfs\n")
                        .file("raw/keep", ""));
        List<Plan> plans = plan(
                ann,
                repo,
                null,
                "a.txt",
                TestHub.THRESHOLD - 1,
                "b.txt",
                TestHub.THRESHOLD,
                "c.parquet",
                1,
                "d.parquet",
                0,
                "E.GGUF",
                1,
                "clip.mp4",
                1,
                "raw/c.parquet",
                1,
                "raw/big.parquet",
                TestHub.THRESHOLD,
                "raw/x/a.txt",
                1,
                ".gitattributes",
                99);
        assertThat(plans)
                .extracting(Plan::lfs)
                .containsExactly(false, true, true, false, true, true, false, true, true, false);
        assertThat(plans).extracting(plan -> plan.path().text()).startsWith("a.txt", "b.txt", "c.parquet");
        assertThat(plans).extracting(Plan::ignored).containsOnly(false);
    }

    @Test
    default void a_plan_tells_what_is_there_in_the_clients_terms() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "there");
        contents().grant(oid(41), 41);
        commit(ann, repo, new Lines().file("a.txt", "hello\n").lfs("w.bin", oid(41), 41));
        assertThat(plan(ann, repo, null, "a.txt", 6, "w.bin", 41, "none", 1))
                .extracting(plan -> plan.present().orElse("-"))
                .containsExactly("ce013625030ba8dba906f756967f9e9ca394464a", oid(41).hex(), "-");
    }

    @Test
    default void a_plan_leaves_out_what_a_gitignore_leaves_out() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "ignored");
        commit(ann, repo, new Lines().file(".gitignore", "*.log\n"));
        assertThat(plan(ann, repo, null, "a.log", 1, "a.txt", 1))
                .extracting(Plan::ignored)
                .containsExactly(true, false);
        assertThat(plan(ann, repo, "*.txt\n", "a.log", 1, "a.txt", 1))
                .extracting(Plan::ignored)
                .containsExactly(false, true);
    }

    @Test
    default void plans_are_for_those_who_may_commit_and_for_branches() {
        Caller ann = hub().newUser();
        RepoId repo = hub().newModel(ann, "unplanned");
        assertThrows(ErrorKind.FORBIDDEN, () -> plan(hub().newUser(), repo, null, "a", 1));
        assertThrows(
                ErrorKind.REVISION_NOT_FOUND,
                () -> preuploads()
                        .plan(ann, repo, new Revision.Exact(head(ann, repo)), false, List.of(), Optional.empty()));
    }
}
