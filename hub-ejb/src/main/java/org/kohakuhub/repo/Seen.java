package org.kohakuhub.repo;

import jakarta.persistence.Query;
import org.kohakuhub.access.Visibility;

/** Which repositories a list may show, as a condition on the row {@code r}. */
final class Seen {
    private Seen() {}

    static String condition(Visibility visibility) {
        if (visibility.everything()) {
            return "1 = 1";
        }
        return visibility.ownerIds().isEmpty() ? "not r.is_private" : "(not r.is_private or r.owner_id in (:owners))";
    }

    static void bind(Query query, Visibility visibility) {
        if (!visibility.everything() && !visibility.ownerIds().isEmpty()) {
            query.setParameter("owners", visibility.ownerIds());
        }
    }
}
