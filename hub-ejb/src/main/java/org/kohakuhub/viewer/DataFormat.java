package org.kohakuhub.viewer;

import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.query.Question.Format;

/** Which format a file is of, by its name. */
enum DataFormat {
    PARQUET(Format.PARQUET, "", "parquet", "geoparquet", "gpq"),
    CSV(Format.CSV, "", "csv"),
    TSV(Format.CSV, "\t", "tsv"),
    JSON(Format.JSON, "", "json", "jsonl", "ndjson");

    private final Format format;
    private final String delimiter;
    private final String[] endings;

    DataFormat(Format format, String delimiter, String... endings) {
        this.format = format;
        this.delimiter = delimiter;
        this.endings = endings;
    }

    Format format() {
        return format;
    }

    /** Between columns; empty to have it found out. */
    String delimiter() {
        return delimiter;
    }

    /** The format of a path, compressed by gzip or Zstandard or not. */
    static Optional<DataFormat> of(String path) {
        String name = plain(path);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        for (DataFormat format : values()) {
            for (String known : format.endings) {
                if (known.equals(ending)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    /** The ending that a copy needs to be read as what it is. */
    static String ending(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String compressed = lower.endsWith(".gz") ? ".gz" : lower.endsWith(".zst") ? ".zst" : "";
        String name = plain(path);
        return name.substring(name.lastIndexOf('.')) + compressed;
    }

    private static String plain(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower.endsWith(".zst") ? lower.substring(0, lower.length() - 4) : lower;
    }
}
