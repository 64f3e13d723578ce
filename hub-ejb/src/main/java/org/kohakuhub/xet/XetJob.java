package org.kohakuhub.xet;

import java.util.Locale;
import org.kohakuhub.common.Sha256;

/**
 * Work on one content.
 *
 * @param attempts how often it was begun, this time included
 * @param dueAt when somebody else may take it, in milliseconds since 1970
 */
public record XetJob(Sha256 sha256, Kind kind, int attempts, long dueAt) {
    /** What is to be done. */
    public enum Kind {
        /** To cut a content of the object store into chunks. */
        CONVERT,
        /** To put a content in Xet together, as a whole copy in the object store. */
        MATERIALIZE;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
