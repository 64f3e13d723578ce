package org.kohakuhub.query;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments and spans of time as Python prints them, in JSON. */
final class Moments {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final long MICROS = 1_000_000;

    private Moments() {}

    /** Microseconds since 1970 as {@code "2020-01-02 03:04:05"}. */
    static String shown(long micros) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(micros, ChronoUnit.MICROS);
        long rest = Math.floorMod(micros, MICROS);
        return '"' + FORM.format(moment) + fraction(rest) + '"';
    }

    /** Microseconds as {@code "2 days, 3:04:05"}. */
    static String span(long micros) {
        Duration span = Duration.of(micros, ChronoUnit.MICROS);
        long days = span.toDays();
        String before = days == 0 ? "" : days + (days == 1 ? " day, " : " days, ");
        return '"'
                + before
                + String.format(
                        Locale.ROOT, "%d:%02d:%02d", span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart())
                + fraction(Math.floorMod(micros, MICROS))
                + '"';
    }

    private static String fraction(long micros) {
        return micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros);
    }
}
