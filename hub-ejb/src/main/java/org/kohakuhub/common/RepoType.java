package org.kohakuhub.common;

import java.util.Locale;

/** The three kinds of git repository that a hub keeps. */
public enum RepoType {
    MODEL("model", ""),
    DATASET("dataset", "datasets/"),
    SPACE("space", "spaces/");

    private final String singular;
    private final String urlPrefix;

    RepoType(String singular, String urlPrefix) {
        this.singular = singular;
        this.urlPrefix = urlPrefix;
    }

    /** {@code model}, {@code dataset} or {@code space}: the spelling of JSON bodies. */
    public String singular() {
        return singular;
    }

    /** {@code models}, {@code datasets} or {@code spaces}: the segment after {@code /api/}. */
    public String plural() {
        return singular + 's';
    }

    /** What stands before {@code ns/name} in web, resolve and git addresses; empty for models. */
    public String urlPrefix() {
        return urlPrefix;
    }

    /**
     * Reads the singular or the plural form, case-insensitively.
     *
     * @throws HubException {@link ErrorKind#INVALID} for anything else
     */
    public static RepoType parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (RepoType type : values()) {
            if (lower.equals(type.singular) || lower.equals(type.plural())) {
                return type;
            }
        }
        throw new HubException(
                ErrorKind.INVALID, "Unknown repository type: " + Text.shown(text) + " (model, dataset or space)");
    }
}
