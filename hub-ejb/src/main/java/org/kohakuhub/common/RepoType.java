package org.kohakuhub.common;

import java.util.Locale;

/** The kinds of git repository that a hub keeps. */
public enum RepoType {
    MODEL("model", ""),
    DATASET("dataset", "datasets/"),
    SPACE("space", "spaces/"),
    /** Compiled code for accelerators, which the {@code kernels} library loads by its name. */
    KERNEL("kernel", "kernels/");

    /** The plural forms as a regular expression, for the paths of resources. */
    public static final String PLURALS = "models|datasets|spaces|kernels";

    private final String singular;
    private final String urlPrefix;

    RepoType(String singular, String urlPrefix) {
        this.singular = singular;
        this.urlPrefix = urlPrefix;
    }

    /** {@code model}, {@code dataset}, {@code space} or {@code kernel}: the spelling of JSON bodies. */
    public String singular() {
        return singular;
    }

    /** The segment after {@code /api/}: one of {@link #PLURALS}. */
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
                ErrorKind.INVALID,
                "Unknown repository type: " + Text.shown(text) + " (model, dataset, space or kernel)");
    }
}
