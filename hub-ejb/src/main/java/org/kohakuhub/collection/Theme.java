package org.kohakuhub.collection;

import java.util.Arrays;
import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** The colours of the reference service. */
public enum Theme {
    ORANGE,
    BLUE,
    GREEN,
    PURPLE,
    PINK,
    INDIGO;

    /** The contract's word, {@code green}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word}.
     *
     * @throws HubException INVALID
     */
    public static Theme parse(String word) {
        return Arrays.stream(values())
                .filter(theme -> theme.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new HubException(
                        ErrorKind.INVALID, "theme must be one of orange, blue, green, purple, pink, indigo"));
    }
}
