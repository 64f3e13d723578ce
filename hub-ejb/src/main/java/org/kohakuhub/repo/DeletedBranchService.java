package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
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
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.GitConfig;
import org.kohakuhub.repo.RefRule.Deed;
import org.kohakuhub.version.RemovedBranch;
import org.kohakuhub.version.VersionStore;

/** Branches that were deleted not long ago, and can be had back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // a ref's move opens its own short transaction
public class DeletedBranchService {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{24})");

    private final AccessPolicy access;
    private final VersionStore versions;
    private final CommitAuthors authors;
    private final RefGuard guard;
    private final GitConfig config;
    private final InstantSource clock;

    @SuppressWarnings("NullAway")
    protected DeletedBranchService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public DeletedBranchService(
            AccessPolicy access,
            VersionStore versions,
            CommitAuthors authors,
            RefGuard guard,
            GitConfig config,
            InstantSource clock) {
        this.access = access;
        this.versions = versions;
        this.authors = authors;
        this.guard = guard;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A deleted branch.
     *
     * @param until when it can no longer be restored
     */
    public record Deleted(RemovedBranch branch, Instant until) {}

    /**
     * Deleted branches of a page.
     *
     * @param next the cursor of the page that follows, if one does
     */
    public record Page(List<Deleted> branches, Optional<String> next) {}

    /**
     * Those that can be restored, by their last deletion, newest first.
     *
     * @param cursor what the page before gave
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; INVALID (the cursor)
     */
    public Page all(Caller caller, RepoId name, Optional<String> cursor, int limit) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        List<RemovedBranch> found = versions.removedBranches(
                repo, since(), Optional.empty(), cursor.map(DeletedBranchService::place), limit + 1);
        List<RemovedBranch> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit
                ? Optional.of(page.get(limit - 1).place()).map(place -> place.at() + "." + place.id())
                : Optional.empty();
        return new Page(
                page.stream()
                        .map(branch -> new Deleted(branch, branch.removedAt().plus(config.keepDeletedBranches())))
                        .toList(),
                next);
    }

    private Instant since() {
        return clock.instant().minus(config.keepDeletedBranches());
    }

    private static RemovedBranch.Place place(String cursor) {
        Matcher matcher = CURSOR.matcher(cursor);
        if (!matcher.matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        return new RemovedBranch.Place(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    /**
     * Makes a branch anew where it stood when it was deleted last.
     *
     * @return its head
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN; REVISION_NOT_FOUND if it was not deleted, or too long ago; CONFLICT
     *     if the name is taken
     */
    public GitOid restore(Caller caller, RepoId name, String branch) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        String ref = RefNames.HEADS + branch;
        if (versions.head(repo, ref).isPresent()) {
            throw new HubException(ErrorKind.CONFLICT, "Reference " + Text.shown(ref) + " exists");
        }
        GitOid head = versions.removedBranches(repo, since(), Optional.of(branch), Optional.empty(), 1).stream()
                .findFirst()
                .map(RemovedBranch::head)
                .orElseThrow(() -> new HubException(
                        ErrorKind.REVISION_NOT_FOUND, "No branch of this name can be restored: " + Text.shown(branch)));
        guard.require(caller, repo, ref, Deed.PUSH);
        versions.commit(repo, head); // throws if it was collected, when branches were kept for a shorter time
        versions.createRef(repo, ref, head, authors.of(caller), Optional.empty());
        return head;
    }
}
