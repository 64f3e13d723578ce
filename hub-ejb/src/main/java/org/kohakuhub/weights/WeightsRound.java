package org.kohakuhub.weights;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.kohakuhub.repo.CardKeeper;
import org.kohakuhub.repo.RepositoryRows;

/**
 * One round of {@link WeightsWorker}, outside any transaction. It is a bean of its own because Payara gives a timer's
 * method a transaction: what is read in it would hold SQLite's one writer, and each row that is kept would wait for it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WeightsRound {
    private static final System.Logger log = System.getLogger(WeightsRound.class.getName());

    private static final int AT_ONCE = 50;

    private final RepositoryRows rows;
    private final CardKeeper cards;
    private final WeightsService weights;

    @SuppressWarnings("NullAway")
    protected WeightsRound() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public WeightsRound(RepositoryRows rows, CardKeeper cards, WeightsService weights) {
        this.rows = rows;
        this.cards = cards;
        this.weights = weights;
    }

    /** Works until nothing is left, as far as it can be done now. */
    public void work() {
        rows.outdatedCards(AT_ONCE).forEach(cards::refresh);
        List<RepositoryRows.Due> due = rows.unreadWeights(AT_ONCE);
        for (RepositoryRows.Due repository : due) {
            read(repository);
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
