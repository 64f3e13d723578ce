package org.kohakuhub.community;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody in a list.
 *
 * @param since when he liked, followed or joined what the list is of
 */
public record Person(String id, String name, Optional<String> fullName, boolean isOrganization, Instant since) {
    /** From the columns id, name, full_name, kind and a moment. */
    static Person of(Object[] row) {
        return new Person(
                (String) row[0],
                (String) row[1],
                Optional.ofNullable((String) row[2]),
                "org".equals(row[3]),
                Instant.ofEpochMilli(((Number) row[4]).longValue()));
    }

    PageCursor position() {
        return new PageCursor(since.toEpochMilli(), id);
    }
}
