package org.kohakuhub.web.commit;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.repo.HistoryService.Changes;
import org.kohakuhub.version.FileChange;
import org.kohakuhub.version.FileChange.Side;

/** Writes what changed, by the hub's own names. */
final class ChangesJson {
    private ChangesJson() {}

    static void write(JsonGenerator json, Changes changes) {
        json.writeStartObject();
        changes.from()
                .ifPresentOrElse(
                        from -> json.write("parent_commit", from.hex()), () -> json.writeNull("parent_commit"));
        json.writeStartArray("files");
        changes.page().changes().forEach(change -> write(json, change));
        json.writeEnd().write("truncated", changes.page().more()).writeEnd();
    }

    /** What the next page is asked for by, if there is one. */
    static Optional<String> next(Changes changes) {
        List<FileChange> files = changes.page().changes();
        return changes.page().more() && !files.isEmpty()
                ? Optional.of(files.get(files.size() - 1).path())
                : Optional.empty();
    }

    private static void write(JsonGenerator json, FileChange change) {
        json.writeStartObject()
                .write("path", change.path())
                .write("type", type(change))
                .write("path_type", "file");
        change.oldPath().ifPresent(old -> json.write("previous_path", old));
        Optional<Side> shown = change.after().or(change::before);
        json.write("is_lfs", shown.flatMap(Side::lfs).isPresent());
        change.after().ifPresent(after -> side(json, after, "size_bytes", "sha256"));
        change.before().ifPresent(before -> side(json, before, "previous_size", "previous_sha256"));
        change.diff().ifPresentOrElse(diff -> json.write("diff", diff), () -> json.writeNull("diff"));
        json.writeEnd();
    }

    private static void side(JsonGenerator json, Side side, String size, String sha256) {
        json.write(size, side.size());
        side.lfs().ifPresent(pointer -> json.write(sha256, pointer.oid().hex()));
    }

    private static String type(FileChange change) {
        if (change.before().isEmpty()) {
            return "added";
        }
        if (change.after().isEmpty()) {
            return "removed";
        }
        return change.oldPath().isPresent() ? "renamed" : "changed";
    }
}
