package org.kohakuhub.web.viewer;

import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kohakuhub.viewer.SplitSize;
import org.kohakuhub.viewer.SplitStatistics;
import org.kohakuhub.viewer.ViewerService;

/** How large a dataset's configurations and splits are, and what is in them. */
final class SizesJson {
    private SizesJson() {}

    static void size(JsonGenerator json, ViewerService.Sizes sizes) {
        String dataset = sizes.dataset().repo().name().fullName();
        json.writeStartObject().writeStartObject("size").writeStartObject("dataset");
        json.write("dataset", dataset);
        sums(json, sizes.splits());
        json.writeEnd().writeStartArray("configs");
        byConfig(sizes).forEach((config, splits) -> {
            json.writeStartObject().write("dataset", dataset).write("config", config);
            sums(json, splits);
            json.write("num_columns", splits.get(0).columns()).writeEnd();
        });
        json.writeEnd().writeStartArray("splits");
        for (SplitSize size : sizes.splits()) {
            json.writeStartObject();
            SplitsJson.name(json, sizes.dataset(), size.split());
            sums(json, List.of(size));
            json.write("num_columns", size.columns()).writeEnd();
        }
        json.writeEnd().writeEnd();
        SplitsJson.whole(json);
        json.write("partial", isPartial(sizes)).writeEnd();
    }

    static void statistics(JsonGenerator json, SplitStatistics found) {
        json.writeStartObject().write("num_examples", found.rows()).writeStartArray("statistics");
        for (SplitStatistics.ColumnFacts column : found.columns()) {
            json.writeStartObject()
                    .write("column_name", column.name())
                    .write("column_type", column.type())
                    .write("column_statistics", column.statistics())
                    .writeEnd();
        }
        json.writeEnd().write("partial", found.partial()).writeEnd();
    }

    private static boolean isPartial(ViewerService.Sizes sizes) {
        return sizes.splits().stream().anyMatch(SplitSize::partial);
    }

    private static Map<String, List<SplitSize>> byConfig(ViewerService.Sizes sizes) {
        return sizes.splits().stream()
                .collect(Collectors.groupingBy(size -> size.split().config(), LinkedHashMap::new, Collectors.toList()));
    }

    private static void sums(JsonGenerator json, List<SplitSize> sizes) {
        long files = sizes.stream().mapToLong(SplitSize::bytes).sum();
        json.write("num_bytes_original_files", files)
                .write("num_bytes_parquet_files", files)
                .write("num_bytes_memory", memory(sizes));
        if (sizes.stream().allMatch(size -> size.rows().isPresent())) {
            json.write("num_rows", rows(sizes));
        } else {
            json.writeNull("num_rows");
        }
    }

    private static long memory(List<SplitSize> sizes) {
        return sizes.stream().mapToLong(SplitSize::memoryBytes).sum();
    }

    private static long rows(List<SplitSize> sizes) {
        return sizes.stream().mapToLong(size -> size.rows().orElse(0L)).sum();
    }

    /**
     * What the datasets library calls a dataset's info.
     *
     * @param one whether one configuration was asked for, which then stands alone
     */
    static void info(JsonGenerator json, ViewerService.Sizes sizes, boolean one) {
        json.writeStartObject().writeStartObject("dataset_info");
        byConfig(sizes).forEach((config, splits) -> {
            if (!one) {
                json.writeStartObject(config);
            }
            config(json, sizes, config, splits);
            if (!one) {
                json.writeEnd();
            }
        });
        json.writeEnd();
        SplitsJson.whole(json);
        json.write("partial", isPartial(sizes)).writeEnd();
    }

    private static void config(JsonGenerator json, ViewerService.Sizes sizes, String config, List<SplitSize> splits) {
        String name = sizes.dataset().repo().name().name();
        JsonValue features = splits.stream()
                .flatMap(size -> size.features().stream())
                .findFirst()
                .<JsonValue>map(known -> known)
                .orElse(JsonValue.NULL);
        json.write("description", "")
                .write("citation", "")
                .write("homepage", "")
                .write("license", "")
                .write("features", features)
                .write("builder_name", "parquet")
                .write("dataset_name", name)
                .write("config_name", config)
                .writeStartObject("version")
                .write("version_str", "0.0.0")
                .write("major", 0)
                .write("minor", 0)
                .write("patch", 0)
                .writeEnd()
                .writeStartObject("splits");
        for (SplitSize size : splits) {
            json.writeStartObject(size.split().name())
                    .write("name", size.split().name())
                    .write("num_bytes", size.memoryBytes())
                    .write("num_examples", size.rows().orElse(0L))
                    .write("dataset_name", name)
                    .writeEnd();
        }
        json.writeEnd()
                .write(
                        "download_size",
                        splits.stream().mapToLong(SplitSize::bytes).sum())
                .write("dataset_size", memory(splits));
    }
}
