package org.kohakuhub.access;

import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * Something that is neither a repository nor a bucket, belongs to a namespace, and is private or not.
 *
 * @param kind what it is called in sentences, capitalised
 * @param ownerId the id of the account whose it is
 */
public record OwnedKey(String kind, String ownerId, boolean isPrivate) {
    /** What is said of one that does not exist, and of one that is none of the caller's business. */
    public HubException missing() {
        return missing(kind);
    }

    /** The same, where there is none to speak of. */
    public static HubException missing(String kind) {
        return new HubException(ErrorKind.NOT_FOUND, kind + " not found");
    }
}
