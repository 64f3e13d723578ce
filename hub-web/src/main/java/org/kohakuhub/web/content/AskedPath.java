package org.kohakuhub.web.content;

import java.util.Optional;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;

/** Paths that readers ask for. What no repository may hold is nowhere, and that is all there is to say of it. */
final class AskedPath {
    private AskedPath() {}

    /** The path without slashes around it; empty where no file can have it. */
    static Optional<FilePath> read(String text) {
        try {
            return Optional.of(new FilePath(stripped(text)));
        } catch (HubException impossible) {
            return Optional.empty();
        }
    }

    /** Without slashes at either end. */
    static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }
}
