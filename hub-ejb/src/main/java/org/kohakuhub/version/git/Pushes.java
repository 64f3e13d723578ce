package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceiveCommand.Type;
import org.eclipse.jgit.transport.ReceivePack;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.version.PushPolicy;
import org.kohakuhub.version.PushPolicy.Arrivals;
import org.kohakuhub.version.RefsMoved.Move;

/**
 * Takes one push. What arrives stays staged, seen by this request alone, until every object was checked and the policy has
 * nothing against it; then packs and refs appear together.
 */
final class Pushes {
    /** No object of a history is as long; what is would only be unpacked to be refused. */
    private static final long LONGEST_OBJECT = 1L << 30;

    /** A push names this many bytes of refs at most: some tens of thousands. */
    private static final long LONGEST_COMMANDS = 16L << 20;

    private final Repository repository;
    private final PushPolicy policy;
    private final ArrivalChecker checker = new ArrivalChecker();
    private List<ObjectId> walked = List.of();
    private Arrivals found;

    private Pushes(Repository repository, PushPolicy policy) {
        this.repository = repository;
        this.policy = policy;
    }

    static ReceivePack receive(SqlRepository repository, Storage storage, PushPolicy policy, Runnable published) {
        Pushes pushes = new Pushes(repository, policy);
        ReceivePack receive =
                new Receiver(repository, (info, haves, monitor) -> pushes.walk(tips(bringing(info.getCommands()))));
        receive.setCheckReceivedObjects(true);
        // .git and .gitmodules in their disguises on other systems are refused by the walk. What is only inconvenient
        // there
        // ("a:b", names that differ by case) the API takes, and whoever cloned it has to be able to push again
        receive.setObjectChecker(pushes.checker);
        receive.setMaxObjectSizeLimit(LONGEST_OBJECT);
        receive.setMaxCommandBytes(LONGEST_COMMANDS);
        receive.setAllowPushOptions(true); // none means anything here
        receive.setRefLogIdent(GitCommitWriter.ident(policy.author(), storage));
        receive.setPreReceiveHook(pushes::judge);
        receive.setPostReceiveHook((pack, commands) -> {
            policy.moved(moves(ReceiveCommand.filter(commands, Result.OK)));
            published.run();
        });
        return receive;
    }

    private void judge(ReceivePack receive, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            refusal(command, receive).ifPresent(reason -> command.setResult(Result.REJECTED_OTHER_REASON, reason));
        }
        List<ReceiveCommand> bringing = bringing(commands);
        if (bringing.isEmpty()) {
            return;
        }
        List<String> objections = objections(bringing);
        objections.forEach(receive::sendError);
        if (!objections.isEmpty()) {
            String reason = objections.size() == 1 ? "a file is refused, see above" : "files are refused, see above";
            bringing.forEach(command -> command.setResult(Result.REJECTED_OTHER_REASON, reason));
        }
    }

    private static List<ReceiveCommand> bringing(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(command -> command.getResult() == Result.NOT_ATTEMPTED && command.getType() != Type.DELETE)
                .toList();
    }

    private static List<ObjectId> tips(List<ReceiveCommand> bringing) {
        return bringing.stream().map(ReceiveCommand::getNewId).toList();
    }

    private void walk(List<ObjectId> tips) throws IOException {
        found = checker.isPlain(tips, policy.tooLong(), ArrivalWalk.SURELY_SHORT)
                ? new Arrivals(List.of(), Map.of(), Map.of())
                : new ArrivalWalk(repository, policy.tooLong(), checker).at(tips);
        walked = tips;
    }

    private List<String> objections(List<ReceiveCommand> bringing) {
        List<ObjectId> tips = tips(bringing);
        try {
            if (found == null || !walked.equals(tips)) {
                walk(tips); // a command was refused since, and what it alone brings is no reason to refuse the others
            }
            return policy.objections(found);
        } catch (IOException e) {
            throw GitFailures.writing(((SqlRepository) repository).key(), e);
        }
    }

    private Optional<String> refusal(ReceiveCommand command, ReceivePack receive) {
        String ref = command.getRefName();
        boolean branch = ref.startsWith(RefNames.HEADS);
        if (!branch && !ref.startsWith(RefNames.TAGS)) {
            boolean pull = ref.startsWith(RefNames.PULLS) && command.getType() != Type.CREATE;
            if (!pull || command.getType() == Type.DELETE || !isCommit(command.getNewId(), receive)) {
                return Optional.of("only branches and tags can be pushed, and commits to pull requests that are open");
            }
            return policy.objection(move(command), command.getType() == Type.UPDATE_NONFASTFORWARD);
        }
        if (ObjectId.zeroId().equals(command.getOldId()) && ObjectId.zeroId().equals(command.getNewId())) {
            return Optional.of("there is no such ref to delete");
        }
        String name = ref.substring((branch ? RefNames.HEADS : RefNames.TAGS).length());
        if (command.getType() == Type.CREATE
                && (!RefNames.isValid(name) || name.startsWith("refs/") || GitOid.looksLike(name))) {
            return Optional.of("this is no name for a " + (branch ? "branch" : "tag"));
        }
        if (branch && command.getType() != Type.DELETE && !isCommit(command.getNewId(), receive)) {
            return Optional.of("a branch must lead to a commit");
        }
        return policy.objection(move(command), command.getType() == Type.UPDATE_NONFASTFORWARD);
    }

    private static boolean isCommit(ObjectId id, ReceivePack receive) {
        try {
            return receive.getRevWalk().parseAny(id) instanceof RevCommit;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Move> moves(List<ReceiveCommand> commands) {
        return commands.stream().map(Pushes::move).toList();
    }

    private static Move move(ReceiveCommand command) {
        return new Move(command.getRefName(), oid(command.getOldId()), oid(command.getNewId()));
    }

    private static Optional<GitOid> oid(ObjectId id) {
        return ObjectId.zeroId().equals(id) ? Optional.empty() : Optional.of(new GitOid(id.name()));
    }
}
