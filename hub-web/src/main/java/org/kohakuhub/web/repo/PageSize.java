package org.kohakuhub.web.repo;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** How many items a page shall have. */
public final class PageSize {
    private PageSize() {}

    /**
     * Reads {@code limit}, which may ask for more than a page holds.
     *
     * @param usual where there is none
     * @throws HubException INVALID for what is no positive number
     */
    public static int read(String limit, int usual, int longest) {
        if (limit == null || limit.isEmpty()) {
            return usual;
        }
        if (!limit.matches("[0-9]{1,18}") || Long.parseLong(limit) == 0) {
            throw new HubException(ErrorKind.INVALID, "limit must be a positive number");
        }
        return (int) Math.min(Long.parseLong(limit), longest);
    }
}
