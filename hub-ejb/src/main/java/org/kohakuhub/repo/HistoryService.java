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
     * Commits of a page.
     *
     * @param next the cursor of the page that follows, if one does
     */
    public record Page(List<CommitRecord> commits, Optional<String> next) {}
}
