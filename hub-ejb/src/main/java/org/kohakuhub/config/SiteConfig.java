package org.kohakuhub.config;

import java.net.URI;

/**
 * Who the hub is.
 *
 * @param baseUrl the hub's own address as its operator gives it, without trailing slash. Answers carry the address
 *     that the caller used instead; this one serves where there is no caller (mail, webhooks).
 * @param name shown to people
 * @param debugLogPayloads whether request bodies of the API may be logged
 */
public record SiteConfig(URI baseUrl, String apiBase, String name, boolean debugLogPayloads) {}
