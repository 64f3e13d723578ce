package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.version.Author;

/**
 * Moves a branch to a commit that is built on whatever its head is by then. A turn at the branch keeps the writers of one
 * node in a fair order; the swap alone decides, also between nodes and against pushes.
 */
final class BranchMover {
    /** With the fair lock a swap is lost only to other nodes and to git pushes. */
    private static final int ATTEMPTS = 50;

    private final Storage storage;
    private final BranchLocks locks;
    private final PackMaintenance maintenance;

    BranchMover(Storage storage, BranchLocks locks, PackMaintenance maintenance) {
        this.storage = storage;
        this.locks = locks;
        this.maintenance = maintenance;
    }

    /** Builds the next commit; called again when the head has moved meanwhile. */
    @FunctionalInterface
    interface Step {
        /** The commit on top of {@code head}; empty if nothing would change. Its objects must be flushed. */
        Optional<GitOid> next(Optional<GitOid> head) throws IOException;
    }

    /**
     * Moves a branch.
     *
     * @param reason for the reflog
     * @return its new head, which is the old one if nothing would change
     * @throws HubException what the step throws; UNAVAILABLE if the branch never stands still
     */
    GitOid move(SqlRepository repository, String ref, Author author, String reason, Step step) throws IOException {
        try (BranchLocks.Turn turn = locks.take(repository.key().id(), ref)) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<GitOid> head =
                        storage.refs().find(repository.key().id(), ref).map(RefRows.Row::commit);
                repository.getObjectDatabase().rescan(); // after the head was read: the list then holds all it needs
                Optional<GitOid> made = step.next(head);
                if (made.isEmpty()) {
                    return head.orElseThrow(); // nothing would change
                }
                if (publish(repository, new RefStep(ref, head, made, Optional.empty()), author, reason)) {
                    maintenance.after(repository.key());
                    return made.get();
                }
            }
        }
        throw new HubException(ErrorKind.UNAVAILABLE, "The branch keeps moving, try again");
    }

    private boolean publish(SqlRepository repository, RefStep step, Author author, String reason) {
        SqlObjDatabase objects = repository.getObjectDatabase();
        try {
            storage.publisher().publish(repository.key(), objects.uploadStaged(), List.of(step), author.name(), reason);
        } catch (SwapLostException lost) {
            return false;
        }
        objects.published();
        return true;
    }
}
