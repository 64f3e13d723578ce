package org.kohakuhub.object;

import org.kohakuhub.common.Sha256;

/** Where things lie in the object store. */
final class ObjectKeys {
    /** Clients write here; nothing here is verified. */
    static final String UPLOADS = "uploads/";

    /** Only the hub writes here. */
    static final String CONTENTS = "lfs/";

    private ObjectKeys() {}

    static String upload(String id) {
        return UPLOADS + id;
    }

    /**
     * A place for a content that is about to be verified. The attempt's id keeps two attempts apart: were they to
     * write to one key, the second could put other bytes under what the first has already proven and named.
     */
    static String content(Sha256 sha256, String attempt) {
        String hex = sha256.hex();
        return CONTENTS + hex.substring(0, 2) + '/' + hex.substring(2, 4) + '/' + hex + '-' + attempt;
    }
}
