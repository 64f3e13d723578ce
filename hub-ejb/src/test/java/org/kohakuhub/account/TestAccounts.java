package org.kohakuhub.account;

import java.time.Clock;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.database.TestDatabase;

/** Accounts without a container, for tests of other packages. */
public final class TestAccounts {
    private TestAccounts() {}

    /** The service on this database. */
    public static Accounts on(TestDatabase database, AccountConfig config, Clock clock) {
        Accounts accounts = new Accounts(config, clock);
        accounts.em = database.entityManager();
        return accounts;
    }
}
