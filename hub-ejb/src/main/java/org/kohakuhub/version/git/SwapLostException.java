package org.kohakuhub.version.git;

import jakarta.ejb.ApplicationException;

/** Another writer moved a ref, or replaced a pack, first: the transaction is rolled back and nothing has changed. */
@ApplicationException(rollback = true)
class SwapLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SwapLostException(String message) {
        super(message);
    }
}
