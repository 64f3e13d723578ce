package org.kohakuhub.web.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Points in time as the contract writes them: {@code 2026-01-01T00:00:00.000Z}. The client insists on the Z. */
public final class Dates {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Dates() {}

    /** The text of an instant, cut to milliseconds. */
    public static String text(Instant instant) {
        return FORM.format(instant);
    }
}
