package org.kohakuhub.weights;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.repo.CardKeeper;
import org.kohakuhub.repo.RepositoryRows;

/**
 * Reads in the background what default branches say since they moved: the heads of their weights, and the cards that an
 * older hub read. Two nodes that meet at one repository do the same work twice and write the same.
 */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class WeightsWorker {
    private static final System.Logger log = System.getLogger(WeightsWorker.class.getName());

    private static final int AT_ONCE = 50;

    private final RepositoryRows rows;
    private final CardKeeper cards;
    private final WeightsService weights;

    @SuppressWarnings("NullAway")
    protected WeightsWorker() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public WeightsWorker(RepositoryRows rows, CardKeeper cards, WeightsService weights) {
        this.rows = rows;
        this.cards = cards;
        this.weights = weights;
    }

    /** Soon enough for lists; who asks for one model is told at once. */
    @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false, info = "heads of weights")
    public void workNow() {
        try {
            rows.outdatedCards(AT_ONCE).forEach(cards::refresh);
            rows.unreadWeights(AT_ONCE).forEach(this::read);
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "The reading of weights goes on in twenty seconds", e);
        }
    }

    private void read(RepositoryRows.Due due) {
        try {
            weights.refresh(due.repo(), due.commit());
        } catch (RuntimeException e) {
            // until the branch moves again: one that cannot be read must not keep the others waiting
            log.log(Level.WARNING, "The weights of " + due.repo().name() + " cannot be read", e);
            rows.keepWeights(
                    due.repo().id(), due.commit(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
    }
}
