package org.kohakuhub.web.viewer;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.repo.Card;
import org.kohakuhub.repo.RepositoryInfo;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.viewer.Split;
import org.kohakuhub.viewer.ViewerService;
import org.kohakuhub.web.json.JsonAnswer;

/**
 * A dataset as Croissant 1.1 describes it: the repository, a set of files and a set of records for each configuration. The
 * reference service names converted files; here the files stay where they are, and so their paths are listed.
 */
final class CroissantJson {
    private static final String TYPE = "@type";
    private static final String ID = "@id";
    private static final String REPO = "repo";

    /** Beyond so many files a set is told by their folders. */
    private static final int MOST_PATHS = 1_000;

    private static final Map<Format, String> ENCODINGS = Map.of(
            Format.PARQUET, "application/x-parquet", Format.CSV, "text/csv", Format.JSON, "application/jsonlines");

    private final JsonGenerator json;
    private final ViewerService.Dataset dataset;
    private final Map<String, Map<String, JsonValue>> columns;
    private final String hub;

    CroissantJson(JsonGenerator json, ViewerService.Described described, String hub) {
        this.json = json;
        this.dataset = described.dataset();
        this.columns = described.columns();
        this.hub = hub;
    }

    void write(RepositoryInfo info) {
        Map<String, List<Split>> configs = dataset.splits().stream()
                .filter(split -> split.format().isPresent())
                .collect(Collectors.groupingBy(Split::config, LinkedHashMap::new, Collectors.toList()));
        String address = hub + '/' + dataset.repo().name().urlPath();
        json.writeStartObject()
                .write("@context", CroissantContext.VALUE)
                .write(TYPE, "sc:Dataset")
                .writeStartArray("distribution");
        json.writeStartObject()
                .write(TYPE, "cr:FileObject")
                .write(ID, REPO)
                .write("name", REPO)
                .write("description", "The git repository.")
                .write("contentUrl", address + "/tree/main")
                .write("encodingFormat", "git+https")
                .write("sha256", "https://github.com/mlcommons/croissant/issues/80") // as everywhere: git has no sha256
                .writeEnd();
        configs.forEach(this::files);
        json.writeEnd().writeStartArray("recordSet");
        configs.forEach(this::records);
        json.writeEnd().write("conformsTo", "http://mlcommons.org/croissant/1.1");
        about(info, address);
        json.writeEnd();
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
        text(data, "license").ifPresent(license -> json.write("license", license));
        json.write("url", address);
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

    private static String fileSet(String config) {
        return "parquet-files-for-config-" + config;
    }

    private void files(String config, List<Split> splits) {
        json.writeStartObject()
                .write(TYPE, "cr:FileSet")
                .write(ID, fileSet(config))
                .writeStartObject("containedIn")
                .write(ID, REPO)
                .writeEnd()
                .write("encodingFormat", ENCODINGS.get(splits.get(0).format().orElseThrow()))
                .writeStartArray("includes");
        List<String> paths = splits.stream()
                .flatMap(split -> split.files().stream())
                .map(TreeEntry::path)
                .toList();
        if (paths.size() <= MOST_PATHS) {
            paths.forEach(json::write);
        } else {
            paths.stream()
                    .map(path -> path.substring(0, path.lastIndexOf('/') + 1)
                            + '*'
                            + path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/') + 1)))
                    .distinct()
                    .limit(MOST_PATHS)
                    .forEach(json::write);
        }
        json.writeEnd().writeEnd();
    }

    private void records(String config, List<Split> splits) {
        Optional<String> regex = CroissantSplits.regex(splits);
        String splitRecords = config + "_splits";
        String splitName = splitRecords + "/split_name";
        regex.ifPresent(any -> {
            json.writeStartObject()
                    .write(TYPE, "cr:RecordSet")
                    .write("dataType", "cr:Split")
                    .writeStartObject("key")
                    .write(ID, splitName)
                    .writeEnd()
                    .write(ID, splitRecords)
                    .write("name", splitRecords)
                    .write("description", "Splits for the " + config + " config.")
                    .writeStartArray("field")
                    .writeStartObject()
                    .write(TYPE, "cr:Field")
                    .write(ID, splitName)
                    .write("dataType", "sc:Text")
                    .writeEnd()
                    .writeEnd()
                    .writeStartArray("data");
            splits.forEach(split ->
                    json.writeStartObject().write(splitName, split.name()).writeEnd());
            json.writeEnd().writeEnd();
        });
        json.writeStartObject()
                .write(TYPE, "cr:RecordSet")
                .write(ID, config)
                .write("description", description(config, splits))
                .writeStartArray("field");
        regex.ifPresent(expression -> json.writeStartObject()
                .write(TYPE, "cr:Field")
                .write(ID, config + "/split")
                .write("dataType", "sc:Text")
                .writeStartObject("source")
                .writeStartObject("fileSet")
                .write(ID, fileSet(config))
                .writeEnd()
                .writeStartObject("extract")
                .write("fileProperty", "fullpath")
                .writeEnd()
                .writeStartObject("transform")
                .write("regex", expression)
                .writeEnd()
                .writeEnd()
                .writeStartObject("references")
                .writeStartObject("field")
                .write(ID, splitName)
                .writeEnd()
                .writeEnd()
                .writeEnd());
        var fields = new CroissantFields(json, fileSet(config));
        columns.getOrDefault(config, Map.of())
                .forEach((column, type) -> fields.write(config + '/' + column, column, type));
        json.writeEnd().writeEnd();
    }

    private String description(String config, List<Split> splits) {
        return dataset.repo().name().fullName() + " - '" + config + "' subset\n\nAdditional information:\n- "
                + splits.size() + (splits.size() == 1 ? " split: " : " splits: ")
                + splits.stream().map(Split::name).collect(Collectors.joining(", "));
    }
}
