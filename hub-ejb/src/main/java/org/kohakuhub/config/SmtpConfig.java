package org.kohakuhub.config;

/**
 * The server that takes the hub's mail.
 *
 * @param username blank for a server that asks for none
 * @param from the sender's address
 * @param tls whether the connection must be encrypted
 */
public record SmtpConfig(
        boolean enabled, String host, int port, String username, Secret password, String from, boolean tls) {}
