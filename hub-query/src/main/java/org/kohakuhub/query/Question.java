package org.kohakuhub.query;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What the engine is asked.
 *
 * @param files of one format and one schema, read in this order; the only ones that the engine can open
 * @param delimiter between the columns of CSV; empty to have it found out
 * @param text what {@link Task} says
 * @param order an {@code ORDER BY} list for {@link Task#FILTER}, or empty
 * @param offset rows left out at the beginning
 * @param limit rows answered at most
 */
public record Question(
        Task task,
        Format format,
        List<String> files,
        String delimiter,
        String text,
        String order,
        long offset,
        int limit,
        Bounds bounds) {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_FILES = 100_000;

    /** Copies the list. */
    public Question {
        files = List.copyOf(files);
    }

    /** What is to be done. */
    public enum Task {
        /** The syntax tree of the SQL {@code text}, as one cell of JSON. */
        PARSE,
        /** The rows as they are. */
        ROWS,
        /** The rows for which the expression {@code text} (empty: all) is true. It must have been checked. */
        FILTER,
        /** The rows of which a text contains {@code text}, in whatever case. */
        SEARCH,
        /** The result of the SELECT {@code text} over the table {@code data}. It must have been checked. */
        SQL,
        /**
         * For each column that has statistics a row of its name, its type in the dataset viewer's words and the statistics.
         * The lines of {@code text} are names of columns whose numbers stand for classes.
         */
        STATISTICS
    }

    /** How the files are read. */
    public enum Format {
        /** There are none. */
        NONE,
        PARQUET,
        CSV,
        /** An array of objects, or one object a line. */
        JSON
    }

    /**
     * What the engine may use.
     *
     * @param memoryBytes of working memory
     * @param tempFolder where it writes what has no room in memory
     * @param tempBytes how much of that
     * @param cellChars characters of JSON after which a cell is cut
     * @param answerChars characters of JSON after which cells are cut short
     * @param columns more are refused
     */
    public record Bounds(
            long memoryBytes, String tempFolder, long tempBytes, int cellChars, int answerChars, int columns) {}

    /** Writes it for the other process. */
    public void write(DataOutputStream out) throws IOException {
        out.writeByte(task.ordinal());
        out.writeByte(format.ordinal());
        Wire.texts(out, files);
        Wire.text(out, delimiter);
        Wire.text(out, text);
        Wire.text(out, order);
        out.writeLong(offset);
        out.writeInt(limit);
        out.writeLong(bounds.memoryBytes);
        Wire.text(out, bounds.tempFolder);
        out.writeLong(bounds.tempBytes);
        out.writeInt(bounds.cellChars);
        out.writeInt(bounds.answerChars);
        out.writeInt(bounds.columns);
        out.flush();
    }

    static Question read(DataInputStream in, int task) throws IOException {
        return new Question(
                Task.values()[task],
                Format.values()[in.readByte()],
                Wire.texts(in, MOST_FILES, LONGEST),
                Wire.text(in, LONGEST),
                Wire.text(in, LONGEST),
                Wire.text(in, LONGEST),
                in.readLong(),
                in.readInt(),
                new Bounds(
                        in.readLong(),
                        Wire.text(in, LONGEST),
                        in.readLong(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt()));
    }
}
