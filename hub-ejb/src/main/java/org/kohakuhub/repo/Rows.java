package org.kohakuhub.repo;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
                Optional.ofNullable(row.description),
                row.downloads,
                row.downloadsAllTime,
                row.likes,
                row.trendingScore,
                Instant.ofEpochMilli(row.createdAt),
                Instant.ofEpochMilli(row.modifiedAt),
                card(row),
                Optional.ofNullable(row.weights),
                Optional.ofNullable(row.weightsCommit).map(GitOid::new),
                row.mainSize == null ? OptionalLong.empty() : OptionalLong.of(row.mainSize));
    }

    /** What an older reader read counts as read from no commit, so that it is read again. */
    private static Card card(Repository row) {
        return new Card(
                Optional.ofNullable(row.cardCommit)
                        .filter(commit -> row.cardFormat == CardReader.FORMAT)
                        .map(GitOid::new),
                Optional.ofNullable(row.card),
                TagList.read(row.tags),
                Optional.ofNullable(row.pipelineTag),
                Optional.ofNullable(row.libraryName),
                Optional.ofNullable(row.modelConfig),
                Optional.ofNullable(row.cardDetails));
    }

    static String cursor(ListQuery.Order order, RepositoryRecord last) {
        long value = switch (order) {
            case MODIFIED -> last.modifiedAt().toEpochMilli();
            case CREATED -> last.createdAt().toEpochMilli();
            case DOWNLOADS -> last.downloads();
            case LIKES -> last.likes();
            case TRENDING -> last.trendingScore();
        };
        return value + "." + last.id();
    }

    static RepositoryLists.Cursor cursor(String text) {
        Matcher matcher = CURSOR.matcher(text);
        if (!matcher.matches()) {
            throw new HubException(ErrorKind.INVALID, "Invalid cursor");
        }
        return new RepositoryLists.Cursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
}
