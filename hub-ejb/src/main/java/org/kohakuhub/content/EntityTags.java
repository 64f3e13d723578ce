package org.kohakuhub.content;

import java.util.Arrays;

/** Comparison of entity tags in conditional requests (RFC 9110, section 13). */
public final class EntityTags {
    private EntityTags() {}

    /**
     * Whether an {@code If-None-Match} header names the content, by weak comparison.
     *
     * @param header null where the request has none
     * @param etag the content's tag with its quotes
     */
    public static boolean matches(String header, String etag) {
        if (header == null) {
            return false;
        }
        return header.strip().equals("*")
                || Arrays.stream(header.split(",", -1)).map(EntityTags::strong).anyMatch(etag::equals);
    }

    /**
     * Whether a {@code Range} header counts in the presence of this {@code If-Range}: it does if there is none or it
     * names just this content. Dates never do, as the hub sends none.
     */
    public static boolean rangeCounts(String ifRange, String etag) {
        return ifRange == null || ifRange.strip().equals(etag);
    }

    private static String strong(String tag) {
        String bare = tag.strip();
        return bare.startsWith("W/") ? bare.substring(2) : bare;
    }
}
