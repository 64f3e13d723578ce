package org.kohakuhub.repo;

import java.util.List;

/**
 * A card as it was just read.
 *
 * @param index everything by which lists shall find the repository
 */
record IndexedCard(Card card, List<Tag> index) {
    /** Of a repository without commits. */
    static final IndexedCard EMPTY = new IndexedCard(Card.EMPTY, List.of());
}
