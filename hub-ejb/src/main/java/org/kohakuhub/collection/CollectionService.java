package org.kohakuhub.collection;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.access.OwnedKey;
import org.kohakuhub.access.Visibility;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;

/**
 * Makes, shows, changes and removes collections. Who may write in a namespace may change its collections; a private one
 * is seen by those who are in the namespace.
 */
@Stateless
public class CollectionService {
    private final AccessPolicy access;
    private final CollectionRows collections;
    private final CollectionItemRows items;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected CollectionService() {
        this(null, null, null, null);
    }

    @Inject
    public CollectionService(
            AccessPolicy access, CollectionRows collections, CollectionItemRows items, InstantSource clock) {
        this.access = access;
        this.collections = collections;
        this.items = items;
        this.clock = clock;
    }

    /**
     * How an attempt to make a collection ended.
     *
     * @param collection the new one, or the one that has the title
     */
    public record Creation(CollectionRecord collection, boolean isNew) {}

    /**
     * Makes an empty collection, the first of its owner's.
     *
     * @throws HubException INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND (the namespace)
     */
    public Creation create(Caller caller, NewCollection asked) {
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, asked.namespace());
        NewCollection wish = new NewCollection(
                owner.name(),
                Wording.title(asked.title()),
                asked.description().map(Wording::description),
                asked.isPrivate());
        String id = Ids.next(clock);
        String creator = Optional.ofNullable(caller.userId()).orElse(owner.id());
        boolean isNew = collections.insert(id, owner.id(), wish, creator, clock.millis());
        CollectionRecord made = (isNew
                        ? collections.byId(caller, id)
                        : collections.byTitle(caller, owner.id(), wish.title()))
                .orElseThrow(() -> OwnedKey.missing(CollectionRecord.KIND));
        return new Creation(made, isNew);
    }

    /**
     * One collection with all items that the caller may see.
     *
     * @throws HubException NOT_FOUND
     */
    public CollectionRecord info(Caller caller, String slug) {
        return whole(caller, require(caller, Action.READ, slug));
    }

    private CollectionRecord require(Caller caller, Action action, String slug) {
        CollectionRecord found = CollectionSlug.id(slug)
                .flatMap(id -> collections.byId(caller, id))
                .orElseThrow(() -> OwnedKey.missing(CollectionRecord.KIND));
        access.requireOwned(caller, action, found.key());
        return found;
    }

    private CollectionRecord whole(Caller caller, CollectionRecord found) {
        Visibility visibility = access.visibility(caller);
        return found.with(
                collections.position(found, visibility),
                items.all(found.id(), CollectionItemService.MOST_ITEMS, visibility));
    }

    /**
     * Changes what is asked for.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, INVALID; CONFLICT if the owner has another collection
     *     of that title
     */
    public CollectionRecord change(Caller caller, String slug, CollectionChange asked) {
        CollectionRecord found = require(caller, Action.WRITE, slug);
        CollectionChange wish = new CollectionChange(
                asked.title().map(Wording::title),
                asked.description().map(Wording::description),
                asked.isPrivate(),
                asked.theme(),
                asked.position());
        boolean taken = wish.title()
                .flatMap(title -> collections.byTitle(caller, found.owner().id(), title))
                .filter(other -> !other.id().equals(found.id()))
                .isPresent();
        if (!collections.lock(found.id(), clock.millis())) {
            throw OwnedKey.missing(CollectionRecord.KIND);
        }
        if (taken || !collections.change(found.id(), wish)) {
            throw new HubException(ErrorKind.CONFLICT, found.owner().name() + " has another collection of this title");
        }
        wish.position().ifPresent(position -> move(caller, found, position));
        return whole(
                caller,
                collections.byId(caller, found.id()).orElseThrow(() -> OwnedKey.missing(CollectionRecord.KIND)));
    }

    private void move(Caller caller, CollectionRecord collection, long position) {
        String owner = collection.owner().id();
        collections.lockOrder(owner);
        List<CollectionRows.Placed> others = collections.order(owner, access.visibility(caller)).stream()
                .filter(placed -> !placed.id().equals(collection.id()))
                .toList();
        long above = position < others.size() ? others.get((int) position).place() : 0; // 0: below all
        collections.moveAbove(collection.id(), owner, above);
    }

    /**
     * Removes a collection; what was in it stays where it is.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void delete(Caller caller, String slug) {
        collections.delete(require(caller, Action.WRITE, slug).id());
    }

    /**
     * Gives a collection the caller's vote; to do so again changes nothing.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token
     */
    public void upvote(Caller caller, String slug) {
        CollectionRecord found = require(caller, Action.READ, slug);
        access.requireAccount(caller);
        collections.upvote(found.id(), caller.userId(), clock.millis());
    }

    /**
     * Takes the caller's vote back; who gave none is no error.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN for a read-only token
     */
    public void takeBack(Caller caller, String slug) {
        CollectionRecord found = require(caller, Action.READ, slug);
        access.requireAccount(caller);
        collections.takeBack(found.id(), caller.userId());
    }
}
