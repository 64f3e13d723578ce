package org.kohakuhub.web.viewer;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohakuhub.repo.Card;
import org.kohakuhub.repo.RepositoryInfo;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.viewer.ConfigContent;
import org.kohakuhub.viewer.DescribedDataset;
import org.kohakuhub.viewer.Split;
import org.kohakuhub.viewer.ViewerService;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * A dataset as Croissant 1.1 describes it: the repository, a set of files and a set of records for each configuration. The
 * reference service names converted files; here the files are named that there are.
 */
final class CroissantJson {
    private static final String TYPE = "@type";
    private static final String ID = "@id";

    private final JsonGenerator json;
    private final ViewerService.Dataset dataset;
    private final Map<String, ConfigContent> contents;
    private final String hub;
    private final CroissantIds ids = new CroissantIds();

    CroissantJson(JsonGenerator json, DescribedDataset described, String hub) {
        this.json = json;
        this.dataset = described.dataset();
        this.contents = described.contents();
        this.hub = hub;
    }

    void write(RepositoryInfo info) {
        String address = hub + '/' + dataset.repo().name().urlPath();
        json.writeStartObject()
                .write("@context", CroissantContext.VALUE)
                .write(TYPE, "sc:Dataset")
                .writeStartArray("distribution");
        json.writeStartObject()
                .write(TYPE, "cr:FileObject")
                .write(ID, ids.of(CroissantFiles.REPO))
                .write("name", CroissantFiles.REPO)
                .write("description", "The git repository.")
                .write("contentUrl", address)
                .write("encodingFormat", "git+https")
                .write("sha256", "https://github.com/mlcommons/croissant/issues/80") // as everywhere: git has no sha256
                .writeEnd();
        List<Config> configs = configs();
        configs.forEach(config -> config.files().write(json, file -> ParquetFiles.address(dataset, file, hub)));
        json.writeEnd().writeStartArray("recordSet");
        configs.forEach(this::records);
        json.writeEnd().write("conformsTo", "http://mlcommons.org/croissant/1.1");
        about(info, address);
        json.writeEnd();
    }

    private List<Config> configs() {
        Map<String, List<Split>> configs = dataset.splits().stream()
                .filter(split -> split.format().isPresent())
                .collect(Collectors.groupingBy(Split::config, LinkedHashMap::new, Collectors.toList()));
        return configs.entrySet().stream()
                .map(config -> {
                    ConfigContent content = contents.getOrDefault(config.getKey(), ConfigContent.UNKNOWN);
                    return new Config(
                            config.getKey(),
                            ids.of(config.getKey()),
                            config.getValue(),
                            new CroissantFiles(ids, config.getValue(), content),
                            content.columns());
                })
                .toList();
    }

    private void about(RepositoryInfo info, String address) {
        RepositoryRecord repository = info.repository();
        Card card = info.card();
        JsonObject details = object(card.details());
        JsonObject data = object(card.data());
        json.write("name", repository.name().name())
                .write("alternateName", repository.name().fullName());
        repository
                .description()
                .or(() -> text(details, "description"))
                .ifPresent(description -> json.write("description", description));
        json.writeStartObject("creator")
                .write(TYPE, "Organization")
                .write("name", repository.name().namespace())
                .write("url", hub + '/' + repository.name().namespace())
                .writeEnd()
                .writeStartArray("keywords");
        card.tags().forEach(json::write);
        json.writeEnd();
        JsonValue license = data.get("license");
        if (license instanceof JsonString || license instanceof JsonArray several && !several.isEmpty()) {
            json.write("license", license);
        }
        json.write("datePublished", JsonAnswer.date(repository.createdAt()))
                .write("dateModified", JsonAnswer.date(repository.modifiedAt()))
                .write("url", address);
    }

    private static JsonObject object(Optional<String> stored) {
        return stored.map(JsonAnswer::parse)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    private static Optional<String> text(JsonObject object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString());
    }

    private void records(Config config) {
        Optional<String> regex = config.files().isOne() ? Optional.empty() : CroissantSplits.regex(config.splits());
        String splitRecords = ids.of(config.name() + "_splits");
        String splitName = ids.of(splitRecords, "split_name");
        regex.ifPresent(any -> splits(config, splitRecords, splitName));
        json.writeStartObject().write(TYPE, "cr:RecordSet").write(ID, config.id());
        if (!config.id().equals(config.name())) {
            json.write("name", config.name());
        }
        json.write("description", description(config)).writeStartArray("field");
        if (regex.isPresent() || config.files().isOne()) {
            json.writeStartObject()
                    .write(TYPE, "cr:Field")
                    .write(ID, ids.of(config.id(), "split"))
                    .write("dataType", "sc:Text");
            regex.ifPresentOrElse(
                    expression -> splitOfPath(config.files(), expression, splitName),
                    () -> json.write("value", config.splits().get(0).name()));
            json.writeEnd();
        }
        var fields = new CroissantFields(json, ids, config.files());
        config.columns().forEach((column, type) -> fields.write(config.id(), column, type));
        json.writeEnd().writeEnd();
    }

    private void splits(Config config, String id, String splitName) {
        json.writeStartObject()
                .write(TYPE, "cr:RecordSet")
                .write("dataType", "cr:Split")
                .writeStartObject("key")
                .write(ID, splitName)
                .writeEnd()
                .write(ID, id)
                .write("name", id)
                .write("description", "Splits for the " + config.name() + " config.")
                .writeStartArray("field")
                .writeStartObject()
                .write(TYPE, "cr:Field")
                .write(ID, splitName)
                .write("dataType", "sc:Text")
                .writeEnd()
                .writeEnd()
                .writeStartArray("data");
        config.splits()
                .forEach(split ->
                        json.writeStartObject().write(splitName, split.name()).writeEnd());
        json.writeEnd().writeEnd();
    }

    private void splitOfPath(CroissantFiles files, String regex, String splitName) {
        json.writeStartObject("source");
        files.reference(json);
        json.writeStartObject("extract")
                .write("fileProperty", "fullpath")
                .writeEnd()
                .writeStartObject("transform")
                .write("regex", regex)
                .writeEnd()
                .writeEnd()
                .writeStartObject("references")
                .writeStartObject("field")
                .write(ID, splitName)
                .writeEnd()
                .writeEnd();
    }

    private String description(Config config) {
        return dataset.repo().name().fullName() + " - '" + config.name() + "' subset\n\nAdditional information:\n- "
                + config.splits().size() + (config.splits().size() == 1 ? " split: " : " splits: ")
                + config.splits().stream().map(Split::name).collect(Collectors.joining(", "));
    }

    private record Config(
            String name, String id, List<Split> splits, CroissantFiles files, Map<String, JsonValue> columns) {}
}
