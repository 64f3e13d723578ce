package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.HistoryEdits;
import org.kohakuhub.version.HistoryEdits.Outcome;
import org.kohakuhub.version.HistoryEdits.Preference;
import org.kohakuhub.version.HistoryEdits.Target;
import org.kohakuhub.version.VersionStore;

/** Merges, reverts, picks, restores and squashes on branches. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BranchEditService {
    /** A conflict is told with so many paths, not more. */
    private static final int LISTED = 50;

    private final AccessPolicy access;
    private final HistoryEdits edits;
    private final VersionStore versions;
    private final Revisions revisions;
    private final CommitAuthors authors;
    private final CardKeeper cards;
    private final RefGuard guard;

    @SuppressWarnings("NullAway")
    protected BranchEditService() { // the container's proxy only
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public BranchEditService(
            AccessPolicy access,
            HistoryEdits edits,
            VersionStore versions,
            Revisions revisions,
            CommitAuthors authors,
            CardKeeper cards,
            RefGuard guard) {
        this.access = access;
        this.versions = versions;
        this.edits = edits;
        this.revisions = revisions;
        this.authors = authors;
        this.cards = cards;
        this.guard = guard;
    }

    /**
     * How branches are merged.
     *
     * @param message of the commit; empty: one that names both
     * @param preference whose version of a file counts that both sides changed; without one lines are merged
     * @param squash whether the source's history stays out
     */
    public record Merge(Optional<String> message, Optional<Preference> preference, boolean squash) {}

    /**
     * Merges a revision into a branch.
     *
     * @return the branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; CONFLICT that names the files
     */
    public GitOid merge(Caller caller, RepoId name, Revision source, Revision destination, Merge merge) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        GitOid from = commit(repo, source);
        String message = merge.message().orElse("Merge " + shown(source) + " into " + shown(destination));
        Target target = target(caller, repo, destination, message);
        return settled(repo, target, edits.merge(repo, from, target, merge.preference(), merge.squash()));
    }

    /**
     * Takes back a commit.
     *
     * @param parent of a merge, from 1; 0 else
     * @return the branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID; CONFLICT that names the files
     */
    public GitOid revert(
            Caller caller, RepoId name, Revision branch, Revision commit, int parent, Optional<String> message) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        GitOid reverted = commit(repo, commit);
        Target target = target(
                caller,
                repo,
                branch,
                message.orElse("Revert " + shown(commit) + "\n\nThis reverts commit " + reverted + "."));
        return settled(repo, target, edits.revert(repo, reverted, parent, target));
    }

    /**
     * Makes on a branch what a commit of another one changed.
     *
     * @param parent of a merge, from 1; 0 else
     * @param message empty: the commit's own, and where it comes from
     * @return the branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID; CONFLICT that names the files
     */
    public GitOid cherryPick(
            Caller caller, RepoId name, Revision branch, Revision commit, int parent, Optional<String> message) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        GitOid picked = commit(repo, commit);
        Target target = target(caller, repo, branch, message.orElseGet(() -> picking(repo, picked)));
        return settled(repo, target, edits.cherryPick(repo, picked, parent, target));
    }

    private String picking(RepoKey repo, GitOid commit) {
        CommitRecord record = versions.commit(repo, commit);
        String body = record.message().isEmpty() ? "" : "\n\n" + record.message();
        return record.title() + body + "\n\n(cherry picked from commit " + commit + ")";
    }

    /**
     * Gives a branch the files of an earlier commit, as a new one.
     *
     * @param force needed for the default branch
     * @return the branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID for the default branch without force
     */
    public GitOid reset(
            Caller caller, RepoId name, Revision branch, Revision commit, boolean force, Optional<String> message) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        Target target = target(caller, repo, branch, message.orElse("Reset to " + shown(commit)));
        if (target.ref().equals(Revisions.DEFAULT_REF)) {
            access.require(caller, Action.MANAGE, name);
            if (!force) {
                throw new HubException(ErrorKind.INVALID, "The default branch is reset only with force");
            }
        }
        return settled(repo, target, edits.restore(repo, commit(repo, commit), target));
    }

    /**
     * Makes a branch's files its only commit.
     *
     * @return the branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND
     */
    public GitOid squash(Caller caller, RepoId name, Revision branch, Optional<String> message) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        String why = message.orElse("Super-squash branch '" + shown(branch) + "'");
        Target target = target(caller, repo, branch, Deed.FORCE, why);
        return settled(repo, target, Outcome.at(edits.squash(repo, target)));
    }

    private Target target(Caller caller, RepoKey repo, Revision branch, String message) {
        return target(caller, repo, branch, Deed.PUSH, message);
    }

    private Target target(Caller caller, RepoKey repo, Revision branch, Deed deed, String message) {
        String ref = revisions.branch(repo, branch).ref();
        guard.require(caller, repo, ref, deed);
        return new Target(ref, authors.of(caller), message);
    }

    private GitOid commit(RepoKey repo, Revision revision) {
        return revisions
                .commit(repo, revision)
                .orElseThrow(
                        () -> new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + shown(revision)));
    }

    private GitOid settled(RepoKey repo, Target target, Outcome outcome) {
        if (outcome.head().isEmpty()) {
            List<String> paths = outcome.conflicts();
            String more = paths.size() > LISTED ? " and " + (paths.size() - LISTED) + " more" : "";
            throw new HubException(
                    ErrorKind.CONFLICT,
                    "Conflict in "
                            + String.join(", ", paths.stream().limit(LISTED).toList()) + more);
        }
        if (target.ref().equals(Revisions.DEFAULT_REF)) {
            cards.refresh(repo);
        }
        return outcome.head().get();
    }

    private static String shown(Revision revision) {
        return Text.shown(
                revision instanceof Revision.Named named
                        ? named.ref()
                        : revision instanceof Revision.Exact exact ? exact.oid().hex() : revision.toString());
    }
}
