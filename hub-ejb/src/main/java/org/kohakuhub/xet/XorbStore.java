package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.Leftovers;
import org.kohakuhub.object.ObjectLedger;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.format.VerifiedXorb;

/** Puts checked chunk records into the object store, and only then into the database. */
@ApplicationScoped
class XorbStore {

    private final XetLedger ledger;
    private final ObjectLedger objects;
    private final ObjectStore store;
    private final Leftovers leftovers;

    /** For the container's proxy only. */
    protected XorbStore() {
        this(null, null, null, null);
    }

    @Inject
    XorbStore(XetLedger ledger, ObjectLedger objects, ObjectStore store, Leftovers leftovers) {
        this.ledger = ledger;
        this.objects = objects;
        this.store = store;
        this.leftovers = leftovers;
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
                leftovers.discard(key);
            }
        }
    }
}
