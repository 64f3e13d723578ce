package org.kohakuhub.version.git;

import static org.eclipse.jgit.transport.ReceiveCommand.Result.LOCK_FAILURE;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.NOT_ATTEMPTED;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.OK;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.REJECTED_OTHER_REASON;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;

/**
 * The ref commands of one push, in one transaction with its packs. Where the client asked for all or nothing that is what
 * it gets; else a ref that somebody else moved meanwhile is left out, and the others go on without it.
 */
final class RefBatch extends BatchRefUpdate {
    private static final String IN_THE_WAY = "another ref is a folder of this name, or the other way round";

    private final SqlRepository repository;
    private final Storage storage;

    RefBatch(SqlRepository repository, Storage storage) {
        super(repository.getRefDatabase());
        this.repository = repository;
        this.storage = storage;
    }

    @Override
    public void execute(RevWalk walk, ProgressMonitor monitor, List<String> options) throws IOException {
        List<ReceiveCommand> pending = new ArrayList<>(ReceiveCommand.filter(getCommands(), NOT_ATTEMPTED));
        List<RefStep> steps = new ArrayList<>();
        for (ReceiveCommand command : List.copyOf(pending)) {
            if (isInTheWay(command, pending)) {
                command.setResult(REJECTED_OTHER_REASON, IN_THE_WAY);
                pending.remove(command);
            } else {
                steps.add(step(command, walk));
            }
        }
        if (isAtomic() && pending.size() < getCommands().size()) {
            ReceiveCommand.abort(pending);
            return;
        }
        while (!pending.isEmpty() && !tryAll(pending, steps)) {
            // one of them is out now
        }
    }

    /** Spares an attempt where it can be seen beforehand; the transaction looks again. */
    private boolean isInTheWay(ReceiveCommand command, List<ReceiveCommand> pending) throws IOException {
        if (command.getType() != ReceiveCommand.Type.CREATE) {
            return false;
        }
        for (String other : getRefDatabase().getConflictingNames(command.getRefName())) {
            boolean removed = pending.stream()
                    .anyMatch(gone -> gone.getType() == ReceiveCommand.Type.DELETE
                            && gone.getRefName().equals(other));
            if (!removed) {
                return true;
            }
        }
        return false;
    }

    private static RefStep step(ReceiveCommand command, RevWalk walk) throws IOException {
        Optional<GitOid> next = oid(command.getNewId());
        Optional<GitOid> peeled = Optional.empty();
        if (next.isPresent()) {
            RevObject object = walk.parseAny(command.getNewId());
            peeled = object instanceof RevTag ? oid(walk.peel(object)) : Optional.empty();
        }
        return new RefStep(command.getRefName(), oid(command.getOldId()), next, peeled);
    }

    private static Optional<GitOid> oid(ObjectId id) {
        return ObjectId.zeroId().equals(id) ? Optional.empty() : Optional.of(new GitOid(id.name()));
    }

    /** Publishes what is pending; false if a ref is out and the rest may be tried again. */
    private boolean tryAll(List<ReceiveCommand> pending, List<RefStep> steps) {
        SqlObjDatabase objects = repository.getObjectDatabase();
        try {
            storage.publisher()
                    .publish(
                            repository.key(),
                            objects.uploadStaged(),
                            steps,
                            getRefLogIdent().getName(),
                            "push");
            objects.published();
            getRefDatabase().refresh();
            pending.forEach(command -> command.setResult(OK));
            return true;
        } catch (SwapLostException lost) {
            return leaveOut(lost.ref(), LOCK_FAILURE, "somebody else has moved it, fetch first", pending, steps);
        } catch (RefInTheWayException conflict) {
            return leaveOut(conflict.ref(), REJECTED_OTHER_REASON, IN_THE_WAY, pending, steps);
        } catch (HubException refusal) {
            pending.forEach(command -> command.setResult(REJECTED_OTHER_REASON, refusal.sentence()));
            return true;
        }
    }

    private boolean leaveOut(
            String ref,
            ReceiveCommand.Result result,
            String reason,
            List<ReceiveCommand> pending,
            List<RefStep> steps) {
        pending.stream()
                .filter(command -> command.getRefName().equals(ref))
                .forEach(command -> command.setResult(result, reason));
        pending.removeIf(command -> command.getRefName().equals(ref));
        steps.removeIf(step -> step.ref().equals(ref));
        if (isAtomic()) {
            ReceiveCommand.abort(pending);
            pending.clear();
        }
        return false;
    }
}
