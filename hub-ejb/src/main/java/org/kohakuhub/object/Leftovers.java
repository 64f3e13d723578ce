package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import org.kohakuhub.common.HubException;

/** Takes away bytes that were promised and got no name: another was faster, or something failed. */
@ApplicationScoped
public class Leftovers {
    private static final System.Logger log = System.getLogger(Leftovers.class.getName());

    private final ObjectStore store;
    private final ObjectLedger ledger;

    /** For the container's proxy only. */
    protected Leftovers() {
        this(null, null);
    }

    @Inject
    public Leftovers(ObjectStore store, ObjectLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** Frees the room at once; what fails here is swept later. */
    public void discard(String key) {
        try {
            store.delete(List.of(key));
            ledger.forget(List.of(key));
        } catch (HubException e) {
            log.log(Level.WARNING, "Left for the sweeper: {0}", key);
        }
    }
}
