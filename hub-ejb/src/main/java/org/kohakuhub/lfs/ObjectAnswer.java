package org.kohakuhub.lfs;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What a client is told about one object of its batch. */
public sealed interface ObjectAnswer {
    /** As the client sent it. */
    String oid();

    /** In bytes, as the client sent it. */
    long size();

    /** The repository has the bytes: there is nothing to send. */
    record Known(String oid, long size) implements ObjectAnswer {}

    /** The client may fetch the bytes by a bare GET. */
    record Fetch(String oid, long size, URI href, Duration life) implements ObjectAnswer {}

    /** The client may fetch the bytes from the hub itself, by a GET with this {@code Authorization}. */
    record FetchHere(String oid, long size, URI href, String authorization, Duration life) implements ObjectAnswer {}

    /** The client shall send the bytes in one bare PUT, and then ask for verification. */
    record Send(String oid, long size, URI href, URI verify, Duration life) implements ObjectAnswer {}

    /**
     * The client shall send each part in a bare PUT, then have them joined, and then ask for verification.
     *
     * @param partSize bytes of every part but the last
     * @param parts where each part goes, in order
     * @param join takes the list of parts; carries its own authorization
     */
    record SendParts(String oid, long size, long partSize, List<URI> parts, URI join, URI verify, Duration life)
            implements ObjectAnswer {
        /** Copies what could change. */
        public SendParts {
            parts = List.copyOf(parts);
        }
    }

    /** Nothing can be done about this object, whatever becomes of the others. */
    record Refused(String oid, long size, int status, String sentence) implements ObjectAnswer {}
}
