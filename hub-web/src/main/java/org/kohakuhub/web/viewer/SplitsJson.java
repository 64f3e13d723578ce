package org.kohakuhub.web.viewer;

import jakarta.json.stream.JsonGenerator;
import org.kohakuhub.viewer.Split;
import org.kohakuhub.viewer.ViewerService;

/** Which splits there are, and what can be done with them. */
final class SplitsJson {
    private SplitsJson() {}

    static void splits(JsonGenerator json, ViewerService.Dataset dataset) {
        json.writeStartObject().writeStartArray("splits");
        for (Split split : dataset.splits()) {
            json.writeStartObject();
            name(json, dataset, split);
            json.writeEnd();
        }
        json.writeEnd();
        whole(json);
        json.writeEnd();
    }

    /** The fields that name a split. */
    static void name(JsonGenerator json, ViewerService.Dataset dataset, Split split) {
        json.write("dataset", dataset.repo().name().fullName())
                .write("config", split.config())
                .write("split", split.name());
    }

    /** Nothing is made in the background, so nothing is pending or has failed. */
    static void whole(JsonGenerator json) {
        json.writeStartArray("pending").writeEnd().writeStartArray("failed").writeEnd();
    }

    static void valid(JsonGenerator json, ViewerService.Dataset dataset) {
        boolean readable =
                dataset.splits().stream().anyMatch(split -> split.format().isPresent());
        json.writeStartObject()
                .write("preview", readable)
                .write("viewer", readable)
                .write("search", readable)
                .write("filter", readable)
                .write("statistics", readable)
                .writeEnd();
    }
}
