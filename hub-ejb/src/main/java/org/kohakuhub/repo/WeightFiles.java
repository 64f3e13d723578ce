package org.kohakuhub.repo;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the names of files tell about a model's weights. */
final class WeightFiles {
    private static final Map<String, String> FORMATS = Map.of(
            ".safetensors", "safetensors",
            ".gguf", "gguf",
            ".onnx", "onnx",
            ".h5", "tf",
            ".msgpack", "jax");

    private WeightFiles() {}

    /** The tag of a file's format, if it is one of weights. */
    static Optional<String> format(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.startsWith("pytorch_model") && name.endsWith(".bin")) {
            return Optional.of("pytorch");
        }
        return FORMATS.entrySet().stream()
                .filter(ending -> name.endsWith(ending.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
