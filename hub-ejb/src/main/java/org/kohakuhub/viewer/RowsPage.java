package org.kohakuhub.viewer;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.query.Answer.Row;

/**
 * Rows of a split.
 *
 * @param features the columns' names and types, in the datasets library's words
 * @param rows their cells in the order of the columns
 * @param total rows without offset and limit
 * @param partial whether not all of the split's files were looked at
 */
public record RowsPage(
        GitOid commit, Split split, Map<String, JsonValue> features, List<Row> rows, long total, boolean partial) {
    /** Copies the rows. */
    public RowsPage {
        rows = List.copyOf(rows);
    }
}
