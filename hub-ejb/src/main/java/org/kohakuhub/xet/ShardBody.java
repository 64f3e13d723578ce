package org.kohakuhub.xet;

import java.io.IOException;
import java.io.InputStream;

/** An uploaded shard that waits to be read, more than once. */
public interface ShardBody {
    /** No shard is longer: clients cut them at 64 MiB. */
    long LONGEST = 65L << 20;

    /** All bytes from the start; the caller closes the stream. */
    InputStream open() throws IOException;

    /** How many bytes there are. */
    long length();
}
