package org.kohakuhub.content;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kohakuhub.common.FilePath;

/**
 * The media type under which a stranger's file leaves the hub. Nothing that a browser would run: markup and scripts are
 * plain text, and what is not known is a string of bytes.
 */
public final class ContentTypes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    private static final Map<String, String> BY_SUFFIX = new TreeMap<>();

    static {
        for (String suffix : List.of(
                "txt",
                "md",
                "rst",
                "log",
                "csv",
                "tsv",
                "py",
                "ipynb",
                "sh",
                "c",
                "cc",
                "cpp",
                "h",
                "hpp",
                "java",
                "js",
                "mjs",
                "ts",
                "jsx",
                "tsx",
                "css",
                "html",
                "htm",
                "xhtml",
                "xml",
                "svg",
                "yaml",
                "yml",
                "toml",
                "ini",
                "cfg",
                "conf",
                "jinja",
                "jsonl",
                "ndjson",
                "gitattributes",
                "gitignore",
                "rs",
                "go",
                "rb",
                "lua",
                "r",
                "sql",
                "tex",
                "bib",
                "srt",
                "vtt",
                "proto",
                "dockerfile")) {
            BY_SUFFIX.put(suffix, TEXT);
        }
        BY_SUFFIX.put("json", "application/json");
        BY_SUFFIX.put("pdf", "application/pdf");
        BY_SUFFIX.put("png", "image/png");
        BY_SUFFIX.put("jpg", "image/jpeg");
        BY_SUFFIX.put("jpeg", "image/jpeg");
        BY_SUFFIX.put("gif", "image/gif");
        BY_SUFFIX.put("webp", "image/webp");
        BY_SUFFIX.put("bmp", "image/bmp");
        BY_SUFFIX.put("ico", "image/x-icon");
        BY_SUFFIX.put("mp3", "audio/mpeg");
        BY_SUFFIX.put("wav", "audio/wav");
        BY_SUFFIX.put("flac", "audio/flac");
        BY_SUFFIX.put("ogg", "audio/ogg");
        BY_SUFFIX.put("mp4", "video/mp4");
        BY_SUFFIX.put("webm", "video/webm");
    }

    private static final Set<String> TEXT_NAMES =
            Set.of("license", "licence", "readme", "notice", "changelog", "dockerfile", "makefile", "authors");

    private ContentTypes() {}

    /** The media type of a file of this name. */
    public static String of(FilePath path) {
        String name = path.fileName().toLowerCase(Locale.ROOT);
        if (TEXT_NAMES.contains(name)) {
            return TEXT;
        }
        return BY_SUFFIX.getOrDefault(name.substring(name.lastIndexOf('.') + 1), BYTES);
    }
}
