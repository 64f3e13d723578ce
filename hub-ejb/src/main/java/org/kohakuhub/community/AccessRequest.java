package org.kohakuhub.community;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's wish to read the files of a gated repository.
 *
 * @param email what asking shares; empty for who was let in without it
 * @param fields what he wrote into the form, as a JSON object; empty for who was let in without asking
 * @param at when he asked or was let in
 */
public record AccessRequest(
        String userId,
        String user,
        Optional<String> fullName,
        Optional<String> email,
        AccessStatus status,
        Optional<String> fields,
        Optional<String> rejectionReason,
        Instant at) {
    /** The request's own id within its repository: each user has one there, and keeps it whatever he is called. */
    public String id() {
        return userId;
    }

    PageCursor position() {
        return new PageCursor(at.toEpochMilli(), userId);
    }
}
