package org.kohakuhub.database;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/** Tells Hibernate where the server keeps its transaction manager: Payara's name first, then WildFly's. */
public final class ServerJtaPlatform extends AbstractJtaPlatform {
    private static final long serialVersionUID = 1L;

    @Override
    protected TransactionManager locateTransactionManager() {
        return (TransactionManager) lookup("java:appserver/TransactionManager", "java:jboss/TransactionManager");
    }

    @Override
    protected UserTransaction locateUserTransaction() {
        return (UserTransaction) lookup("java:comp/UserTransaction", "java:jboss/UserTransaction");
    }

    private Object lookup(String first, String second) {
        try {
            return jndiService().locate(first);
        } catch (RuntimeException notThere) {
            return jndiService().locate(second);
        }
    }
}
