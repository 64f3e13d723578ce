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
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.version.RefRecord;
import org.kohakuhub.version.VersionStore;

/** Branches and tags. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // a ref's move opens its own short transaction
public class RefService {
    /** As many characters as a commit's description may have. */
    private static final int LONGEST_MESSAGE = 65_536;

    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;
    private final CommitAuthors authors;
    private final RefGuard guard;

    @SuppressWarnings("NullAway")
    protected RefService() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public RefService(
            AccessPolicy access, VersionStore versions, Revisions revisions, CommitAuthors authors, RefGuard guard) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
        this.authors = authors;
        this.guard = guard;
    }

    /**
     * All refs of a repository, by name.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public List<RefRecord> refs(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        return versions.refs(repo, "refs/");
    }

    /**
     * Makes a branch.
     *
     * @param start where it begins; empty: at the default branch's head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID for what can be no branch's name;
     *     CONFLICT if it is there
     */
    public void createBranch(Caller caller, RepoId name, String branch, Optional<String> start) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        String ref = ref(RefNames.HEADS, branch, "Invalid reference for a branch");
        create(repo, ref, commit(repo, start.orElse(Revisions.DEFAULT_BRANCH)), caller, Optional.empty());
    }

    /**
     * Removes a branch, though not the default one.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID for the default branch
     */
    public void deleteBranch(Caller caller, RepoId name, String branch) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        if (branch.equals(Revisions.DEFAULT_BRANCH)) {
            throw new HubException(ErrorKind.INVALID, "Cannot delete " + Revisions.DEFAULT_REF);
        }
        delete(repo, RefNames.HEADS, branch, caller);
    }

    /**
     * Makes a tag; with a message an annotated one.
     *
     * @param target the revision that it names
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND; INVALID for what can be no tag's name;
     *     CONFLICT if it is there
     */
    public void createTag(Caller caller, RepoId name, String tag, String target, Optional<String> message) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        String ref = ref(RefNames.TAGS, tag, "Invalid reference for a tag");
        Optional<String> annotation =
                message.filter(text -> !text.isBlank()).map(text -> Text.storable("message", text, LONGEST_MESSAGE));
        create(repo, ref, commit(repo, target), caller, annotation);
    }

    /**
     * Removes a tag.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, REVISION_NOT_FOUND
     */
    public void deleteTag(Caller caller, RepoId name, String tag) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        delete(repo, RefNames.TAGS, tag, caller);
    }

    private void create(RepoKey repo, String ref, GitOid commit, Caller caller, Optional<String> message) {
        if (versions.head(repo, ref).isPresent()) {
            throw new HubException(ErrorKind.CONFLICT, "Reference " + ref + " already exists");
        }
        guard.require(caller, repo, ref, Deed.PUSH);
        versions.createRef(repo, ref, commit, authors.of(caller), message);
    }

    private void delete(RepoKey repo, String folder, String name, Caller caller) {
        String ref = folder + name;
        if (!RefNames.isValid(name) || versions.head(repo, ref).isEmpty()) {
            throw unknown(name);
        }
        guard.require(caller, repo, ref, Deed.DELETE);
        versions.deleteRef(repo, ref, authors.of(caller));
    }

    private GitOid commit(RepoKey repo, String revision) {
        return revisions.commit(repo, Revision.parse(revision)).orElseThrow(() -> unknown(revision));
    }

    /** A name that reads as a whole ref or as a commit's id would hide the one or the other. */
    private static String ref(String folder, String name, String refusal) {
        if (!RefNames.isValid(name) || name.startsWith("refs/") || name.equals("HEAD") || GitOid.looksLike(name)) {
            throw new HubException(ErrorKind.INVALID, refusal + ": " + Text.shown(name));
        }
        return folder + name;
    }

    private static HubException unknown(String revision) {
        return new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(revision));
    }
}
