package org.kohakuhub.community;

/** Whose request for access is meant. */
public sealed interface Asker {
    /** As the caller wrote it. */
    String text();

    /** A user, by name. */
    record Named(String text) implements Asker {}

    /** Who made the request of this {@link AccessRequest#id}. */
    record OfRequest(String text) implements Asker {}
}
