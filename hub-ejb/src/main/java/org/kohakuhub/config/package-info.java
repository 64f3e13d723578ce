/**
 * Every {@code KOHAKU_HUB_*} setting: its name, its place in the TOML file, its default and its check. A system property
 * or the environment wins over the file that {@code HUB_CONFIG} names, the file over the default.
 */
package org.kohakuhub.config;
