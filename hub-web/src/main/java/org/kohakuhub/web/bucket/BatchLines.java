package org.kohakuhub.web.bucket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.bucket.BucketChange;
import org.kohakuhub.bucket.BucketChange.Source;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.web.json.JsonLines;

/**
 * The body of a batch. What is not of its form is refused as a whole; a line that only names what cannot be fails by
 * itself.
 */
final class BatchLines implements Closeable {
    static final int MOST_LINES = 1_000;

    private static final int LONGEST_TYPE = 255;
    private static final String BUCKET = "bucket";

    /** The year 9999: what clients can read as a date ends there. */
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    private final JsonLines lines;

    BatchLines(InputStream body) {
        this.lines = new JsonLines(body, MOST_LINES, 0);
    }

    /**
     * All lines.
     *
     * @throws HubException INVALID, TOO_LARGE
     */
    List<BucketChange> all() {
        List<BucketChange> changes = new ArrayList<>();
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            changes.add(change(line.get()));
        }
        return changes;
    }

    private BucketChange change(Map<String, Object> line) {
        String type = text(line, "type");
        String path = text(line, "path");
        boolean put = type.equals("addFile") || type.equals("copyFile");
        if (!put && !type.equals("deleteFile")) {
            throw invalid("type must be addFile, copyFile or deleteFile, not " + Text.shown(type));
        }
        String hash = put ? text(line, "xetHash") : "";
        Instant mtime = put ? mtime(line) : Instant.EPOCH;
        try {
            if (!put) {
                return new BucketChange.Delete(path);
            }
            Optional<Source> source = type.equals("copyFile") ? Optional.of(source(line)) : Optional.empty();
            return new BucketChange.Put(path, XetHash.parse(hash), mtime, contentType(line), source);
        } catch (HubException impossible) {
            return new BucketChange.Refused(path, impossible.sentence());
        }
    }

    private Source source(Map<String, Object> line) {
        String type = text(line, "sourceRepoType");
        String[] names = text(line, "sourceRepoId").split("/", -1);
        if (names.length != 2) {
            throw new HubException(ErrorKind.INVALID, "sourceRepoId must be namespace/name");
        }
        return type.equals(BUCKET)
                ? new Source.Bucket(new BucketId(names[0], names[1]))
                : new Source.Repository(new RepoId(RepoType.parse(type), names[0], names[1]));
    }

    private static Optional<String> contentType(Map<String, Object> line) {
        return Optional.ofNullable(line.get("contentType"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(type -> type.length() <= LONGEST_TYPE && type.matches("[!-~]+/[ -~]+"));
    }

    private Instant mtime(Map<String, Object> line) {
        if (line.get("mtime") instanceof BigDecimal number
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(LAST_MILLISECOND)) <= 0) {
            return Instant.ofEpochMilli(number.longValue());
        }
        throw invalid("mtime must be milliseconds since 1970");
    }

    private String text(Map<String, Object> line, String field) {
        if (line.get(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw invalid(field + " must be a text");
    }

    private HubException invalid(String what) {
        return new HubException(ErrorKind.INVALID, "Line " + lines.line() + " of the batch: " + what);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
