package org.kohakuhub.compat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What is said about compatibility: the files in {@code src/test/resources/compatibility}. */
record Compatibility(List<ClientMethod> methods, List<Route> routes) {
    /** The versions of huggingface_hub whose methods are all listed. */
    static final List<String> VERSIONS = List.of("1.33.0", "2.0.0", "2.4.0");

    /** Those of them that every method is tried with; of the others what is new, and a part of the rest. */
    static final List<String> IN_FULL = List.of("1.33.0", "2.0.0");

    static Compatibility read() {
        return new Compatibility(rows("client-methods.tsv", ClientMethod::of), rows("routes.tsv", Route::of));
    }

    /** The public methods of the client's {@code HfApi}, as the client of this version lists them. */
    static List<String> namesOf(String version) {
        return lines("huggingface_hub-" + version + ".txt");
    }

    private static <T> List<T> rows(String file, Function<String[], T> row) {
        return lines(file).stream().map(line -> row.apply(line.split("\t", -1))).toList();
    }

    private static List<String> lines(String file) {
        try (InputStream in =
                Objects.requireNonNull(Compatibility.class.getResourceAsStream("/compatibility/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
