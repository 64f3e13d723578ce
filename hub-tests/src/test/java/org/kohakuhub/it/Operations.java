package org.kohakuhub.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** The NDJSON body of a commit request, as huggingface_hub writes it: one object a line, a newline after each. */
public final class Operations {
    private final StringBuilder lines = new StringBuilder();

    private Operations() {}

    /** A body that starts with the usual header line. */
    public static Operations commit(String summary) {
        return new Operations().header(summary, null);
    }

    /** A body whose header names the commit that the branch must be at. */
    public static Operations commitOn(String parentCommit, String summary) {
        return new Operations().header(summary, parentCommit);
    }

    /** A body without any line. */
    public static Operations none() {
        return new Operations();
    }

    private Operations header(String summary, String parentCommit) {
        JsonObjectBuilder value =
                Json.createObjectBuilder().add("summary", summary).add("description", "");
        if (parentCommit != null) {
            value.add("parentCommit", parentCommit);
        }
        return line("header", value);
    }

    public Operations file(String path, byte[] content) {
        return line(
                "file",
                Json.createObjectBuilder()
                        .add("content", Bytes.base64(content))
                        .add("path", path)
                        .add("encoding", "base64"));
    }

    public Operations lfsFile(String path, String sha256, long size) {
        return line(
                "lfsFile",
                Json.createObjectBuilder()
                        .add("path", path)
                        .add("algo", "sha256")
                        .add("oid", sha256)
                        .add("size", size));
    }

    public Operations deletedFile(String path) {
        return line("deletedFile", Json.createObjectBuilder().add("path", path));
    }

    public Operations deletedFolder(String path) {
        return line("deletedFolder", Json.createObjectBuilder().add("path", path));
    }

    public Operations copyFile(String source, String revision, String path) {
        return line(
                "copyFile",
                Json.createObjectBuilder()
                        .add("path", path)
                        .add("srcPath", source)
                        .add("srcRevision", revision));
    }

    public Operations line(String key, JsonObjectBuilder value) {
        JsonObject line =
                Json.createObjectBuilder().add("key", key).add("value", value).build();
        return raw(line.toString());
    }

    /** A line as it stands. */
    public Operations raw(String line) {
        lines.append(line).append('\n');
        return this;
    }

    public byte[] body() {
        return Bytes.utf8(lines.toString());
    }
}
