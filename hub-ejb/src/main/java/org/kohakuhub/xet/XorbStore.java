package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectLedger;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.format.VerifiedXorb;

/** Puts checked chunk records into the object store, and only then into the database. */
@ApplicationScoped
class XorbStore {
    private static final System.Logger log = System.getLogger(XorbStore.class.getName());

    private final XetLedger ledger;
    private final ObjectLedger objects;
    private final ObjectStore store;

    /** For the container's proxy only. */
    protected XorbStore() {
        this(null, null, null);
    }

    @Inject
    XorbStore(XetLedger ledger, ObjectLedger objects, ObjectStore store) {
        this.ledger = ledger;
        this.objects = objects;
        this.store = store;
    }

    /**
     * Stores a xorb; one that is there already stays as it is.
     *
     * @param repoId through which repository it came, and {@code userId} from whom; empty for the hub itself
     * @return whether it is new
     * @throws HubException UNAVAILABLE
     */
    boolean store(String repoId, String userId, VerifiedXorb xorb, Path records) {
        String key = objects.promiseXorb(xorb.hash());
        boolean named = false;
        try {
            store.putFile(key, records);
            named = ledger.nameXorb(repoId, userId, xorb, key);
            return named;
        } finally {
            if (!named) {
                discard(key);
            }
        }
    }

    /** Another was faster, or something failed; what cannot be removed now is swept later. */
    private void discard(String key) {
        try {
            store.delete(List.of(key));
            objects.forget(List.of(key));
        } catch (HubException e) {
            log.log(Level.WARNING, "Left for the sweeper: {0}", key);
        }
    }
}
