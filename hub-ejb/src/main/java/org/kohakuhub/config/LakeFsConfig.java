package org.kohakuhub.config;

import java.net.URI;
import java.util.Optional;

/**
 * The LakeFS server that repositories are mirrored to.
 *
 * @param endpoint empty: there is none
 * @param repoNamespace the first part of the names of repositories there
 */
public record LakeFsConfig(Optional<URI> endpoint, String accessKey, Secret secretKey, String repoNamespace) {}
