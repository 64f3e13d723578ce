package org.kohakuhub.version.git;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.version.RefsMoved;

/**
 * The one place where refs move: new packs become visible, refs are swapped, and whatever observes {@link RefsMoved}
 * writes its rows, all in one transaction.
 */
@Stateless
public class Publisher {
    private static final String MAIN = RefNames.HEADS + "main";

    /** A ref may take the place of one that goes with the same step. */
    private static final Comparator<RefStep> REMOVALS_FIRST = Comparator.<RefStep, Boolean>comparing(
                    step -> step.next().isPresent())
            .thenComparing(RefStep::ref);

    private final PackRows packs;
    private final RefRows refs;
    private final Event<RefsMoved> moved;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected Publisher() {
        this(null, null, null, null);
    }

    @Inject
    public Publisher(PackRows packs, RefRows refs, Event<RefsMoved> moved, InstantSource clock) {
        this.packs = packs;
        this.refs = refs;
        this.moved = moved;
        this.clock = clock;
    }

    /**
     * Publishes all of it or nothing.
     *
     * @param actor for the reflog
     * @param reason for the reflog
     * @throws SwapLostException if a ref was not where its step expects it
     * @throws RefInTheWayException if a new ref's name and an existing one's exclude each other
     * @throws HubException REPO_NOT_FOUND if the repository was deleted meanwhile
     */
    public void publish(RepoKey repo, List<StagedPack> staged, List<RefStep> steps, String actor, String reason) {
        touch(repo, true);
        staged.forEach(pack -> packs.insert(repo.id(), pack));
        forgetIntents(repo.id(), staged);
        em.flush();
        steps.stream().sorted(REMOVALS_FIRST).forEach(step -> {
            if (step.expected().isEmpty() && refs.isInTheWay(repo.id(), step.ref())) {
                throw new RefInTheWayException(step.ref());
            }
            if (!refs.compareAndSwap(repo.id(), step)) {
                throw new SwapLostException(step.ref());
            }
            refs.log(repo.id(), step, actor, reason, clock);
            if (step.expected().isEmpty() && step.ref().equals(MAIN)) {
                refs.link(repo.id(), "HEAD", MAIN); // what a clone checks out comes with the first commit
            }
        });
        moved.fire(new RefsMoved(
                repo,
                actor,
                steps.stream()
                        .map(step -> new RefsMoved.Move(step.ref(), step.expected(), step.next()))
                        .toList()));
    }

    /** Points HEAD to a branch. */
    public void linkHead(RepoKey repo, String target) {
        refs.link(repo.id(), "HEAD", target);
    }

    /**
     * Puts packs in the place of others that hold the same objects.
     *
     * @throws SwapLostException if one of the old ones was replaced meanwhile
     */
    public void replace(RepoKey repo, List<StagedPack> staged, Collection<String> old) {
        touch(repo, false);
        staged.forEach(pack -> packs.insert(repo.id(), pack));
        forgetIntents(repo.id(), staged);
        em.flush();
        if (!old.isEmpty() && !packs.drop(repo.id(), old, clock.millis())) {
            throw new SwapLostException("packs of " + repo.name());
        }
    }

    /** Writes down that these keys may appear in the object store before any row names them. */
    public void intend(String repoId, Collection<String> keys) {
        for (String key : keys) {
            em.createNativeQuery("insert into store_intent (object_key, repo_id, created_at) values (?1, ?2, ?3)")
                    .setParameter(1, key)
                    .setParameter(2, repoId)
                    .setParameter(3, clock.millis())
                    .executeUpdate();
        }
    }

    /** Writes down where the repository's packs are, so that they are swept once its rows are gone. */
    public void abandon(RepoKey repo) {
        touch(repo, false); // a commit that is on its way comes before or not at all
        intend(repo.id(), packs.all(repo.id()).stream().flatMap(PackRows::keys).toList());
    }

    private void forgetIntents(String repoId, List<StagedPack> staged) {
        List<String> keys = staged.stream()
                .flatMap(pack -> pack.files().stream()
                        .filter(file -> !file.inline())
                        .map(file -> PackFile.key(repoId, pack.name(), file.ext())))
                .toList();
        if (keys.isEmpty()) {
            return;
        }
        int forgotten = em.createNativeQuery(
                        "delete from store_intent where object_key in (?1) and condemned_at is null")
                .setParameter(1, keys)
                .executeUpdate();
        if (forgotten != keys.size()) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The upload took too long, try again"); // the sweep was first
        }
    }

    /** Locks the repository's row until the transaction ends, so that it cannot be deleted under the new rows. */
    private void touch(RepoKey repo, boolean modified) {
        int found = em.createNativeQuery("update repository set pack_epoch = pack_epoch + 1"
                        + (modified ? ", modified_at = ?2" : ", maintained_at = ?2") + " where id = ?1")
                .setParameter(1, repo.id())
                .setParameter(2, clock.millis())
                .executeUpdate();
        if (found == 0) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
        }
    }
}
