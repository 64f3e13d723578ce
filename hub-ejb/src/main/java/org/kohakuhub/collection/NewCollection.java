package org.kohakuhub.collection;

import java.util.Optional;

/** A collection that is to be made. */
public record NewCollection(String namespace, String title, Optional<String> description, boolean isPrivate) {}
