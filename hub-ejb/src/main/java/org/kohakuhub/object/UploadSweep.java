package org.kohakuhub.object;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import org.kohakuhub.common.HubException;

/**
 * Removes what uploads left behind: bytes that nobody verified, copies that nobody named, parts that nobody joined.
 * Any number of nodes may sweep at once; a sweep that was cut off is continued by the next.
 */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class UploadSweep {
    private static final System.Logger log = System.getLogger(UploadSweep.class.getName());
    private static final int BATCH = 500;

    private final StoreIntents intents;
    private final ObjectLedger ledger;
    private final ObjectStore store;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected UploadSweep() {
        this(null, null, null, null);
    }

    @Inject
    public UploadSweep(StoreIntents intents, ObjectLedger ledger, ObjectStore store, InstantSource clock) {
        this.intents = intents;
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
    }

    @Schedule(hour = "*", minute = "23", persistent = false, info = "sweep of uploads")
    public void sweepNow() {
        try {
            int swept = sweep();
            if (swept > 0) {
                log.log(Level.INFO, "Swept {0} keys that uploads left behind", swept);
            }
        } catch (HubException e) {
            log.log(Level.WARNING, "The sweep of uploads goes on in an hour: {0}", e.sentence());
        }
    }

    /** Removes all that is due, and tells how many keys that were. */
    public int sweep() {
        ledger.expire();
        int swept = 0;
        while (true) {
            List<StoreIntents.Stale> condemned = ledger.condemn(
                    intents.stale(clock.millis() - UploadLife.PROMISE.toMillis(), BATCH), UploadLife.PROMISE);
            if (condemned.isEmpty()) {
                return swept;
            }
            remove(condemned);
            swept += condemned.size();
        }
    }

    private void remove(List<StoreIntents.Stale> condemned) {
        for (StoreIntents.Stale intent : condemned) {
            intent.multipartId().ifPresent(id -> store.abortMultipart(intent.key(), id));
        }
        List<String> keys = condemned.stream().map(StoreIntents.Stale::key).toList();
        store.delete(keys);
        ledger.forget(keys);
    }
}
