package org.kohakuhub.web.viewer;

import jakarta.json.stream.JsonGenerator;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.viewer.Split;
import org.kohakuhub.viewer.ViewerService;

/** A dataset's Parquet files where they are: none are made of other formats. */
final class ParquetFiles {
    private static final String VIEWER_HOST = "://datasets-server.";

    private ParquetFiles() {}

    /** The hub's own address; the caller may have come by the viewer's host. */
    static String hub(URI base) {
        return base.toString().replace(VIEWER_HOST, "://");
    }

    static List<Split> splits(ViewerService.Dataset dataset) {
        return dataset.splits().stream()
                .filter(split -> split.format().equals(Optional.of(Format.PARQUET)))
                .toList();
    }

    static void list(JsonGenerator json, ViewerService.Dataset dataset, Optional<String> only, String hub) {
        json.writeStartObject().writeStartArray("parquet_files");
        for (Split split : splits(dataset)) {
            if (only.isPresent() && !only.get().equals(split.name())) {
                continue;
            }
            for (TreeEntry file : split.files()) {
                json.writeStartObject();
                SplitsJson.name(json, dataset, split);
                json.write("url", address(dataset, file, hub))
                        .write("filename", file.path().substring(file.path().lastIndexOf('/') + 1))
                        .write("size", file.size())
                        .writeEnd();
            }
        }
        json.writeEnd();
        SplitsJson.whole(json);
        json.write("partial", false).writeEnd();
    }

    /** Where the file can be downloaded at this very commit. */
    static String address(ViewerService.Dataset dataset, TreeEntry file, String hub) {
        return hub + '/' + dataset.repo().name().urlPath() + "/resolve/"
                + dataset.commit().hex() + '/'
                + Arrays.stream(file.path().split("/", -1))
                        .map(ParquetFiles::encoded)
                        .collect(Collectors.joining("/"));
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
