package org.kohakuhub.lfs;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks in one go.
 *
 * @param transfers the ways of transfer that the client knows; empty means {@code basic} alone
 * @param ref the branch that an upload is for, short or whole, if the client says so
 * @param objects as sent, not yet judged: each is answered for itself
 */
public record BatchRequest(Operation operation, Set<String> transfers, Optional<String> ref, List<Asked> objects) {
    /** A request that names no branch. */
    public BatchRequest(Operation operation, Set<String> transfers, List<Asked> objects) {
        this(operation, transfers, Optional.empty(), objects);
    }

    /** Copies what could change. */
    public BatchRequest {
        transfers = Set.copyOf(transfers);
        objects = List.copyOf(objects);
    }

    /** Which way the bytes shall go. */
    public enum Operation {
        DOWNLOAD,
        UPLOAD
    }

    /** One object as the client names it; anything can stand here. */
    public record Asked(String oid, long size) {}
}
