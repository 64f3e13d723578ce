package org.kohakuhub.collection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.common.RepoType;

/** What a collection may hold. */
public enum ItemType {
    MODEL,
    DATASET,
    SPACE,
    PAPER,
    COLLECTION,
    BUCKET;

    /** The contract's word, {@code model}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word}. */
    public static Optional<ItemType> parse(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** Reads the form that filters use, {@code models}. */
    public static Optional<ItemType> parsePlural(String word) {
        return word.endsWith("s") ? parse(word.substring(0, word.length() - 1)) : Optional.empty();
    }

    /** The type of repository that it stands for; empty for all else. */
    Optional<RepoType> repository() {
        return switch (this) {
            case MODEL, DATASET, SPACE -> Optional.of(RepoType.parse(word()));
            case PAPER, COLLECTION, BUCKET -> Optional.empty();
        };
    }
}
