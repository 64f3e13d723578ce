package org.kohakuhub.lfs;

import java.net.URI;
import org.kohakuhub.object.ObjectStore.Audience;

/**
 * By which addresses the caller reached the hub: those that it is told must be on the same host.
 *
 * @param base the hub as the caller knows it, without trailing slash
 * @param audience the same for the object store
 */
public record Visit(URI base, Audience audience) {}
