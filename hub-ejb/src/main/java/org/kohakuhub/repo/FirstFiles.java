package org.kohakuhub.repo;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.version.AttributeRules;

/** The files with which a repository begins. */
final class FirstFiles {
    private static final List<String> FOR_ALL = List.of(
            "*.7z",
            "*.arrow",
            "*.bin",
            "*.bz2",
            "*.ckpt",
            "*.ftz",
            "*.gguf",
            "*.gz",
            "*.h5",
            "*.joblib",
            "*.lfs.*",
            "*.mlmodel",
            "*.model",
            "*.msgpack",
            "*.npy",
            "*.npz",
            "*.onnx",
            "*.ot",
            "*.parquet",
            "*.pb",
            "*.pickle",
            "*.pkl",
            "*.pt",
            "*.pth",
            "*.rar",
            "*.safetensors",
            "saved_model/**/*",
            "*.tar.*",
            "*.tar",
            "*.tflite",
            "*.tgz",
            "*.wasm",
            "*.xz",
            "*.zip",
            "*.zst",
            "*tfevents*");

    private static final List<String> FOR_DATASETS = List.of(
            "*.lz4", "*.mds", "*.pcm", "*.sam", "*.raw", "*.aac", "*.flac", "*.mp3", "*.ogg", "*.wav", "*.bmp", "*.gif",
            "*.png", "*.tiff", "*.jpg", "*.jpeg", "*.webp", "*.avi", "*.mkv", "*.mov", "*.mp4", "*.webm");

    private FirstFiles() {}

    static Map<FilePath, byte[]> of(RepoType type, String name, Optional<String> sdk) {
        Map<FilePath, byte[]> files = new LinkedHashMap<>();
        StringBuilder attributes = new StringBuilder();
        FOR_ALL.forEach(pattern -> attributes.append(line(pattern)));
        if (type == RepoType.DATASET) {
            FOR_DATASETS.forEach(pattern -> attributes.append(line(pattern)));
        }
        files.put(new FilePath(AttributeRules.FILE_NAME), attributes.toString().getBytes(StandardCharsets.UTF_8));
        if (type == RepoType.SPACE) {
            files.put(new FilePath("README.md"), spaceReadme(name, sdk).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static String line(String pattern) {
        return pattern + " filter=lfs diff=lfs merge=lfs -text\n";
    }

    private static String spaceReadme(String name, Optional<String> sdk) {
        // a repository's name may be all digits or look like a number: quoted, it stays a text
        return "---\ntitle: \"" + name + "\"\n"
                + sdk.map(text -> "sdk: " + text + '\n').orElse("")
                + "---\n\n# " + name + '\n';
    }
}
