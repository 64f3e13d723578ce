package org.kohakuhub.xet.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The 256 numbers of the gear hash. They are part of the protocol: others would cut at other places. */
final class GearTable {
    private static final int HEX = 16;

    private GearTable() {}

    static long[] read() {
        try (InputStream in = GearTable.class.getResourceAsStream("gear-table.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .mapToLong(line -> Long.parseUnsignedLong(line, HEX))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is in the same archive as this class
        }
    }
}
