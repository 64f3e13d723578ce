package org.kohakuhub.object;

import java.time.Duration;

/** How long things live on the way from a client to a verified content. */
final class UploadLife {
    /** An address to write to: long, as clients get those of hundreds of files at once and send them one by one. */
    static final Duration ADDRESS = Duration.ofHours(24);

    /** The upload itself: a transfer that began in time may end, be joined and verified. */
    static final Duration ROW = Duration.ofHours(48);

    /** A promised key: after this nobody writes there any more. */
    static final Duration PROMISE = Duration.ofHours(72);

    private UploadLife() {}
}
