package org.kohakuhub.config;

/** The site administrator's door: {@code /admin/api} with the header {@code X-Admin-Token}. */
public record AdminConfig(boolean enabled, Secret token) {}
