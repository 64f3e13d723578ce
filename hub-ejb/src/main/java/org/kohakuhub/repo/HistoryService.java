package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.VersionStore;

/** The log of a repository. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HistoryService {
    private static final Pattern CURSOR = Pattern.compile("([0-9a-f]{40})\\.([0-9]{1,9})");

    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;

    @SuppressWarnings("NullAway")
    protected HistoryService() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public HistoryService(AccessPolicy access, VersionStore versions, Revisions revisions) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
    }

    /**
     * A page of the log, newest first.
     *
     * @param cursor what the page before gave: it names the commit at which the first page began, so that a push
     *     between two pages shifts nothing
     * @throws HubException REPO_NOT_FOUND, REVISION_NOT_FOUND, INVALID (the cursor)
     */
    public Page log(Caller caller, RepoId name, Revision revision, Optional<String> cursor, int limit) {
        RepoKey repo = access.require(caller, Action.READ, name);
        GitOid from;
        int skip = 0;
        if (cursor.isPresent()) {
            Matcher matcher = CURSOR.matcher(cursor.get());
            if (!matcher.matches()) {
                throw new HubException(ErrorKind.INVALID, "Invalid cursor");
            }
            from = versions.resolve(repo, Revision.parse(matcher.group(1)));
            skip = Integer.parseInt(matcher.group(2));
        } else {
            Optional<GitOid> head = revisions.commit(repo, revision);
            if (head.isEmpty()) {
                return new Page(List.of(), Optional.empty());
            }
            from = head.get();
        }
        List<CommitRecord> commits = versions.log(repo, from, skip, limit + 1);
        if (commits.size() <= limit) {
            return new Page(commits, Optional.empty());
        }
        return new Page(commits.subList(0, limit), Optional.of(from.hex() + '.' + (skip + limit)));
    }

    /**
     * One commit.
     *
     * @throws HubException REPO_NOT_FOUND, REVISION_NOT_FOUND
     */
    public CommitRecord commit(Caller caller, RepoId name, Revision revision) {
        RepoKey repo = access.require(caller, Action.READ, name);
        return versions.commit(repo, existing(repo, revision));
    }

    /**
     * What a commit changed against its first parent, by path.
     *
     * @param after the path of the page before's last change; empty for the first page
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND
     */
    public Changes changes(Caller caller, RepoId name, Revision revision, String after, int limit) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        GitOid commit = existing(repo, revision);
        Optional<GitOid> parent =
                versions.commit(repo, commit).parents().stream().findFirst();
        return new Changes(parent, versions.changes(repo, parent, commit, after, limit));
    }

    /**
     * What is different between two revisions, by path.
     *
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND
     */
    public Changes compare(Caller caller, RepoId name, Revision from, Revision to, String after, int limit) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        Optional<GitOid> start = Optional.of(existing(repo, from));
        return new Changes(start, versions.changes(repo, start, existing(repo, to), after, limit));
    }

    private GitOid existing(RepoKey repo, Revision revision) {
        return revisions
                .commit(repo, revision)
                .orElseThrow(() -> new HubException(ErrorKind.REVISION_NOT_FOUND, "The repository has no commit yet"));
    }

    /** A page of changes, and what they are changes against: nothing for a first commit. */
    public record Changes(Optional<GitOid> from, VersionStore.ChangePage page) {}

    /**
     * Commits of a page.
     *
     * @param next the cursor of the page that follows, if one does
     */
    public record Page(List<CommitRecord> commits, Optional<String> next) {}
}
