package org.kohakuhub.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoMovedException;
import org.kohakuhub.common.Text;

/**
 * The only judge of who may do what. Each question costs one indexed query and is asked anew, so that a right that was
 * taken away is gone with the next request.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccessPolicy {
    /** huggingface_hub compares this sentence to raise its DisabledRepoError. */
    private static final String DISABLED = "Access to this resource is disabled.";

    private final Namespaces namespaces;

    /** For the container's proxy. */
    protected AccessPolicy() {
        this(null);
    }

    @Inject
    public AccessPolicy(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    /**
     * The repository, if the caller may do this with it.
     *
     * @throws HubException REPO_NOT_FOUND if it does not exist, or is private and none of the caller's business;
     *     UNAUTHENTICATED if nobody in particular wants to change it; FORBIDDEN else; GATED_REPO if its files
     *     are wanted and have to be asked for; REPO_MOVED if it has another name now
     */
    public RepoKey require(Caller caller, Action action, RepoId id) {
        return require(caller, action, namespaces.repository(caller, id).orElseThrow(() -> missing(caller, id)));
    }

    /** Who may read a repository is told where it is now; for all others it is missing. */
    private HubException missing(Caller caller, RepoId id) {
        return namespaces
                .moved(caller, id)
                .filter(found -> decide(caller, Action.READ, found) == Decision.ALLOW)
                .<HubException>map(
                        found -> new RepoMovedException(id, found.key().name()))
                .orElseGet(AccessPolicy::noSuchRepository);
    }

    private static Decision decide(Caller caller, Action action, Namespaces.Found found) {
        Relation relation = relation(caller, found.key().ownerId(), found.role());
        return AccessTable.decide(
                action, relation, caller.mayWrite(), found.key().isPrivate());
    }

    /**
     * The same for a repository that the hub itself once named to the caller by its row's id, in a token.
     *
     * @throws HubException as above
     */
    public RepoKey requireById(Caller caller, Action action, String repoId) {
        return require(
                caller, action, namespaces.repository(caller, repoId).orElseThrow(AccessPolicy::noSuchRepository));
    }

    private static RepoKey require(Caller caller, Action action, Namespaces.Found found) {
        Relation relation = relation(caller, found.key().ownerId(), found.role());
        Decision decision = decide(caller, action, found);
        switch (decision) {
            case HIDE -> throw noSuchRepository();
            case AUTHENTICATE -> throw unauthenticated();
            case DENY -> throw forbidden(caller);
            case ALLOW -> {
                if (found.disabled() && relation != Relation.SITE_ADMIN) {
                    throw new HubException(ErrorKind.FORBIDDEN, DISABLED);
                }
                if (action == Action.READ_FILES) {
                    requireOpenGate(caller, relation, found);
                }
            }
        }
        return found.key();
    }

    /**
     * The bucket, if the caller may do this with it. The rules are those of repositories.
     *
     * @throws HubException as {@link #require(Caller, Action, RepoId)}
     */
    public BucketKey requireBucket(Caller caller, Action action, BucketId id) {
        return require(caller, action, namespaces.bucket(caller, id).orElseThrow(() -> missing(caller, id)));
    }

    private HubException missing(Caller caller, BucketId id) {
        return namespaces
                .movedBucket(caller, id)
                .filter(found -> decide(caller, Action.READ, found) == Decision.ALLOW)
                .<HubException>map(
                        found -> new RepoMovedException(id, found.key().name()))
                .orElseGet(AccessPolicy::noSuchBucket);
    }

    /**
     * The same for a bucket that the hub itself once named to the caller by its row's id, in a token.
     *
     * @throws HubException as above
     */
    public BucketKey requireBucketById(Caller caller, Action action, String bucketId) {
        return require(caller, action, namespaces.bucket(caller, bucketId).orElseThrow(AccessPolicy::noSuchBucket));
    }

    private static BucketKey require(Caller caller, Action action, Namespaces.FoundBucket found) {
        return switch (decide(caller, action, found)) {
            case HIDE -> throw noSuchBucket();
            case AUTHENTICATE -> throw unauthenticated();
            case DENY -> throw forbidden(caller);
            case ALLOW -> found.key();
        };
    }

    private static Decision decide(Caller caller, Action action, Namespaces.FoundBucket found) {
        Relation relation = relation(caller, found.key().ownerId(), found.role());
        return AccessTable.decide(
                action, relation, caller.mayWrite(), found.key().isPrivate());
    }

    private static boolean isOpen(Relation relation, Namespaces.Found found) {
        return !found.gated()
                || AccessTable.opensGates(relation)
                || found.request().equals(Optional.of("accepted"));
    }

    private static void requireOpenGate(Caller caller, Relation relation, Namespaces.Found found) {
        if (isOpen(relation, found)) {
            return;
        }
        String repo =
                found.key().name().type().singular() + ' ' + found.key().name().fullName();
        if (caller.isAnonymous()) {
            throw new HubException(
                    ErrorKind.GATED_REPO_LOGIN,
                    "Access to " + repo + " is restricted. You must have access to it and be authenticated to access"
                            + " it. Please log in.");
        }
        throw new HubException(
                ErrorKind.GATED_REPO,
                switch (found.request().orElse("")) {
                    case "pending" -> "Your request to access " + repo + " is awaiting a review from the repo authors.";
                    case "rejected" -> "Your request to access " + repo + " has been rejected by the repo's authors.";
                    default ->
                        "Access to " + repo + " is restricted and you are not in the authorized list. Ask for access"
                                + " at /" + found.key().name().urlPath() + "/ask-access.";
                });
    }

    /** Whether the caller may do this with a repository that is already known. */
    public boolean allows(Caller caller, Action action, RepoKey repo) {
        if (action == Action.READ_FILES) {
            return namespaces
                    .repository(caller, repo.id())
                    .filter(found -> decide(caller, action, found) == Decision.ALLOW)
                    .filter(found -> isOpen(relation(caller, found.key().ownerId(), found.role()), found))
                    .isPresent();
        }
        Optional<Role> role = isOwn(caller, repo.ownerId()) || caller.isAnonymous()
                ? Optional.empty()
                : namespaces.role(caller, repo.ownerId());
        Relation relation = relation(caller, repo.ownerId(), role);
        return AccessTable.decide(action, relation, caller.mayWrite(), repo.isPrivate()) == Decision.ALLOW;
    }

    /**
     * The role that the caller has in a repository's namespace. The owner of a user's own namespace counts as its
     * super-admin, and site administrators do everywhere.
     */
    public Optional<Role> rank(Caller caller, RepoKey repo) {
        if (caller.siteAdmin() || isOwn(caller, repo.ownerId())) {
            return Optional.of(Role.SUPER_ADMIN);
        }
        return caller.isAnonymous() ? Optional.empty() : namespaces.role(caller, repo.ownerId());
    }

    /**
     * The user's or organization's namespace, if the caller may do this in it.
     *
     * @throws HubException NOT_FOUND if there is none of this name; UNAUTHENTICATED, FORBIDDEN
     */
    public NamespaceKey requireNamespace(Caller caller, Action action, String name) {
        Namespaces.FoundNamespace found = namespaces
                .namespace(caller, name)
                .orElseThrow(() -> new HubException(
                        ErrorKind.NOT_FOUND, "There is no user or organization named " + Text.shown(name)));
        Relation relation = relation(caller, found.key().id(), found.role());
        switch (AccessTable.decide(action, relation, caller.mayWrite(), false)) {
            case AUTHENTICATE -> throw unauthenticated();
            case DENY, HIDE -> throw forbidden(caller);
            case ALLOW -> {
                return found.key();
            }
        }
        throw new AssertionError(action);
    }

    /**
     * Lets pass who may do this with something else that a namespace owns. The rules are those of repositories.
     *
     * @throws HubException NOT_FOUND if it is private and none of the caller's business; UNAUTHENTICATED, FORBIDDEN
     */
    public void requireOwned(Caller caller, Action action, OwnedKey thing) {
        Optional<Role> role = isOwn(caller, thing.ownerId()) || caller.isAnonymous()
                ? Optional.empty()
                : namespaces.role(caller, thing.ownerId());
        Relation relation = relation(caller, thing.ownerId(), role);
        switch (AccessTable.decide(action, relation, caller.mayWrite(), thing.isPrivate())) {
            case HIDE -> throw thing.missing();
            case AUTHENTICATE -> throw unauthenticated();
            case DENY -> throw forbidden(caller);
            case ALLOW -> {}
        }
    }

    /**
     * Lets pass whoever has an account and may write: for what needs no right over anything that is there.
     *
     * @throws HubException UNAUTHENTICATED; FORBIDDEN for a read-only token
     */
    public void requireAccount(Caller caller) {
        if (caller.isAnonymous()) {
            throw unauthenticated();
        }
        if (!caller.mayWrite()) {
            throw forbidden(caller);
        }
    }

    /**
     * Lets only the site administrator pass.
     *
     * @throws HubException UNAUTHENTICATED for everybody else
     */
    public void requireSiteAdmin(Caller caller) {
        if (!caller.siteAdmin()) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "The site administrator's token is needed");
        }
    }

    /** Whose private repositories the caller may see: for the condition of a listing. */
    public Visibility visibility(Caller caller) {
        if (caller.siteAdmin()) {
            return new Visibility(true, Set.of());
        }
        if (caller.isAnonymous()) {
            return new Visibility(false, Set.of());
        }
        Set<String> owners = new HashSet<>(namespaces.organizations(caller.userId()));
        owners.add(caller.userId());
        return new Visibility(false, owners);
    }

    private static Relation relation(Caller caller, String ownerId, Optional<Role> role) {
        if (caller.siteAdmin()) {
            return Relation.SITE_ADMIN;
        }
        if (caller.isAnonymous()) {
            return Relation.ANONYMOUS;
        }
        if (isOwn(caller, ownerId)) {
            return Relation.OWNER;
        }
        return role.map(Relation::of).orElse(Relation.STRANGER);
    }

    private static boolean isOwn(Caller caller, String ownerId) {
        return ownerId.equals(caller.userId());
    }

    /** What is said of a repository that is not there, or was removed since the caller's rights were looked at. */
    public static HubException noSuchRepository() {
        return new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
    }

    /** The code is that of repositories: by the address the client knows that it is about a bucket. */
    private static HubException noSuchBucket() {
        return new HubException(ErrorKind.REPO_NOT_FOUND, "Bucket not found");
    }

    private static HubException unauthenticated() {
        return new HubException(ErrorKind.UNAUTHENTICATED, "Authentication required");
    }

    private static HubException forbidden(Caller caller) {
        String sentence = caller.mayWrite()
                ? "You don't have the rights to do this here"
                : "This token is read-only; use one with the role write";
        return new HubException(ErrorKind.FORBIDDEN, sentence);
    }
}
