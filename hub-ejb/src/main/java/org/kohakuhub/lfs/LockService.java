package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;

/**
 * The Git LFS File Locking API. A lock says that somebody works on a file that cannot be merged; git-lfs makes the file
 * read-only for all others and asks before a push. A path has one lock at most, whatever branch it was taken on.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LockService {
    private static final int USUAL_PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final int LONGEST_REF = 220;
    private static final int ATTEMPTS = 5;

    private final AccessPolicy access;
    private final LockRows rows;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected LockService() {
        this(null, null, null);
    }

    @Inject
    public LockService(AccessPolicy access, LockRows rows, InstantSource clock) {
        this.access = access;
        this.rows = rows;
        this.clock = clock;
    }

    /** A lock, and whether it is new: if not, the path had it before. */
    public record Locked(FileLock lock, boolean isNew) {}

    /** Some locks. {@code next} is the cursor of those that follow, if any do. */
    public record Page(List<FileLock> locks, Optional<String> next) {}

    /**
     * Which locks to list.
     *
     * @param path the one of this path
     * @param id the one of this id
     * @param ref those taken on this branch, or on none
     */
    public record Filter(Optional<String> path, Optional<String> id, Optional<String> ref) {}

    /** Where to go on, and how many locks at most. */
    public record Window(Optional<String> cursor, Optional<Long> limit) {
        private int size() {
            return (int) Math.min(LONGEST_PAGE, limit.filter(asked -> asked > 0).orElse((long) USUAL_PAGE));
        }
    }

    /**
     * Locks a file, which need not be there yet.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; UNPROCESSABLE for what can be no path or branch
     */
    public Locked lock(Caller caller, RepoId name, String path, Optional<String> ref) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        if (caller.isAnonymous()) { // the site administrator's token alone
            throw new HubException(ErrorKind.UNAUTHENTICATED, "A lock needs an owner");
        }
        FileLock lock = new FileLock(
                Ids.next(clock),
                new FilePath(path),
                ref.map(LockService::checkedRef).orElse(""),
                caller.userId(),
                caller.username(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        for (int i = 0; i < ATTEMPTS; i++) {
            if (rows.add(repo.id(), lock)) {
                return new Locked(lock, true);
            }
            Optional<FileLock> before = rows.byPath(repo.id(), path);
            if (before.isPresent()) {
                return new Locked(before.get(), false);
            } // else it was removed in between
        }
        throw new HubException(ErrorKind.UNAVAILABLE, "Others lock and unlock this file at once, try again");
    }

    private static String checkedRef(String ref) {
        if (ref.length() > LONGEST_REF || ref.chars().anyMatch(c -> c < ' ')) {
            throw new HubException(ErrorKind.UNPROCESSABLE, "Invalid ref: " + Text.shown(ref));
        }
        return ref;
    }

    /**
     * The locks of a repository.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public Page list(Caller caller, RepoId name, Filter filter, Window window) {
        RepoKey repo = access.require(caller, Action.READ, name);
        if (filter.path().isEmpty() && filter.id().isEmpty()) {
            return page(repo, filter.ref().orElse(""), window);
        }
        Optional<FileLock> found = filter.id().isPresent()
                ? rows.byId(repo.id(), filter.id().get())
                : rows.byPath(repo.id(), filter.path().orElseThrow());
        List<FileLock> locks = found
                .filter(lock -> filter.path().map(lock.path().text()::equals).orElse(true))
                .filter(lock -> lock.ref().isEmpty()
                        || filter.ref().map(lock.ref()::equals).orElse(true))
                .stream()
                .toList();
        return new Page(locks, Optional.empty());
    }

    /**
     * The locks of all branches, for somebody who is about to push.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public Page verify(Caller caller, RepoId name, Window window) {
        return page(access.require(caller, Action.WRITE, name), "", window);
    }

    private Page page(RepoKey repo, String ref, Window window) {
        int size = window.size();
        List<FileLock> locks = rows.after(repo.id(), window.cursor().orElse(""), ref, size + 1);
        if (locks.size() <= size) {
            return new Page(locks, Optional.empty());
        }
        return new Page(locks.subList(0, size), Optional.of(locks.get(size - 1).id()));
    }

    /**
     * Removes a lock: one's own, or by force anybody's, if one manages the repository.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; NOT_FOUND if this repository has no such lock
     */
    public FileLock unlock(Caller caller, RepoId name, String id, boolean force) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        FileLock lock = rows.byId(repo.id(), id).orElseThrow(LockService::noSuchLock);
        boolean own = lock.ownerId().equals(caller.userId());
        if (!own && !force) {
            throw new HubException(ErrorKind.FORBIDDEN, "This file is locked by " + lock.owner());
        }
        if (!own && !access.allows(caller, Action.MANAGE, repo)) {
            throw new HubException(
                    ErrorKind.FORBIDDEN, "Only those who manage the repository may remove the lock of " + lock.owner());
        }
        if (!rows.remove(repo.id(), id)) {
            throw noSuchLock();
        }
        return lock;
    }

    private static HubException noSuchLock() {
        return new HubException(ErrorKind.NOT_FOUND, "There is no such lock");
    }
}
