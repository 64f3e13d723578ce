package org.kohakuhub.object;

import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/** Where things lie in the object store. */
final class ObjectKeys {
    /** Clients write here; nothing here is verified. */
    static final String UPLOADS = "uploads/";

    /** Only the hub writes here. */
    static final String CONTENTS = "lfs/";

    /** Only the hub writes here: chunk records that were checked. */
    static final String XORBS = "xet/xorbs/";

    /** Only the hub writes here: files that comments show. */
    static final String ATTACHMENTS = "attachments/";

    private ObjectKeys() {}

    static String upload(String id) {
        return UPLOADS + id;
    }

    /**
     * A place for a content that is about to be verified. The attempt's id keeps two attempts apart: were they to
     * write to one key, the second could put other bytes under what the first has already proven and named.
     */
    static String content(Sha256 sha256, String attempt) {
        return CONTENTS + spread(sha256.hex()) + '-' + attempt;
    }

    /** A place for a xorb; the attempt's id, because the same xorb may be packed otherwise by the next who sends it. */
    static String xorb(XetHash hash, String attempt) {
        return XORBS + spread(hash.hex()) + '-' + attempt;
    }

    static String attachment(String id) {
        return ATTACHMENTS + id;
    }

    private static String spread(String hex) {
        return hex.substring(0, 2) + '/' + hex.substring(2, 4) + '/' + hex;
    }
}
