package org.kohakuhub.version.git;

import jakarta.ejb.ApplicationException;

/** Another writer moved a ref, or replaced a pack, first: the transaction is rolled back and nothing has changed. */
@ApplicationException(rollback = true)
class SwapLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String ref;

    /** About this ref, or these packs. */
    SwapLostException(String ref) {
        super(ref);
        this.ref = ref;
    }

    String ref() {
        return ref;
    }
}
