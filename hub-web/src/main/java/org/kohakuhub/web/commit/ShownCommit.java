package org.kohakuhub.web.commit;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.web.json.JsonAnswer;

/** A commit, by the hub's own names; {@code date} is in seconds since 1970. */
public record ShownCommit(
        String id,
        String oid,
        String title,
        String message,
        String description,
        long date,
        @JsonbProperty("committed_at") String committedAt,
        List<String> parents,
        String author,
        Map<String, String> metadata) {
    static ShownCommit of(CommitRecord commit) {
        return new ShownCommit(
                commit.oid().hex(),
                commit.oid().hex(),
                commit.title(),
                commit.message(),
                commit.message(),
                commit.date().getEpochSecond(),
                JsonAnswer.date(commit.date()),
                commit.parents().stream().map(GitOid::hex).toList(),
                commit.authorName(),
                Map.of());
    }
}
