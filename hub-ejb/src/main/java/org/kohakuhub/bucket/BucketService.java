package org.kohakuhub.bucket;

import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;

/** Makes, shows, changes and removes buckets. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BucketService {
    private static final String BEFORE_ALL = "g"; // behind every id

    private final AccessPolicy access;
    private final BucketRows buckets;
    private final BucketLedger ledger;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected BucketService() {
        this(null, null, null, null);
    }

    @Inject
    public BucketService(AccessPolicy access, BucketRows buckets, BucketLedger ledger, InstantSource clock) {
        this.access = access;
        this.buckets = buckets;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * How an attempt to make a bucket ended.
     *
     * @param name of the new one, or of the one that is in the way
     */
    public record Creation(BucketId name, boolean isNew) {}

    /**
     * Makes an empty bucket.
     *
     * @throws HubException INVALID_REPO_ID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND (the namespace)
     */
    public Creation create(Caller caller, String namespace, String name, boolean isPrivate) {
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, namespace);
        BucketId wanted = new BucketId(owner.name(), name);
        BucketKey bucket = new BucketKey(Ids.next(clock), wanted, owner.id(), isPrivate);
        if (ledger.insert(bucket, Optional.ofNullable(caller.userId()).orElse(owner.id()))) {
            return new Creation(wanted, true);
        }
        BucketId taken =
                buckets.lookAlike(owner.id(), name).map(BucketRecord::name).orElse(wanted);
        return new Creation(taken, false);
    }

    /**
     * One bucket.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public BucketRecord info(Caller caller, BucketId name) {
        return record(access.requireBucket(caller, Action.READ, name));
    }

    private BucketRecord record(BucketKey bucket) {
        return buckets.byId(bucket.id())
                .orElseThrow(() -> new HubException(ErrorKind.REPO_NOT_FOUND, "Bucket not found"));
    }

    /**
     * A page of a listing.
     *
     * @param next where the next one begins; empty at the end
     */
    public record Page(List<BucketRecord> buckets, Optional<String> next) {}

    /**
     * The buckets of a namespace that the caller may know of, newest first.
     *
     * @param search part of the name; empty for all
     * @param cursor empty for the first page
     * @throws HubException NOT_FOUND if there is no such namespace
     */
    public Page list(Caller caller, String namespace, String search, String cursor, int limit) {
        NamespaceKey owner = access.requireNamespace(caller, Action.READ, namespace);
        if (search.indexOf('\0') >= 0) {
            return new Page(List.of(), Optional.empty());
        }
        String after = cursor.isEmpty() ? BEFORE_ALL : cursor;
        if (!after.matches("[0-9a-g]{1,24}")) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        List<BucketRecord> found = buckets.page(owner, search, after, limit, access.visibility(caller));
        boolean more = found.size() > limit;
        List<BucketRecord> page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? Optional.of(page.get(limit - 1).id()) : Optional.empty());
    }

    /**
     * Removes a bucket. Contents that nobody else has are swept later.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN
     */
    public void delete(Caller caller, BucketId name) {
        ledger.delete(access.requireBucket(caller, Action.MANAGE, name));
    }

    /**
     * Gives a bucket another name, also in another namespace. Its files stay; the old name leads to the new one.
     *
     * @return the new name in its true spelling
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN, NOT_FOUND for the namespace; CONFLICT if the name is taken
     */
    public BucketId move(Caller caller, BucketId from, BucketId to) {
        BucketKey bucket = access.requireBucket(caller, Action.MANAGE, from);
        NamespaceKey owner = access.requireNamespace(caller, Action.CREATE_REPOSITORY, to.namespace());
        BucketId name = new BucketId(owner.name(), to.name());
        try {
            ledger.move(bucket, owner, name);
        } catch (EJBException failed) { // on PostgreSQL another request may have been first between look and change
            BucketRecord taken = buckets.lookAlike(owner.id(), to.name())
                    .filter(found -> !found.id().equals(bucket.id()))
                    .orElseThrow(() -> failed);
            throw BucketLedger.taken(taken);
        }
        return name;
    }

    /**
     * Makes a bucket private or public; without a wish, only shows it.
     *
     * @throws HubException REPO_NOT_FOUND, FORBIDDEN
     */
    public BucketRecord change(Caller caller, BucketId name, Optional<Boolean> isPrivate) {
        BucketKey bucket = access.requireBucket(caller, Action.MANAGE, name);
        isPrivate.ifPresent(wish -> ledger.setPrivate(bucket, wish));
        return record(bucket);
    }
}
