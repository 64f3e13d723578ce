package org.kohakuhub.web.commit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.kohakuhub.commit.CommitHeader;
import org.kohakuhub.commit.CommitOperation;
import org.kohakuhub.commit.CommitRequest;
import org.kohakuhub.commit.InlineContent;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.Text;
import org.kohakuhub.web.json.JsonLines;
import org.kohakuhub.web.json.Spool;

/**
 * The body of a commit request: a line with the header, then a line for each operation. Read line by line, never more
 * than one at a time; keys that are not known are passed over, operations that are not known are refused.
 */
final class CommitLines implements CommitRequest, Closeable {
    private static final int MOST_LINES = 100_001;
    private static final long MOST_FILE_BYTES = 4L << 30;
    private static final Pattern SHA256 = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");

    private final JsonLines lines;

    CommitLines(InputStream body) {
        this.lines = new JsonLines(body, MOST_LINES, MOST_FILE_BYTES);
    }

    @Override
    public CommitHeader header() {
        Map<String, Object> line =
                lines.next().orElseThrow(() -> new HubException(ErrorKind.INVALID, "The request body is empty"));
        if (!"header".equals(line.get("key"))) {
            throw new HubException(ErrorKind.INVALID, "The first line of a commit must be its header");
        }
        Fields value = new Fields(line);
        return new CommitHeader(
                value.text("summary"),
                value.optional("description").orElse(""),
                value.optional("parentCommit").filter(parent -> !parent.isEmpty()));
    }

    @Override
    public Optional<CommitOperation> next() {
        return lines.next().map(this::operation);
    }

    private CommitOperation operation(Map<String, Object> line) {
        Fields value = new Fields(line);
        Object key = line.get("key");
        if (!(key instanceof String name)) {
            throw new HubException(ErrorKind.INVALID, "Line " + lines.line() + " has no key");
        }
        return switch (name) {
            case "file" -> new CommitOperation.AddFile(value.path("path"), value.content());
            case "lfsFile" -> new CommitOperation.AddLfsFile(value.path("path"), value.oid(), value.size());
            case "deletedFile" -> new CommitOperation.DeleteFile(value.path("path"));
            case "deletedFolder" -> new CommitOperation.DeleteFolder(value.folder("path"));
            case "copyFile" ->
                new CommitOperation.CopyFile(
                        value.path("path"),
                        value.path("srcPath"),
                        value.optional("srcRevision").map(Revision::parse));
            default ->
                throw new HubException(
                        ErrorKind.INVALID, "Line " + lines.line() + " has the unknown key " + Text.shown(name));
        };
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** The value of one line. */
    private final class Fields {
        private final Map<?, ?> fields;

        Fields(Map<String, Object> line) {
            if (!(line.get("value") instanceof Map<?, ?> value)) {
                throw new HubException(ErrorKind.INVALID, "Line " + lines.line() + " has no value");
            }
            this.fields = value;
        }

        Optional<String> optional(String field) {
            Object value = fields.get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (value instanceof String text) {
                return Optional.of(text);
            }
            throw wrong(field, value instanceof Spool ? "shorter" : "a text");
        }

        String text(String field) {
            return optional(field).orElseThrow(() -> wrong(field, "given"));
        }

        FilePath path(String field) {
            return new FilePath(text(field));
        }

        FilePath folder(String field) {
            String text = text(field);
            return new FilePath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }

        Sha256 oid() {
            String algorithm = optional("algo").orElse("sha256");
            var matcher = SHA256.matcher(text("oid"));
            if (!algorithm.equals("sha256") || !matcher.matches()) {
                throw wrong("oid", "a sha256");
            }
            return new Sha256(matcher.group(1));
        }

        OptionalLong size() {
            Object value = fields.get("size");
            if (value == null) {
                return OptionalLong.empty();
            }
            if (value instanceof BigDecimal number) {
                try {
                    long size = number.longValueExact();
                    if (size >= 0) {
                        return OptionalLong.of(size);
                    }
                } catch (ArithmeticException e) {
                    throw wrong("size", "a number of bytes");
                }
            }
            throw wrong("size", "a number of bytes");
        }

        InlineContent content() {
            Object content = fields.get("content");
            String encoding = optional("encoding").orElse("utf-8");
            return switch (encoding) {
                case "base64" -> base64(content);
                case "utf-8", "utf8" -> plain(content);
                default -> throw wrong("encoding", "base64 or utf-8");
            };
        }

        private InlineContent base64(Object content) {
            if (content instanceof Spool spool) {
                return new Base64Content(spool);
            }
            if (content instanceof String text) {
                return new Base64Content(text.getBytes(StandardCharsets.UTF_8));
            }
            throw wrong("content", "a text");
        }

        private InlineContent plain(Object content) {
            if (content instanceof Spool spool) {
                return new TextContent(spool);
            }
            if (content instanceof String text) {
                return new TextContent(text);
            }
            throw wrong("content", "a text");
        }

        private HubException wrong(String field, String expected) {
            return new HubException(
                    ErrorKind.INVALID, "Line " + lines.line() + " of the commit: " + field + " must be " + expected);
        }
    }
}
