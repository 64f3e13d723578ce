package org.kohakuhub.access;

/**
 * A namespace that the caller was found to have a right to.
 *
 * @param id the account's id
 * @param name the account's name in its true spelling
 * @param isOrganization false for a user's own namespace
 */
public record NamespaceKey(String id, String name, boolean isOrganization) {}
