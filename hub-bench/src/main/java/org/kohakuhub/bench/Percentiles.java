package org.kohakuhub.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Durations in nanoseconds. */
final class Percentiles {
    private final List<Long> nanos = new ArrayList<>();

    void add(long duration) {
        nanos.add(duration);
    }

    /** The duration below which {@code fraction} of all lie, in milliseconds. */
    double millis(double fraction) {
        Collections.sort(nanos);
        int index = (int) Math.min(nanos.size() - 1L, Math.round(fraction * (nanos.size() - 1)));
        return nanos.get(index) / 1e6;
    }
}
