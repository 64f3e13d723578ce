package org.kohakuhub.web.collection;

import jakarta.ws.rs.PathParam;

/** The collection that a path names. */
public class CollectionPath {
    @PathParam("namespace")
    private String namespace;

    @PathParam("slug")
    private String slug;

    /** For JAX-RS. */
    public CollectionPath() {}

    /** The address as it came. */
    String slug() {
        return namespace + '/' + slug;
    }
}
