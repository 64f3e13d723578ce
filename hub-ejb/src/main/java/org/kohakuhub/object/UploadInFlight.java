package org.kohakuhub.object;

import java.util.Optional;
import org.kohakuhub.common.Sha256;

/**
 * An upload that a client was told to make.
 *
 * @param sha256 what the client says the bytes are
 * @param size how many bytes it says there are
 * @param key where the client writes; nobody reads there but the hub's own verification
 * @param parts set for an upload in parts
 */
public record UploadInFlight(String id, Sha256 sha256, long size, String key, Optional<Parts> parts) {
    /**
     * The shape of an upload in parts.
     *
     * @param multipartId the object store's id
     * @param partSize bytes of every part but the last
     */
    public record Parts(String multipartId, long partSize) {}

    /** How many parts there are, 1 for a single PUT. */
    public int partCount() {
        return parts.map(shape -> Math.toIntExact((size + shape.partSize() - 1) / shape.partSize()))
                .orElse(1);
    }
}
