package org.kohakuhub.object;

import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/**
 * A content that the asking repository may read and link.
 *
 * @param xet its file hash, where its bytes can be had by the Xet protocol
 */
public record ObjectInfo(Sha256 sha256, long size, Optional<XetHash> xet) {
    /** A content that is not in Xet. */
    public ObjectInfo(Sha256 sha256, long size) {
        this(sha256, size, Optional.empty());
    }
}
