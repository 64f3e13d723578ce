package org.kohakuhub.version.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.TreeChange;

/** A repository whose making was cut short between its row and its first commit is a repository still. */
class FirstCommitTest {
    private static final String MAIN = "refs/heads/main";

    @TempDir
    Path folder;

    @Test
    void whoever_commits_first_gives_the_repository_what_a_clone_checks_out() throws IOException {
        try (TestDatabase database = TestDatabase.sqlite(folder)) {
            TestGit git = new TestGit(database);
            RepoKey repo = git.newRow();

            GitOid first = commit(git, repo);

            try (SqlRepository repository = SqlRepository.open(repo, git.storage)) {
                Ref head = repository.exactRef("HEAD");
                assertThat(head).as("HEAD").isNotNull();
                assertThat(head.getTarget().getName()).isEqualTo(MAIN);
                assertThat(head.getObjectId().name()).isEqualTo(first.hex());
            }
        }
    }

    private static GitOid commit(TestGit git, RepoKey repo) {
        try (CommitWriter writer = git.store.write(repo)) {
            GitOid blob = writer.insertBlob(new ByteArrayInputStream(new byte[] {'x'}), 1);
            return writer.commit(new CommitDraft(
                    MAIN,
                    Optional.empty(),
                    TestGit.ANN,
                    "first",
                    List.of(new TreeChange.PutBlob(new FilePath("a.txt"), blob))));
        }
    }
}
