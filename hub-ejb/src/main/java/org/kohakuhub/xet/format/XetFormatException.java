package org.kohakuhub.xet.format;

import java.io.IOException;

/** Bytes that are no xorb, shard or chunk by the protocol. The message says what is wrong and where; it is ASCII. */
public class XetFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public XetFormatException(String message) {
        super(message);
    }

    public XetFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
