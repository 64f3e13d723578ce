package org.kohakuhub.compat;

import java.util.Arrays;
import java.util.Locale;

/** What the hub makes of a call. */
enum State {
    SERVED("served"),
    PARTLY("partly"),
    NOT("not"),
    REFUSED("refused by design"),
    ELSEWHERE("not asked of the hub");

    private final String words;

    State(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static State of(String cell) {
        return Arrays.stream(values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(cell))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state: " + cell));
    }
}
