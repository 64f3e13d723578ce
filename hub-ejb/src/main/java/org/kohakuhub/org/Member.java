package org.kohakuhub.org;

import org.kohakuhub.access.Role;

/** One who is in an organization. */
public record Member(String user, Role role) {}
