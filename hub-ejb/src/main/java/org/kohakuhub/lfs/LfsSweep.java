package org.kohakuhub.lfs;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.Grants;
import org.kohakuhub.object.Grants.Granted;
import org.kohakuhub.object.Grants.Unclaimed;
import org.kohakuhub.version.PointerHistory;

/**
 * Frees what nobody refers to any more, in two steps. A repository loses its right to a content when no ref leads to a
 * pointer to it, and none that was removed and may be restored does, and nobody has prepared a commit with it for
 * {@link #UNUSED}. A content that no repository has a right to for {@link #UNCLAIMED} loses its bytes. Whoever links a
 * content renews its right before he asks for it, so that a commit that is on its way is as good as one that was made.
 * Any number of nodes may sweep at once; a sweep that was cut off is continued by the next.
 */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class LfsSweep {
    /** Between an upload and the commit that names it lies less. */
    static final Duration UNUSED = Duration.ofDays(7);

    static final Duration UNCLAIMED = Duration.ofDays(1);

    private static final System.Logger log = System.getLogger(LfsSweep.class.getName());
    private static final int BATCH = 200;
    private static final int MOST_LISTED = 1_000;

    private final Grants grants;
    private final PointerHistory history;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected LfsSweep() {
        this(null, null, null);
    }

    @Inject
    public LfsSweep(Grants grants, PointerHistory history, InstantSource clock) {
        this.grants = grants;
        this.history = history;
        this.clock = clock;
    }

    /** What was or would be done. */
    public enum Step {
        /** A repository's right to a content that no ref leads to: taken away. */
        REVOKE_RIGHT,
        /** A whole copy of a content that no repository has a right to: removed. */
        REMOVE_CONTENT
    }

    /**
     * Something that waits to be removed.
     *
     * @param repo whose right it is; empty where nobody has one
     * @param bytes of the content
     * @param due when the step may be done, if nothing comes in between
     */
    public record Waiting(Step step, Optional<RepoKey> repo, Sha256 content, long bytes, Instant due) {}

    /** How much was done. */
    public record Swept(int rights, int contents) {}

    @Schedule(hour = "3", minute = "7", persistent = false, info = "sweep of LFS contents")
    public void sweepNow() {
        Swept swept = sweep();
        if (swept.rights() + swept.contents() > 0) {
            log.log(
                    Level.INFO,
                    "LFS sweep: {0} rights revoked, {1} contents removed",
                    swept.rights(),
                    swept.contents());
        }
    }

    /** Does all that is due. */
    public Swept sweep() {
        Instant unused = clock.instant().minus(UNUSED);
        int[] rights = {0};
        unreached(unused, (repo, contents) -> {
            rights[0] += grants.revokeUnused(
                    repo, contents.stream().map(Granted::sha256).toList(), unused);
            return true;
        });
        Instant unclaimed = clock.instant().minus(UNCLAIMED);
        int contents = 0;
        Optional<Sha256> after = Optional.empty();
        for (List<Unclaimed> page = grants.unclaimed(unclaimed, after, BATCH);
                !page.isEmpty();
                page = grants.unclaimed(unclaimed, after, BATCH)) {
            contents += grants.forget(page.stream().map(Unclaimed::sha256).toList(), unclaimed);
            after = Optional.of(page.get(page.size() - 1).sha256());
        }
        return new Swept(rights[0], contents);
    }

    /** What waits, due or not; changes nothing. The first 1,000. */
    public List<Waiting> dryRun() {
        List<Waiting> waiting = new ArrayList<>();
        grants.unclaimed(Instant.ofEpochMilli(Long.MAX_VALUE), Optional.empty(), MOST_LISTED)
                .forEach(content -> waiting.add(new Waiting(
                        Step.REMOVE_CONTENT,
                        Optional.empty(),
                        content.sha256(),
                        content.size(),
                        content.since().plus(UNCLAIMED))));
        unreached(Instant.ofEpochMilli(Long.MAX_VALUE), (repo, contents) -> {
            contents.forEach(content -> waiting.add(new Waiting(
                    Step.REVOKE_RIGHT,
                    Optional.of(repo),
                    content.sha256(),
                    content.size(),
                    content.used().plus(UNUSED))));
            return waiting.size() < MOST_LISTED;
        });
        return waiting;
    }

    /** Goes through the rights that were not used since {@code before} and that no ref needs, until {@code each} is tired. */
    private void unreached(Instant before, BiPredicate<RepoKey, List<Granted>> each) {
        Optional<RepoKey> last = Optional.empty();
        for (List<RepoKey> repos = grants.repositories(before, last, BATCH);
                !repos.isEmpty();
                repos = grants.repositories(before, last, BATCH)) {
            for (RepoKey repo : repos) {
                if (!unreached(repo, before, each)) {
                    return;
                }
            }
            last = Optional.of(repos.get(repos.size() - 1));
        }
    }

    private boolean unreached(RepoKey repo, Instant before, BiPredicate<RepoKey, List<Granted>> each) {
        Set<Sha256> reachable;
        try {
            reachable = history.reachable(repo);
        } catch (HubException unreadable) { // a history that cannot be read keeps all that it may need
            log.log(Level.WARNING, "LFS sweep passes {0} over: {1}", repo.name(), unreadable.sentence());
            return true;
        }
        Optional<Sha256> after = Optional.empty();
        for (List<Granted> page = grants.page(repo, after, BATCH);
                !page.isEmpty();
                page = grants.page(repo, after, BATCH)) {
            List<Granted> unreached = page.stream()
                    .filter(content -> content.used().isBefore(before) && !reachable.contains(content.sha256()))
                    .toList();
            if (!unreached.isEmpty() && !each.test(repo, unreached)) {
                return false;
            }
            after = Optional.of(page.get(page.size() - 1).sha256());
        }
        return true;
    }
}
