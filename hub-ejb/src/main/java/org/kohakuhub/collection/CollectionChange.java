package org.kohakuhub.collection;

import java.util.Optional;

/**
 * What is to change of a collection; what is empty stays.
 *
 * @param description the empty text takes it away
 * @param position from 0
 */
public record CollectionChange(
        Optional<String> title,
        Optional<String> description,
        Optional<Boolean> isPrivate,
        Optional<Theme> theme,
        Optional<Long> position) {}
