package org.kohakuhub.account;

import java.util.Optional;

/**
 * A credential that was found true.
 *
 * @param token the API token, if it was one; empty for a session or a password
 */
public record Login(Caller caller, Optional<TokenRecord> token) {}
