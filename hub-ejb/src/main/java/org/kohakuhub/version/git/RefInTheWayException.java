package org.kohakuhub.version.git;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** A new ref would be a folder of another one, or lie below it: the transaction is rolled back and nothing has changed. */
class RefInTheWayException extends HubException {
    private static final long serialVersionUID = 1L;

    private final String ref;

    /** About this new ref. */
    RefInTheWayException(String ref) {
        super(ErrorKind.CONFLICT, "Reference " + Text.shown(ref) + " conflicts with an existing reference");
        this.ref = ref;
    }

    String ref() {
        return ref;
    }
}
