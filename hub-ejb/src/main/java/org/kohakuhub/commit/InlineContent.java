package org.kohakuhub.commit;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file that came inside a commit request, wherever they are kept until they are taken. */
public interface InlineContent {
    /** How many bytes there are. */
    long length() throws IOException;

    /** The bytes from the start; the caller closes the stream. */
    InputStream open() throws IOException;
}
