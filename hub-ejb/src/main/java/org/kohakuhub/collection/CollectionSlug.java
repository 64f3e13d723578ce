package org.kohakuhub.collection;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a collection, {@code ns/words-of-the-title-<24 hex>}. Only the hex digits identify it, so that an
 * address outlives every change of the title and of the owner's name.
 */
public final class CollectionSlug {
    private static final Pattern FORM = Pattern.compile("(?:[^/]{0,200}/)?(?:[^/]{0,400}-)?([0-9a-f]{24})");
    private static final int LONGEST_WORDS = 80;

    private CollectionSlug() {}

    /** The address that a collection has now. */
    static String of(String owner, String title, String id) {
        String words = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = words.substring(0, Math.min(words.length(), LONGEST_WORDS)).replaceAll("^-|-$", "");
        return owner + '/' + (cut.isEmpty() ? "" : cut + '-') + id;
    }

    /** The id in an address, with or without the owner; empty if there is none. */
    static Optional<String> id(String slug) {
        Matcher matcher = FORM.matcher(slug);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
