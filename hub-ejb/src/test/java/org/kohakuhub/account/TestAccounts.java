package org.kohakuhub.account;

import java.time.Clock;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.database.TestDatabase;

/** Accounts without a container, for tests of other packages. */
public final class TestAccounts {
    private TestAccounts() {}

    /** Removes what tests with these names left in a database that they share. */
    public static void clear(TestDatabase database) {
        String ours = "(select id from account where name in ('ann', 'bob', 'eve', 'vic', 'acme'))";
        database.inTransaction(() -> {
            database.entityManager()
                    .createNativeQuery("delete from repository where owner_id in " + ours)
                    .executeUpdate();
            return database.entityManager()
                    .createNativeQuery("delete from account where id in " + ours)
                    .executeUpdate();
        });
    }

    /** The service on this database. */
    public static Accounts on(TestDatabase database, AccountConfig config, Clock clock) {
        Accounts accounts = new Accounts(config, clock);
        accounts.em = database.entityManager();
        return accounts;
    }
}
