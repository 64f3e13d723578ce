package org.kohakuhub.org;

import java.util.Optional;
import org.kohakuhub.access.Role;

/** An organization that a user is in. */
public record Belonging(String id, String name, Optional<String> fullName, Optional<String> description, Role role) {}
