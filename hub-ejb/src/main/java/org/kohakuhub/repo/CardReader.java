package org.kohakuhub.repo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    /** To be counted up when more is read: what was kept by an older reader is read again. */
    static final int FORMAT = 1;

    private static final FilePath README = new FilePath("README.md");
    private static final FilePath CONFIG = new FilePath("config.json");
    private static final FilePath DIFFUSERS_INDEX = new FilePath("model_index.json");
    private static final FilePath ADAPTER_CONFIG = new FilePath("adapter_config.json");
    private static final FilePath TOKENIZER_CONFIG = new FilePath("tokenizer_config.json");
    private static final FilePath CHAT_TEMPLATE = new FilePath("chat_template.jinja");
    private static final int LONGEST = 1 << 20;

    /** So many names of the root are looked at to tell in what formats the weights are. */
    private static final int LOOKED_AT = 200;

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
    IndexedCard read(RepoKey repo, GitOid commit) {
        RepoType type = repo.name().type();
        List<FilePath> wanted = type == RepoType.MODEL
                ? List.of(README, CONFIG, DIFFUSERS_INDEX, ADAPTER_CONFIG, TOKENIZER_CONFIG, CHAT_TEMPLATE)
                : List.of(README);
        Map<String, TreeEntry> files = versions.entries(repo, commit, wanted).stream()
                .filter(entry -> !entry.directory() && entry.lfs().isEmpty())
                .collect(Collectors.toMap(TreeEntry::path, Function.identity()));
        Optional<String> readme = text(repo, files.get(README.text()));
        Optional<JsonObject> data = readme.flatMap(CardReader::frontMatter);
        if (type == RepoType.MODEL) {
            return model(repo, commit, files, data);
        }
        List<Tag> tags = data.map(card -> CardTags.of(type, card)).orElse(List.of());
        Card card = new Card(
                Optional.of(commit),
                data.map(JsonObject::toString),
                texts(tags),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                readme.filter(text -> type == RepoType.DATASET)
                        .flatMap(CardText::description)
                        .map(text -> Json.createObjectBuilder()
                                .add("description", text)
                                .build()
                                .toString()));
        return new IndexedCard(card, indexed(type, tags, data));
    }

    private IndexedCard model(RepoKey repo, GitOid commit, Map<String, TreeEntry> files, Optional<JsonObject> data) {
        Optional<JsonObject> config = object(repo, files.get(CONFIG.text()));
        Optional<JsonObject> tokenizer = object(repo, files.get(TOKENIZER_CONFIG.text()));
        boolean adapter = files.containsKey(ADAPTER_CONFIG.text());
        Set<String> formats = formats(repo, commit);
        Optional<String> library = data.flatMap(card -> string(card, "library_name"))
                .or(() -> ModelTraits.library(files.containsKey(DIFFUSERS_INDEX.text()), adapter, config));
        Optional<String> pipeline =
                data.flatMap(card -> string(card, "pipeline_tag")).or(() -> config.flatMap(ModelTraits::task));
        List<Tag> tags = new ArrayList<>(
                data.map(card -> CardTags.of(RepoType.MODEL, card)).orElse(List.of()));
        data.ifPresent(card -> tags.addAll(CardTags.bases(card, relation(card, adapter, formats))));
        library.ifPresent(name -> addIfMissing(tags, new Tag("library", name)));
        formats.forEach(format -> addIfMissing(tags, new Tag("library", format)));
        pipeline.ifPresent(task -> addIfMissing(tags, new Tag("pipeline_tag", task)));

        var facts = new ModelFacts(
                config,
                tokenizer,
                object(repo, files.get(DIFFUSERS_INDEX.text())),
                object(repo, files.get(ADAPTER_CONFIG.text())),
                text(repo, files.get(CHAT_TEMPLATE.text())));
        JsonObjectBuilder details = Json.createObjectBuilder();
        config.filter(any -> library.equals(Optional.of("transformers")))
                .ifPresent(object -> details.add("transformersInfo", ModelTraits.transformersInfo(object)));
        tokenizer.flatMap(ModelFacts::maskToken).ifPresent(token -> details.add("mask_token", token));
        Card card = new Card(
                Optional.of(commit),
                data.map(JsonObject::toString),
                texts(tags),
                pipeline,
                library,
                facts.told().map(JsonObject::toString),
                Optional.of(details.build()).filter(object -> !object.isEmpty()).map(JsonObject::toString));
        return new IndexedCard(card, indexed(RepoType.MODEL, tags, data));
    }

    private static String relation(JsonObject card, boolean adapter, Set<String> formats) {
        return string(card, "base_model_relation")
                .orElseGet(() -> ModelTraits.relation(
                        CardTags.texts(card.get("base_model")).size(), adapter, formats));
    }

    private static void addIfMissing(List<Tag> tags, Tag tag) {
        if (tags.stream().noneMatch(there -> there.text().equals(tag.text()))) {
            tags.add(tag);
        }
    }

    private static List<String> texts(List<Tag> tags) {
        return tags.stream().map(Tag::text).toList();
    }

    private static List<Tag> indexed(RepoType type, List<Tag> tags, Optional<JsonObject> data) {
        List<Tag> index = new ArrayList<>(tags);
        CardTags.aliases(type, tags, data.orElse(JsonObject.EMPTY_JSON_OBJECT))
                .forEach(alias -> addIfMissing(index, alias));
        return List.copyOf(index);
    }

    /** In which formats the weights are, by the names of the files in the root. */
    private Set<String> formats(RepoKey repo, GitOid commit) {
        Set<String> formats = new TreeSet<>();
        versions.list(repo, commit, Optional.empty(), false, "", LOOKED_AT).entries().stream()
                .filter(entry -> !entry.directory())
                .forEach(entry -> WeightFiles.format(entry.path()).ifPresent(formats::add));
        return formats;
    }

    private Optional<JsonObject> object(RepoKey repo, TreeEntry file) {
        return text(repo, file).flatMap(CardReader::object);
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
        } catch (RuntimeException | StackOverflowError e) { // too many objects in each other: a bare RuntimeException
            return Optional.empty();
        }
    }

    private static Optional<String> string(JsonObject card, String key) {
        return CardTags.texts(card.get(key)).stream().findFirst().filter(CardTags::isPlain);
    }
}
