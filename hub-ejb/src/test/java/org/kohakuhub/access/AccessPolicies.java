package org.kohakuhub.access;

import org.kohakuhub.database.TestDatabase;

/** The policy without a container, for tests of other packages. */
public final class AccessPolicies {
    private AccessPolicies() {}

    /** The policy on this database. */
    public static AccessPolicy on(TestDatabase database) {
        Namespaces namespaces = new Namespaces();
        namespaces.em = database.entityManager();
        return new AccessPolicy(namespaces);
    }
}
