package org.kohakuhub.version;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.kohakuhub.common.FilePath;

/** What a root {@code .gitignore} leaves out (gitignore(5)). */
public final class IgnoreRules {
    /** The file's name. */
    public static final String FILE_NAME = ".gitignore";

    private final IgnoreNode node;

    private IgnoreRules(IgnoreNode node) {
        this.node = node;
    }

    /** Reads the file's content; lines that make no sense are passed over, as git does. */
    public static IgnoreRules parse(byte[] content) {
        IgnoreNode node = new IgnoreNode();
        try {
            node.parse(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new IgnoreRules(node);
    }

    /** Whether the file is left out, by itself or because a folder above it is. */
    public boolean ignores(FilePath file) {
        String path = file.text();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (isIgnored(path.substring(0, slash), true)) {
                return true; // git: nothing below an ignored folder can be included again
            }
        }
        return isIgnored(path, false);
    }

    private boolean isIgnored(String path, boolean folder) {
        return Boolean.TRUE.equals(node.checkIgnored(path, folder));
    }
}
