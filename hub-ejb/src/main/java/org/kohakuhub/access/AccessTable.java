package org.kohakuhub.access;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The table of rights (docs/access.md), without anything that could be looked up. */
final class AccessTable {
    private static final Set<Relation> INSIDERS =
            EnumSet.of(Relation.VISITOR, Relation.MEMBER, Relation.ADMIN, Relation.SUPER_ADMIN, Relation.OWNER);
    private static final Set<Relation> MEMBERS =
            EnumSet.of(Relation.MEMBER, Relation.ADMIN, Relation.SUPER_ADMIN, Relation.OWNER);

    /** Who may, beside the site administrator, who may everything. */
    private static final Map<Action, Set<Relation>> ALLOWED = new EnumMap<>(Map.of(
            Action.READ, INSIDERS, // of a private repository; a public one is everybody's
            Action.READ_FILES, INSIDERS,
            Action.PROPOSE, EnumSet.complementOf(EnumSet.of(Relation.ANONYMOUS)), // whoever may read it and has a name
            Action.WRITE, MEMBERS,
            Action.CREATE_REPOSITORY, MEMBERS,
            Action.MANAGE, EnumSet.of(Relation.ADMIN, Relation.SUPER_ADMIN, Relation.OWNER),
            Action.MANAGE_ORGANIZATION, EnumSet.of(Relation.ADMIN, Relation.SUPER_ADMIN),
            Action.OWN_ORGANIZATION, EnumSet.of(Relation.SUPER_ADMIN),
            Action.SET_QUOTA, EnumSet.noneOf(Relation.class)));

    private AccessTable() {}

    /** Whether somebody needs not ask for the files of a gated repository. */
    static boolean opensGates(Relation relation) {
        return relation == Relation.SITE_ADMIN || INSIDERS.contains(relation);
    }

    /**
     * Decides.
     *
     * @param mayWrite false for a read-only token
     * @param hidden whether the thing is a private repository
     */
    static Decision decide(Action action, Relation relation, boolean mayWrite, boolean hidden) {
        if (relation == Relation.SITE_ADMIN) {
            return Decision.ALLOW;
        }
        if (hidden && !INSIDERS.contains(relation)) {
            return Decision.HIDE;
        }
        if (action == Action.READ || action == Action.READ_FILES) {
            return Decision.ALLOW;
        }
        if (relation == Relation.ANONYMOUS) {
            return Decision.AUTHENTICATE;
        }
        return mayWrite && ALLOWED.get(action).contains(relation) ? Decision.ALLOW : Decision.DENY;
    }
}
