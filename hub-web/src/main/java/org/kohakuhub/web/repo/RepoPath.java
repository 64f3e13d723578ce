package org.kohakuhub.web.repo;

import jakarta.ws.rs.PathParam;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;

/**
 * The repository that a path names, as raw strings. They are judged in {@link #repoId}, inside the resource's method: an
 * error while JAX-RS makes this object would be the server's own page.
 */
public class RepoPath {
    /** The part of a path that names a type of repository. */
    public static final String TYPE = "{type: " + RepoType.PLURALS + "}";

    /** The part of a path that names a repository of any type. */
    public static final String TYPED = TYPE + "/{namespace}/{name}";

    /** How the paths of a repository's resources begin. */
    public static final String API = "/api/" + TYPED;

    @PathParam("type")
    private String type;

    @PathParam("namespace")
    private String namespace;

    @PathParam("name")
    private String name;

    /** For JAX-RS. */
    public RepoPath() {}

    /**
     * The repository's address; where the path has no type, a model's.
     *
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND if no repository can have this name
     */
    public RepoId repoId() {
        return RepoAddress.read(type == null ? RepoType.MODEL : RepoType.parse(type), namespace, name);
    }
}
