package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Reads what the files of one commit say about their repository. Whatever is malformed counts as absent. */
@ApplicationScoped
class CardReader {
    private static final FilePath README = new FilePath("README.md");
    private static final FilePath CONFIG = new FilePath("config.json");
    private static final FilePath DIFFUSERS_INDEX = new FilePath("model_index.json");
    private static final FilePath ADAPTER_CONFIG = new FilePath("adapter_config.json");
    private static final int LONGEST = 1 << 20;

    private static final List<String> TOLD_OF_CONFIG = List.of("architectures", "model_type", "quantization_config");

    private final VersionStore versions;

    @SuppressWarnings("NullAway")
    protected CardReader() { // the container's proxy only
        this(null);
    }

    @Inject
    CardReader(VersionStore versions) {
        this.versions = versions;
    }

    /** What the files say at {@code commit}. */
    Card read(RepoKey repo, GitOid commit) {
        Map<String, TreeEntry> files =
                versions.entries(repo, commit, List.of(README, CONFIG, DIFFUSERS_INDEX, ADAPTER_CONFIG)).stream()
                        .filter(entry -> !entry.directory() && entry.lfs().isEmpty())
                        .collect(Collectors.toMap(TreeEntry::path, Function.identity()));
        Optional<JsonObject> data = text(repo, files.get(README.text())).flatMap(CardReader::frontMatter);
        RepoType type = repo.name().type();
        Set<String> tags =
                new LinkedHashSet<>(data.map(card -> CardTags.of(type, card)).orElse(List.of()));
        if (type != RepoType.MODEL) {
            return new Card(
                    Optional.of(commit),
                    data.map(JsonObject::toString),
                    List.copyOf(tags),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        Optional<JsonObject> config =
                text(repo, files.get(CONFIG.text())).flatMap(CardReader::object).map(CardReader::told);
        Optional<String> library = data.flatMap(card -> string(card, "library_name"))
                .or(() -> ModelTraits.library(
                        files.containsKey(DIFFUSERS_INDEX.text()), files.containsKey(ADAPTER_CONFIG.text()), config));
        Optional<String> pipeline =
                data.flatMap(card -> string(card, "pipeline_tag")).or(() -> config.flatMap(ModelTraits::task));
        library.ifPresent(tags::add);
        pipeline.ifPresent(tags::add);
        return new Card(
                Optional.of(commit),
                data.map(JsonObject::toString),
                List.copyOf(tags),
                pipeline,
                library,
                config.map(JsonObject::toString));
    }

    private Optional<String> text(RepoKey repo, TreeEntry file) {
        if (file == null) {
            return Optional.empty();
        }
        try (InputStream content = versions.open(repo, file.oid())) {
            return Optional.of(new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<JsonObject> frontMatter(String readme) {
        try {
            return FrontMatter.read(readme);
        } catch (FrontMatter.Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static JsonObject told(JsonObject config) {
        JsonObjectBuilder told = Json.createObjectBuilder();
        for (String key : TOLD_OF_CONFIG) {
            JsonValue value = config.get(key);
            if (value != null && value.getValueType() != JsonValue.ValueType.NULL) {
                told.add(key, value);
            }
        }
        return told.build();
    }

    private static Optional<String> string(JsonObject card, String key) {
        return CardTags.texts(card.get(key)).stream().findFirst().filter(text -> text.length() <= 200);
    }
}
