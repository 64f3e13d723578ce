package org.kohakuhub.community;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Text;

/**
 * Gated repositories: users ask for the files, who writes to the repository answers. What the answer opens is
 * {@link AccessPolicy}'s matter.
 */
@Stateless
public class AccessRequests {
    private static final String NO = "false";
    private static final int LONGEST_FIELDS = 20_000;
    private static final int LONGEST_REASON = 1_000;

    private final AccessPolicy access;
    private final Accounts accounts;
    private final AccessRequestRows rows;
    private final InstantSource clock;

    @SuppressWarnings("NullAway")
    protected AccessRequests() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    public AccessRequests(AccessPolicy access, Accounts accounts, AccessRequestRows rows, InstantSource clock) {
        this.access = access;
        this.accounts = accounts;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Asks for the files. Where the setting is {@code auto}, asking is enough.
     *
     * @param fields what the user wrote into the form, as a JSON object
     * @return what the request is now
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token; INVALID if the repository is
     *     not gated; CONFLICT for who asked before or needs not ask
     */
    public AccessStatus ask(Caller caller, RepoId name, String fields) {
        RepoKey repo = access.require(caller, Action.READ, name);
        access.requireAccount(caller);
        if (fields.length() > LONGEST_FIELDS) {
            throw new HubException(ErrorKind.TOO_LARGE, "The form holds more than " + LONGEST_FIELDS + " characters");
        }
        String gated = requireGated(repo);
        if (access.allows(caller, Action.WRITE, repo)) {
            throw new HubException(ErrorKind.CONFLICT, "You have access to this repository already");
        }
        AccessStatus status = gated.equals("auto") ? AccessStatus.ACCEPTED : AccessStatus.PENDING;
        if (rows.add(repo.id(), caller.userId(), status, fields, clock.millis())) {
            return status;
        }
        throw new HubException(
                ErrorKind.CONFLICT,
                switch (rows.status(repo.id(), caller.userId()).orElse(AccessStatus.PENDING)) {
                    case PENDING -> "Your request is awaiting a review from the repo authors";
                    case ACCEPTED -> "You have access to this repository already";
                    case REJECTED -> "Your request has been rejected by the repo's authors";
                });
    }

    /**
     * What became of the caller's own request; empty if he did not ask.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED
     */
    public Optional<AccessStatus> own(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.READ, name);
        if (caller.isAnonymous()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
        }
        return rows.status(repo.id(), caller.userId());
    }

    /**
     * A page of requests, oldest first.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID if the repository is not gated
     */
    public Slice<AccessRequest> list(
            Caller caller, RepoId name, AccessStatus status, Optional<String> cursor, int limit) {
        RepoKey repo = administered(caller, name);
        return PageCursor.slice(
                rows.list(repo.id(), status, PageCursor.first(cursor), limit + 1), limit, AccessRequest::position);
    }

    /**
     * Answers a request, or takes an answer back.
     *
     * @param reason told to who is rejected
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID if the repository is not gated; NOT_FOUND if
     *     there is no such user or no request of his, or if that is the answer that he has
     */
    public void decide(Caller caller, RepoId name, Asker asker, AccessStatus status, Optional<String> reason) {
        RepoKey repo = administered(caller, name);
        if (reason.isPresent() && status != AccessStatus.REJECTED) {
            throw new HubException(ErrorKind.INVALID, "A rejectionReason goes with the status rejected only");
        }
        reason.ifPresent(text -> Text.storable("rejectionReason", text, LONGEST_REASON));
        String userId = userId(asker);
        boolean decided = rows.decide(repo.id(), userId, status, reason.orElse(null), caller.userId(), clock.millis());
        if (!decided) {
            boolean asked = rows.status(repo.id(), userId).isPresent();
            throw new HubException(
                    ErrorKind.NOT_FOUND,
                    asked
                            ? "The request of " + Text.shown(asker.text()) + " is " + status.text() + " already"
                            : "There is no request of " + Text.shown(asker.text()));
        }
    }

    private String userId(Asker asker) {
        if (asker instanceof Asker.Named named) {
            return accounts.require(named.text(), false).id();
        }
        return asker.text(); // AccessRequest.id
    }

    /**
     * Lets somebody in, whether he asked or not.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; INVALID if the repository is not gated or the user is
     *     in already; NOT_FOUND if there is no such user
     */
    public void grant(Caller caller, RepoId name, String user) {
        RepoKey repo = administered(caller, name);
        if (!rows.grant(repo.id(), accounts.require(user, false).id(), caller.userId(), clock.millis())) {
            throw new HubException(ErrorKind.INVALID, Text.shown(user) + " has access already");
        }
    }

    private RepoKey administered(Caller caller, RepoId name) {
        RepoKey repo = access.require(caller, Action.WRITE, name);
        requireGated(repo);
        return repo;
    }

    private String requireGated(RepoKey repo) {
        String gated = rows.gated(repo.id());
        if (gated.equals(NO)) {
            throw new HubException(ErrorKind.INVALID, "This repository is not gated");
        }
        return gated;
    }
}
