package org.kohakuhub.weights;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;

/**
 * Reads in the background what default branches say since they moved: the heads of their weights, and the cards that an
 * older hub read. Two nodes that meet at one repository do the same work twice and write the same.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WeightsWorker {
    private static final System.Logger log = System.getLogger(WeightsWorker.class.getName());

    private final WeightsRound round;

    /** For the container's proxy only. */
    protected WeightsWorker() {
        this(null);
    }

    @Inject
    public WeightsWorker(WeightsRound round) {
        this.round = round;
    }

    /** Soon enough for lists; who asks for one model is told at once. */
    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false, info = "heads of weights")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void workNow() {
        try {
            round.work();
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "The reading of weights goes on in twenty seconds", e);
        }
    }
}
