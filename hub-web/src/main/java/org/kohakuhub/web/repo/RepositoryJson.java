package org.kohakuhub.web.repo;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.Card;
import org.kohakuhub.repo.Facts;
import org.kohakuhub.repo.Gated;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * Writes a repository as the contract shows it. What is not known is left out, never {@code null}: the client takes the
 * two for different things.
 */
final class RepositoryJson {
    /** The same word for what every repository and every name in it may be called by. */
    private static final String BASE_MODEL = "base_model:";

    private RepositoryJson() {}

    /**
     * What is not in the repository's record.
     *
     * @param inLists some fields have another form there
     * @param weights looked for only when it is wanted: a JSON object
     */
    record Inside(
            boolean inLists,
            Optional<GitOid> sha,
            Facts facts,
            boolean blobs,
            boolean security,
            Supplier<Optional<String>> weights,
            Supplier<Long> mainSize,
            Consumer<Consumer<TreeEntry>> files) {}

    static void write(JsonGenerator json, RepositoryRecord repository, Card card, Fields fields, Inside inside) {
        RepoType type = repository.name().type();
        String id = repository.name().fullName();
        json.writeStartObject().write("_id", repository.id()).write("id", id);
        Writer out = new Writer(json, fields);
        out.text("author", repository.name().namespace());
        inside.sha().ifPresent(sha -> out.text("sha", sha.hex()));
        out.text("lastModified", JsonAnswer.date(repository.modifiedAt()));
        out.text("createdAt", JsonAnswer.date(repository.createdAt()));
        out.value("private", truth(repository.isPrivate()));
        out.value("gated", gated(repository.gated()));
        out.value("disabled", truth(repository.disabled()));
        out.number("likes", repository.likes());
        out.number("trendingScore", repository.trendingScore());
        if (type != RepoType.SPACE) {
            out.number("downloads", repository.downloads());
            out.number("downloadsAllTime", repository.downloadsAllTime());
        }
        out.value("resourceGroup", JsonValue.NULL);
        out.value("xetEnabled", JsonValue.TRUE);
        if (fields.has("tags")) {
            json.writeStartArray("tags");
            card.tags().forEach(json::write);
            json.writeEnd();
        }
        JsonObject data = fields.needCards() ? object(card.data()) : JsonValue.EMPTY_JSON_OBJECT;
        card.data().ifPresent(any -> out.value("cardData", data));
        switch (type) {
            case MODEL -> writeModel(out, repository, card, data, inside);
            case DATASET -> writeDataset(out, repository, card, data, inside);
            case SPACE -> writeSpace(out, repository, data);
            case KERNEL -> {} // has what all have
        }
        out.number("usedStorage", inside.facts().storage());
        if (inside.security()) { // nobody has looked at the files, so nothing is said against them
            json.writeStartObject("securityRepoStatus")
                    .write("scansDone", false)
                    .writeStartArray("filesWithIssues")
                    .writeEnd()
                    .writeEnd();
        }
        if (fields.has("siblings")) {
            json.writeStartArray("siblings");
            inside.files().accept(file -> writeSibling(json, file, inside.blobs()));
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void writeModel(Writer out, RepositoryRecord repository, Card card, JsonObject data, Inside inside) {
        out.text("modelId", repository.name().fullName());
        card.pipelineTag().ifPresent(tag -> out.text("pipeline_tag", tag));
        card.libraryName().ifPresent(library -> out.text("library_name", library));
        if (out.fields().has("config")) {
            card.config().ifPresent(config -> out.value("config", JsonAnswer.parse(config)));
        }
        out.all(object(card.details()), List.of("transformersInfo", "mask_token"));
        out.renamed(data, "model-index", "model-index");
        out.renamed(data, "widget", "widgetData");
        if (out.fields().has("safetensors") || out.fields().has("gguf")) {
            out.all(object(inside.weights().get()), List.of("safetensors", "gguf"));
        }
        List<String> bases = card.tags().stream()
                .filter(tag -> tag.startsWith(BASE_MODEL) && tag.indexOf(':', BASE_MODEL.length()) < 0)
                .map(tag -> tag.substring(BASE_MODEL.length()))
                .toList();
        if (!bases.isEmpty()) {
            out.texts("baseModels", bases);
        }
        out.number("childrenModelCount", inside.facts().children());
        out.texts("spaces", inside.facts().spaces());
        // a list here and an object there, as the service has it; nobody infers here
        out.value(
                "inferenceProviderMapping",
                inside.inLists() ? JsonValue.EMPTY_JSON_ARRAY : JsonValue.EMPTY_JSON_OBJECT);
    }

    private static void writeDataset(
            Writer out, RepositoryRecord repository, Card card, JsonObject data, Inside inside) {
        repository
                .description()
                .ifPresentOrElse(
                        own -> out.text("description", own),
                        () -> out.all(object(card.details()), List.of("description")));
        out.all(data, List.of("citation", "paperswithcode_id"));
        if (out.fields().has("mainSize")) {
            Long size = inside.mainSize().get();
            if (size != null) {
                out.number("mainSize", size);
            }
        }
    }

    private static void writeSpace(Writer out, RepositoryRecord repository, JsonObject data) {
        repository
                .sdk()
                .or(() -> data.get("sdk") instanceof JsonString sdk ? Optional.of(sdk.getString()) : Optional.empty())
                .ifPresent(sdk -> out.text("sdk", sdk));
        out.text("subdomain", subdomain(repository.name().fullName()));
        // the hub keeps spaces and runs none
        out.value("runtime", JsonAnswer.parse("{\"stage\":\"STOPPED\"}"));
        for (String name : List.of("models", "datasets")) {
            if (data.get(name) instanceof JsonString one) {
                out.texts(name, List.of(one.getString()));
            } else if (data.get(name) instanceof JsonArray several) {
                out.value(name, several);
            }
        }
    }

    /** The name that a space's host would have. */
    static String subdomain(String id) {
        return id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static JsonObject object(Optional<String> stored) {
        return stored.map(JsonAnswer::parse).map(JsonValue::asJsonObject).orElse(JsonValue.EMPTY_JSON_OBJECT);
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

        void texts(String name, List<String> values) {
            if (fields.has(name)) {
                json.writeStartArray(name);
                values.forEach(json::write);
                json.writeEnd();
            }
        }

        /** Those of these fields that an object has. */
        void all(JsonObject object, List<String> names) {
            names.forEach(name -> renamed(object, name, name));
        }

        void renamed(JsonObject object, String there, String here) {
            JsonValue value = object.get(there);
            if (value != null && value.getValueType() != JsonValue.ValueType.NULL) {
                value(here, value);
            }
        }
    }
}
