package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.version.PushPolicy;

/** Opens repositories for the git protocol. */
@ApplicationScoped
public class GitRepositories {
    private final Storage storage;
    private final PackMaintenance maintenance;

    /** For the container's proxy only. */
    protected GitRepositories() {
        this(null, null);
    }

    @Inject
    GitRepositories(Storage storage, PackMaintenance maintenance) {
        this.storage = storage;
        this.maintenance = maintenance;
    }

    /** A repository for the length of one request; whoever opens it closes it. */
    public Repository open(RepoKey repo) {
        return SqlRepository.open(repo, storage);
    }

    /**
     * The same, cut off where a fetch of this depth ends: for a client whose history ends earlier. See {@link Deepening}.
     *
     * @param wants what it wants: ids of commits or tags
     */
    public Repository openDownTo(RepoKey repo, List<String> wants, int depth) {
        SqlRepository repository = SqlRepository.open(repo, storage);
        boolean opened = false;
        try {
            repository.getObjectDatabase().endAt(Deepening.ends(repository, wants, depth));
            opened = true;
            return repository;
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        } finally {
            if (!opened) {
                repository.close();
            }
        }
    }

    /**
     * How deep a history is, from what a client wants on, that reaches some commits further than where his ends.
     *
     * @param wants ids of commits; of others nothing is known here
     * @param shallows ids of the last commits that he has
     */
    public int deepened(RepoKey repo, List<String> wants, List<String> shallows, int by) {
        try (SqlRepository repository = SqlRepository.open(repo, storage)) {
            return Deepening.depth(repository, wants, shallows, by);
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
    }

    /** Takes a push to a repository that {@link #open} gave, by the rules of {@code policy}. */
    public ReceivePack receivePack(Repository repository, PushPolicy policy) {
        SqlRepository own = (SqlRepository) repository;
        return Pushes.receive(own, storage, policy, () -> maintenance.after(own.key()));
    }

    /** Serves fetches of a repository that {@link #open} gave. */
    public UploadPack uploadPack(Repository repository) {
        UploadPack upload = new UploadPack(repository);
        PackConfig config = new PackConfig(repository);
        // measured: the search for deltas makes a clone of a repository that was never repacked five times slower
        config.setDeltaCompress(false);
        config.setThreads(1);
        upload.setPackConfig(config);
        upload.setRequestPolicy(UploadPack.RequestPolicy.REACHABLE_COMMIT); // says so; the validator judges
        upload.setRequestValidator(new ReachableObjects(repository));
        return upload;
    }
}
