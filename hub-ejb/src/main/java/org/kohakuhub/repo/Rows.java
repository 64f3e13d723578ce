package org.kohakuhub.repo;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/** From the row to the records that leave this package. */
final class Rows {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{24})");

    private Rows() {}

    static RepositoryRecord record(Repository row) {
        return new RepositoryRecord(
                row.id,
                new RepoId(RepoType.parse(row.type), row.namespace, row.name),
                row.ownerId,
                row.isPrivate,
                Gated.parse(row.gated).orElse(Gated.NO),
                row.disabled,
                Optional.ofNullable(row.sdk),
                row.downloads,
                row.likes,
                Instant.ofEpochMilli(row.createdAt),
                Instant.ofEpochMilli(row.modifiedAt),
                card(row));
    }

    private static Card card(Repository row) {
        return new Card(
                Optional.ofNullable(row.cardCommit).map(GitOid::new),
                Optional.ofNullable(row.card),
                TagList.read(row.tags),
                Optional.ofNullable(row.pipelineTag),
                Optional.ofNullable(row.libraryName),
                Optional.ofNullable(row.modelConfig));
    }

    static String cursor(ListQuery.Order order, Repository last) {
        long value = switch (order) {
            case MODIFIED -> last.modifiedAt;
            case CREATED -> last.createdAt;
            case DOWNLOADS -> last.downloads;
            case LIKES -> last.likes;
        };
        return value + "." + last.id;
    }

    static Repositories.Cursor cursor(String text) {
        Matcher matcher = CURSOR.matcher(text);
        if (!matcher.matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        return new Repositories.Cursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
