package org.kohakuhub.object;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.S3Config;

/**
 * Lets the hub start only with its object store: waits while the store comes up, and makes the bucket if it is missing.
 */
@Singleton
@Startup
@DependsOn("ConfigStart")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ObjectStoreStart {
    private static final System.Logger log = System.getLogger(ObjectStoreStart.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final S3ObjectStore store;
    private final S3Config config;

    /** For the container's proxy only. */
    protected ObjectStoreStart() {
        this(null, null);
    }

    /** The store and the settings that the message names. */
    @Inject
    public ObjectStoreStart(S3ObjectStore store, S3Config config) {
        this.store = store;
        this.config = config;
    }

    @PostConstruct
    void open() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                store.openBucket();
                return;
            } catch (HubException e) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "The object store at " + config.endpoint() + " does not open bucket " + config.bucket()
                                    + " (KOHAKU_HUB_S3_ENDPOINT, _ACCESS_KEY, _SECRET_KEY, _BUCKET)",
                            e);
                }
                log.log(Level.INFO, "Waiting for the object store at {0}", config.endpoint());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the object store", e);
        }
    }
}
