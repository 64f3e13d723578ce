package org.kohakuhub.collection;

import jakarta.persistence.Query;
import org.kohakuhub.access.Visibility;

/** What a reader may see, as a condition on two columns. */
final class Seen {
    private Seen() {}

    /**
     * The condition.
     *
     * @param hidden the column that tells what is private
     * @param owner the column of the owner's id
     */
    static String condition(String hidden, String owner, Visibility visibility) {
        if (visibility.everything()) {
            return "1 = 1";
        }
        return visibility.ownerIds().isEmpty() ? "not " + hidden : "(not " + hidden + " or " + owner + " in (:seen))";
    }

    static void bind(Query query, Visibility visibility) {
        if (!visibility.everything() && !visibility.ownerIds().isEmpty()) {
            query.setParameter("seen", visibility.ownerIds());
        }
    }
}
