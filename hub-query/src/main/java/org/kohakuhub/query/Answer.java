package org.kohakuhub.query;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the engine answers. */
public sealed interface Answer {
    /** Longer answers are nobody's: the engine cuts cells long before. */
    int LONGEST = 128 << 20;

    /** More columns than any bound allows. */
    int MOST = 1_000_000;

    /**
     * Rows.
     *
     * @param total how many rows there would be without offset and limit; -1 where nobody counted
     * @param more whether rows follow the last one
     */
    record Table(List<Column> columns, List<Row> rows, long total, boolean more) implements Answer {
        /** Copies the lists. */
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * No rows.
     *
     * @param sentence for the user
     */
    record Refusal(Kind kind, String sentence) implements Answer {}

    /** Whose fault it is. */
    enum Kind {
        /** The text's. */
        INVALID,
        /** The files': they are not of this format, or damaged. */
        UNREADABLE,
        /** It would take more memory or room than it may. */
        TOO_LARGE
    }

    /**
     * A column.
     *
     * @param type in DuckDB's words
     */
    record Column(String name, String type) {}

    /**
     * A row.
     *
     * @param index its place among all rows of the files, from 0; -1 where it has none
     * @param cells each as JSON
     * @param cut indices of the cells that are a text of their beginning only
     */
    record Row(long index, List<String> cells, List<Integer> cut) {
        /** Copies the lists. */
        public Row {
            cells = List.copyOf(cells);
            cut = List.copyOf(cut);
        }
    }

    /** Writes it for the other process. */
    static void write(Answer answer, DataOutputStream out) throws IOException {
        if (answer instanceof Refusal refusal) {
            out.writeByte(1 + refusal.kind.ordinal());
            Wire.text(out, refusal.sentence);
        } else if (answer instanceof Table table) {
            out.writeByte(0);
            out.writeInt(table.columns.size());
            for (Column column : table.columns) {
                Wire.text(out, column.name);
                Wire.text(out, column.type);
            }
            out.writeInt(table.rows.size());
            for (Row row : table.rows) {
                write(row, out);
            }
            out.writeLong(table.total);
            out.writeBoolean(table.more);
        }
        out.flush();
    }

    private static void write(Row row, DataOutputStream out) throws IOException {
        out.writeLong(row.index);
        Wire.texts(out, row.cells);
        out.writeInt(row.cut.size());
        for (int cell : row.cut) {
            out.writeInt(cell);
        }
    }

    /** Reads what the other process wrote. */
    static Answer read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        if (kind > 0 && kind <= Kind.values().length) {
            return new Refusal(Kind.values()[kind - 1], Wire.text(in, LONGEST));
        }
        if (kind != 0) {
            throw new IOException("An answer of kind " + kind);
        }
        List<Column> columns = new ArrayList<>();
        for (int left = Wire.count(in, MOST); left > 0; left--) {
            columns.add(new Column(Wire.text(in, LONGEST), Wire.text(in, LONGEST)));
        }
        List<Row> rows = new ArrayList<>();
        for (int left = Wire.count(in, MOST); left > 0; left--) {
            rows.add(row(in));
        }
        return new Table(columns, rows, in.readLong(), in.readBoolean());
    }

    private static Row row(DataInputStream in) throws IOException {
        long index = in.readLong();
        List<String> cells = Wire.texts(in, MOST, LONGEST);
        List<Integer> cut = new ArrayList<>();
        for (int left = Wire.count(in, MOST); left > 0; left--) {
            cut.add(in.readInt());
        }
        return new Row(index, cells, cut);
    }
}
