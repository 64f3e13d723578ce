package org.kohakuhub.xet;

/**
 * A term of a file.
 *
 * @param offset bytes of the file before it
 */
public record PlacedTerm(long offset, Term term) {}
