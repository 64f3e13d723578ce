package org.kohakuhub.repo;

/**
 * A tag of a repository as lists are narrowed by it.
 *
 * @param kind the group that it is listed in, or {@link #ALIAS}
 */
record Tag(String kind, String text) {
    /** Another spelling of a tag: it finds the repository and is not shown. */
    static final String ALIAS = "alias";

    /** What belongs to no group. */
    static final String OTHER = "other";

    /** As many characters as the column holds. */
    static final int LONGEST = 220;

    /** Of spaces that name a model or a dataset. What a card says cannot begin in this way. */
    static final String LINKED = "hub:linked";

    static Tag alias(String text) {
        return new Tag(ALIAS, text);
    }
}
