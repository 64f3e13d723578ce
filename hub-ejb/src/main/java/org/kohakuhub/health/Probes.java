package org.kohakuhub.health;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger.Level;
import org.kohakuhub.object.ObjectStore;

/** Asks the database and the object store something trivial. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Probes {
    private static final System.Logger log = System.getLogger(Probes.class.getName());
    /** Need not exist: the store's answer counts, not what it says. */
    private static final String KEY = "health/probe";

    private final ObjectStore store;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    protected Probes() {
        this(null);
    }

    @Inject
    public Probes(ObjectStore store) {
        this.store = store;
    }

    /** Whether a query succeeds. */
    public boolean databaseAnswers() {
        return answers("database", () -> em.createNativeQuery("select 1").getSingleResult());
    }

    /** Whether a request to the bucket succeeds. */
    public boolean objectStoreAnswers() {
        return answers("object store", () -> store.head(KEY));
    }

    private static boolean answers(String what, Runnable question) {
        try {
            question.run();
            return true;
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "The " + what + " does not answer: " + e.getMessage());
            return false;
        }
    }
}
