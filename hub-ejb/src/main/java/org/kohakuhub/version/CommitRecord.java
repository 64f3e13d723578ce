package org.kohakuhub.version;

import java.time.Instant;
import java.util.List;
import org.kohakuhub.common.GitOid;

/**
 * One commit of a log.
 *
 * @param title the message's first line
 * @param message the rest of the message, without the blank line between
 */
public record CommitRecord(
        GitOid oid,
        List<GitOid> parents,
        String title,
        String message,
        String authorName,
        String authorEmail,
        Instant date) {}
