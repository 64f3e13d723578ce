package org.kohakuhub.version;

/** Whom a commit names as author and committer. */
public record Author(String name, String email) {}
