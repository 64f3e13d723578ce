package org.kohakuhub.lfs;

import java.util.List;
import java.util.Set;

/**
 * What a client asks in one go.
 *
 * @param transfers the ways of transfer that the client knows; empty means {@code basic} alone
 * @param objects as sent, not yet judged: each is answered for itself
 */
public record BatchRequest(Operation operation, Set<String> transfers, List<Asked> objects) {
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
