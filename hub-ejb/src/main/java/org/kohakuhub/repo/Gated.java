package org.kohakuhub.repo;

import java.util.Arrays;
import java.util.Optional;

/** Whether readers must ask for the files of a repository first, and who answers them. */
public enum Gated {
    NO("false"),
    AUTO("auto"),
    MANUAL("manual");

    private final String text;

    Gated(String text) {
        this.text = text;
    }

    /** The spelling of JSON (where {@link #NO} is the boolean) and of the database. */
    public String text() {
        return text;
    }

    /** The value of this spelling, if there is one. */
    public static Optional<Gated> parse(String text) {
        return Arrays.stream(values()).filter(gated -> gated.text.equals(text)).findFirst();
    }
}
