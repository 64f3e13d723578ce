package org.kohakuhub.web.repo;

import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.Card;
import org.kohakuhub.repo.Gated;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * Writes a repository as the contract shows it. What is not known is left out, never {@code null}: the client takes the
 * two for different things.
 */
final class RepositoryJson {
    private RepositoryJson() {}

    /** What is not in the repository's record and is looked for only when it is wanted. */
    record Inside(Optional<GitOid> sha, boolean blobs, Consumer<Consumer<TreeEntry>> files, LongSupplier storage) {}

    static void write(JsonGenerator json, RepositoryRecord repository, Card card, Fields fields, Inside inside) {
        RepoType type = repository.name().type();
        String id = repository.name().fullName();
        json.writeStartObject().write("_id", repository.id()).write("id", id);
        Writer out = new Writer(json, fields);
        if (type == RepoType.MODEL) {
            out.text("modelId", id);
            card.pipelineTag().ifPresent(tag -> out.text("pipeline_tag", tag));
            card.libraryName().ifPresent(library -> out.text("library_name", library));
            card.config().ifPresent(config -> out.value("config", JsonAnswer.parse(config)));
        }
        out.text("author", repository.name().namespace());
        inside.sha().ifPresent(sha -> out.text("sha", sha.hex()));
        out.text("lastModified", JsonAnswer.date(repository.modifiedAt()));
        out.text("createdAt", JsonAnswer.date(repository.createdAt()));
        out.value("private", truth(repository.isPrivate()));
        out.value("gated", gated(repository.gated()));
        out.value("disabled", truth(repository.disabled()));
        out.number("likes", repository.likes());
        if (type != RepoType.SPACE) {
            out.number("downloads", repository.downloads());
            out.number("downloadsAllTime", repository.downloads());
        } else {
            repository.sdk().ifPresent(sdk -> out.text("sdk", sdk));
        }
        if (fields.has("tags")) {
            json.writeStartArray("tags");
            card.tags().forEach(json::write);
            json.writeEnd();
        }
        card.data().ifPresent(data -> out.value("cardData", JsonAnswer.parse(data)));
        if (fields.has("usedStorage")) {
            json.write("usedStorage", inside.storage().getAsLong());
        }
        if (fields.has("siblings")) {
            json.writeStartArray("siblings");
            inside.files().accept(file -> writeSibling(json, file, inside.blobs()));
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void writeSibling(JsonGenerator json, TreeEntry file, boolean blobs) {
        json.writeStartObject().write("rfilename", file.path());
        if (blobs) {
            json.write("size", file.size()).write("blobId", file.oid().hex());
            file.lfs()
                    .ifPresent(pointer -> json.writeStartObject("lfs")
                            .write("size", pointer.size())
                            .write("sha256", pointer.oid().hex())
                            .write("pointerSize", pointer.pointerSize())
                            .writeEnd());
        }
        json.writeEnd();
    }

    /** False is a boolean and the other two are words. */
    static JsonValue gated(Gated gated) {
        return gated == Gated.NO ? JsonValue.FALSE : JsonAnswer.string(gated.text());
    }

    private static JsonValue truth(boolean value) {
        return value ? JsonValue.TRUE : JsonValue.FALSE;
    }

    /** Writes a field if it is wanted. */
    private record Writer(JsonGenerator json, Fields fields) {
        void text(String name, String value) {
            if (fields.has(name)) {
                json.write(name, value);
            }
        }

        void number(String name, long value) {
            if (fields.has(name)) {
                json.write(name, value);
            }
        }

        void value(String name, JsonValue value) {
            if (fields.has(name)) {
                json.write(name, value);
            }
        }
    }
}
