package org.kohakuhub.collection;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.OwnedKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;

/** Puts things into collections, moves them, takes them out. */
@Stateless
public class CollectionItemService {
    /** So many are read at once. */
    static final int MOST_ITEMS = 1_000;

    private final AccessPolicy access;
    private final CollectionRows collections;
    private final CollectionItemRows items;
    private final ItemTargets targets;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected CollectionItemService() {
        this(null, null, null, null, null);
    }

    @Inject
    public CollectionItemService(
            AccessPolicy access,
            CollectionRows collections,
            CollectionItemRows items,
            ItemTargets targets,
            InstantSource clock) {
        this.access = access;
        this.collections = collections;
        this.items = items;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * Puts something that the caller may see behind all others.
     *
     * @param name of a repository or bucket, the number of a paper, the address of a collection
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, INVALID, REPO_NOT_FOUND; CONFLICT if it is in the
     *     collection; UNPROCESSABLE if the collection is full
     */
    public void add(Caller caller, String slug, ItemType type, String name, Optional<String> note) {
        CollectionRecord collection = require(caller, slug);
        Optional<String> text = note.map(Wording::note);
        String target = targets.find(caller, type, name);
        if (target.equals(collection.id())) {
            throw new HubException(ErrorKind.INVALID, "A collection cannot hold itself");
        }
        lock(collection);
        if (items.count(collection.id()) >= MOST_ITEMS) {
            throw new HubException(
                    ErrorKind.UNPROCESSABLE,
                    "A collection holds at most " + MOST_ITEMS + " items, and this one is full");
        }
        String id = Ids.next(clock);
        String adder =
                Optional.ofNullable(caller.userId()).orElse(collection.owner().id());
        if (!items.insert(id, collection.id(), type, target, adder, clock.millis())) {
            throw new HubException(ErrorKind.CONFLICT, "This is in the collection already");
        }
        text.ifPresent(words -> items.note(id, words));
    }

    /**
     * Changes an item's note, or its place among those that the caller may see.
     *
     * @param note the empty text takes it away
     * @param position from 0
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, INVALID
     */
    public void change(Caller caller, String slug, String item, Optional<String> note, Optional<Long> position) {
        CollectionRecord collection = require(caller, slug);
        Optional<String> text = note.map(Wording::note);
        lock(collection);
        List<CollectionRows.Placed> order = orderWith(caller, collection, item);
        text.ifPresent(words -> items.note(item, words));
        position.ifPresent(wanted -> move(collection.id(), order, item, wanted));
    }

    private void move(String collection, List<CollectionRows.Placed> order, String item, long position) {
        List<CollectionRows.Placed> others =
                order.stream().filter(placed -> !placed.id().equals(item)).toList();
        if (others.isEmpty()) {
            return;
        }
        long place = position < others.size()
                ? others.get((int) position).place()
                : others.get(others.size() - 1).place() + 1;
        items.moveTo(item, collection, place);
    }

    /**
     * Takes something out.
     *
     * @throws HubException NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
     */
    public void remove(Caller caller, String slug, String item) {
        CollectionRecord collection = require(caller, slug);
        lock(collection);
        orderWith(caller, collection, item);
        items.delete(item);
    }

    private CollectionRecord require(Caller caller, String slug) {
        CollectionRecord found = CollectionSlug.id(slug)
                .flatMap(id -> collections.byId(caller, id))
                .orElseThrow(() -> OwnedKey.missing(CollectionRecord.KIND));
        access.requireOwned(caller, Action.WRITE, found.key());
        return found;
    }

    private void lock(CollectionRecord collection) {
        if (!collections.lock(collection.id(), clock.millis())) {
            throw OwnedKey.missing(CollectionRecord.KIND);
        }
    }

    /** The order in which the caller sees the items, of which this must be one. */
    private List<CollectionRows.Placed> orderWith(Caller caller, CollectionRecord collection, String item) {
        List<CollectionRows.Placed> order = items.order(collection.id(), access.visibility(caller));
        if (order.stream().noneMatch(placed -> placed.id().equals(item))) {
            throw OwnedKey.missing("Item");
        }
        return order;
    }
}
