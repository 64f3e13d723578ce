package org.kohakuhub.query;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.kohakuhub.query.Answer.Column;
import org.kohakuhub.query.Answer.Kind;
import org.kohakuhub.query.Answer.Row;

/** Takes rows from a result within the question's bounds. */
final class TableReader {
    /** How much of a cell is left once the answer is as long as it may be. */
    private static final int SHORT = 100;

    private final ResultSet result;
    private final Question question;
    private final int first;
    private long room;

    /**
     * @param indexed whether the first column is no column of the files but the row's place in them
     */
    TableReader(ResultSet result, Question question, boolean indexed) {
        this.result = result;
        this.question = question;
        this.first = indexed ? 2 : 1;
        this.room = question.bounds().answerChars();
    }

    Answer read(long total) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        int last = meta.getColumnCount();
        if (last > question.bounds().columns() + 1) {
            return new Answer.Refusal(Kind.TOO_LARGE, "The result has too many columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i)));
        }
        List<Row> rows = new ArrayList<>();
        boolean more = false;
        while (result.next()) {
            if (rows.size() == question.limit()) {
                more = true;
                break;
            }
            rows.add(row(last));
        }
        return new Answer.Table(columns, rows, total, more);
    }

    private Row row(int last) throws SQLException {
        List<String> cells = new ArrayList<>();
        List<Integer> cut = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            int limit = (int) Math.max(SHORT, Math.min(room, question.bounds().cellChars()));
            CellJson cell = CellJson.of(result.getObject(i), limit);
            if (cell.cut()) {
                cut.add(cells.size());
            }
            room -= cell.json().length();
            cells.add(cell.json());
        }
        return new Row(first == 1 ? -1 : result.getLong(1), cells, cut);
    }
}
