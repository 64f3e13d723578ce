package org.kohakuhub.web.json;

/** The answer of a request that has nothing else to tell; the field names are the original's. */
public record Done(boolean success, String message) {
    /** Success, with a sentence for people. */
    public static Done because(String message) {
        return new Done(true, message);
    }
}
