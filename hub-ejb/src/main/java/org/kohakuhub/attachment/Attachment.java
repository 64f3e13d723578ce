package org.kohakuhub.attachment;

import org.kohakuhub.common.MediaFormat;

/**
 * A stored file that comments may show.
 *
 * @param id nobody can guess it: whoever knows it may fetch the file
 * @param size in bytes
 * @param key where it lies in the object store
 */
public record Attachment(String id, MediaFormat format, long size, String key) {
    /** The last segment of its address. */
    public String fileName() {
        return id + '.' + format.extension();
    }
}
