package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.Grants;
import org.kohakuhub.repo.CommitAuthors;
import org.kohakuhub.version.PointerHistory;
import org.kohakuhub.version.PointerHistory.Place;

/** Lists the LFS contents that a repository has, and takes them away for good. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LfsFileService {
    /** The client sends so many at most. */
    private static final int MOST_DELETIONS = 1_000;

    private final AccessPolicy access;
    private final Grants grants;
    private final PointerHistory history;
    private final CommitAuthors authors;

    /** For the container's proxy only. */
    protected LfsFileService() {
        this(null, null, null, null);
    }

    @Inject
    public LfsFileService(AccessPolicy access, Grants grants, PointerHistory history, CommitAuthors authors) {
        this.access = access;
        this.grants = grants;
        this.history = history;
        this.authors = authors;
    }

    /**
     * A content and, where a ref leads to it, one of its places.
     */
    public record LfsFile(Grants.Granted content, Optional<Place> place) {}

    /**
     * A page of a listing.
     *
     * @param next where the next one begins; empty at the end
     */
    public record Page(List<LfsFile> files, Optional<Sha256> next) {}

    /**
     * The contents of a repository, those that no ref leads to as well.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public Page list(Caller caller, RepoId name, Optional<Sha256> after, int limit) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        List<Grants.Granted> found = grants.page(repo, after, limit + 1);
        boolean more = found.size() > limit;
        List<Grants.Granted> page = more ? found.subList(0, limit) : found;
        Map<Sha256, Place> places = page.isEmpty()
                ? Map.of()
                : history.places(repo, page.stream().map(Grants.Granted::sha256).toList());
        List<LfsFile> files = page.stream()
                .map(content -> new LfsFile(content, Optional.ofNullable(places.get(content.sha256()))))
                .toList();
        return new Page(files, more ? Optional.of(page.get(limit - 1).sha256()) : Optional.empty());
    }

    /**
     * Takes contents away from a repository: nobody can read them through it any more. Their bytes go with a later sweep,
     * if no other repository has them.
     *
     * @param rewrite whether their pointers are taken out of the history of all refs too; else they stay, and lead to
     *     nothing
     * @return how many contents the repository had of these
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; TOO_LARGE; UNAVAILABLE if refs keep moving
     */
    public int delete(Caller caller, RepoId name, Set<Sha256> contents, boolean rewrite) {
        RepoKey repo = access.require(caller, Action.MANAGE, name);
        if (contents.size() > MOST_DELETIONS) {
            throw new HubException(ErrorKind.TOO_LARGE, "At most " + MOST_DELETIONS + " files may be deleted at once");
        }
        if (rewrite && !contents.isEmpty()) {
            history.remove(repo, contents, authors.of(caller)); // first: what stays listed can be deleted once more
        }
        return grants.revoke(repo, contents);
    }
}
