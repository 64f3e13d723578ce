package org.kohakuhub.repo;

import java.util.List;
import java.util.Locale;
import org.kohakuhub.common.FilePath;

/**
 * When a file of a repository goes to the object store, as far as size and suffix decide; {@code .gitattributes} may
 * say so too.
 *
 * @param thresholdBytes a file of this size or more is an LFS file, whatever its name
 * @param suffixes lower-case name endings, with their dot, of files that are LFS files at any size above 0
 */
public record LfsRule(long thresholdBytes, List<String> suffixes) {
    /** What a server keeps out of git unless a repository has its own list: weights, arrays, archives, media. */
    static final List<String> SERVER_SUFFIXES = List.of(
            ".7z",
            ".arrow",
            ".avi",
            ".bin",
            ".bz2",
            ".ckpt",
            ".flac",
            ".ftz",
            ".gguf",
            ".ggml",
            ".gz",
            ".h5",
            ".joblib",
            ".lz4",
            ".mkv",
            ".mlmodel",
            ".mov",
            ".mp3",
            ".mp4",
            ".msgpack",
            ".npy",
            ".npz",
            ".ogg",
            ".onnx",
            ".ot",
            ".parquet",
            ".pb",
            ".pickle",
            ".pkl",
            ".pt",
            ".pth",
            ".rar",
            ".safetensors",
            ".tar",
            ".tflite",
            ".tgz",
            ".wasm",
            ".wav",
            ".webm",
            ".xz",
            ".zip",
            ".zst");

    /** Whether the rule alone makes the file an LFS file. An empty file never is one. */
    public boolean takes(FilePath path, long size) {
        if (size <= 0) {
            return false;
        }
        if (size >= thresholdBytes) {
            return true;
        }
        String name = path.fileName().toLowerCase(Locale.ROOT);
        return suffixes.stream().anyMatch(name::endsWith);
    }
}
