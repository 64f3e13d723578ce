package org.kohakuhub.weights;

import java.io.IOException;

/** A file's head is not what its name says, or out of bounds. */
final class MalformedHeadException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedHeadException(String sentence) {
        super(sentence);
    }
}
