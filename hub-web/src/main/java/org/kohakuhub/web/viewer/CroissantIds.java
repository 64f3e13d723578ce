package org.kohakuhub.web.viewer;

import java.util.HashSet;
import java.util.Set;

/**
 * The ids of a Croissant document: parts of IRIs, so that a name's spaces and signs do not come in. None is given out
 * twice.
 */
final class CroissantIds {
    private final Set<String> given = new HashSet<>();

    /** An id for this name. */
    String of(String name) {
        return unique(spelled(name));
    }

    /** An id for this name of something that is part of another. */
    String of(String parent, String name) {
        return unique(parent + '/' + spelled(name));
    }

    private String unique(String wanted) {
        String id = wanted;
        for (int number = 2; !given.add(id); number++) {
            id = wanted + '_' + number;
        }
        return id;
    }

    private static String spelled(String name) {
        String id = name.replaceAll("[^\\p{L}\\p{N}_.-]", "_");
        return id.matches("\\.*") ? "_" + id : id; // "." and ".." lead elsewhere
    }
}
