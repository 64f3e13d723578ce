package org.kohakuhub.web.viewer;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.viewer.ConfigContent;
import org.kohakuhub.viewer.Split;

/**
 * The files of one configuration in Croissant: one that is fetched by its own address if there is but one, else a set in
 * the git repository.
 *
 * <p>A single file is what every reader can fetch. mlcroissant 1.1 neither joins the rows of several files that are not
 * in one git repository, nor clones from other hosts than those it knows: of other hubs it has to be told where a copy of
 * the repository is.
 */
final class CroissantFiles {
    /** The id of the git repository. */
    static final String REPO = "repo";

    /** Beyond so many files a set is told by their folders. */
    private static final int MOST_PATHS = 1_000;

    private static final String ID = "@id";

    private final String id;
    private final List<Split> splits;
    private final ConfigContent content;

    CroissantFiles(CroissantIds ids, List<Split> splits, ConfigContent content) {
        this.splits = splits;
        this.content = content;
        String format = splits.get(0).format().orElseThrow().name().toLowerCase(Locale.ROOT);
        this.id = ids.of(format + (isOne() ? "-file" : "-files") + "-for-config-"
                + splits.get(0).config());
    }

    /** Whether there is but one file, and so one split. */
    boolean isOne() {
        return content.onlyFile().isPresent();
    }

    /** Whether each file is a JSON list of rows. */
    boolean jsonList() {
        return content.jsonList();
    }

    /** Writes where a field's source is. */
    void reference(JsonGenerator json) {
        json.writeStartObject(isOne() ? "fileObject" : "fileSet").write(ID, id).writeEnd();
    }

    /**
     * Writes what the fields refer to.
     *
     * @param address of a file's bytes
     */
    void write(JsonGenerator json, Function<TreeEntry, String> address) {
        json.writeStartObject()
                .write("@type", isOne() ? "cr:FileObject" : "cr:FileSet")
                .write(ID, id);
        content.onlyFile().ifPresent(digest -> {
            TreeEntry file = splits.get(0).files().get(0);
            json.write("name", file.path().substring(file.path().lastIndexOf('/') + 1))
                    .write("contentUrl", address.apply(file))
                    .write("contentSize", file.size() + " B")
                    .write("sha256", digest.hex());
        });
        json.write("encodingFormat", encoding());
        if (!isOne()) {
            json.writeStartObject("containedIn").write(ID, REPO).writeEnd().writeStartArray("includes");
            includes().forEach(json::write);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private String encoding() {
        Split split = splits.get(0);
        return switch (split.format().orElseThrow()) {
            case PARQUET -> "application/x-parquet";
            case CSV -> split.delimiter().equals("\t") ? "text/tab-separated-values" : "text/csv";
            case NONE -> "application/octet-stream";
            case JSON -> jsonList() ? "application/json" : "application/jsonlines";
        };
    }

    /** Glob patterns. */
    private List<String> includes() {
        List<String> paths = splits.stream()
                .flatMap(split -> split.files().stream())
                .map(TreeEntry::path)
                .toList();
        if (paths.size() <= MOST_PATHS) {
            return paths.stream().map(CroissantFiles::literally).toList();
        }
        return paths.stream()
                .map(path -> literally(path.substring(0, path.lastIndexOf('/') + 1))
                        + '*'
                        + path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/') + 1)))
                .distinct()
                .limit(MOST_PATHS)
                .toList();
    }

    private static String literally(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }
}
