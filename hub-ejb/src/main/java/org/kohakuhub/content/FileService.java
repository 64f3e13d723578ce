package org.kohakuhub.content;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Finds one file. What it takes is in SQL and in git; the object store is not asked before bytes are wanted. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FileService {
    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;

    @SuppressWarnings("NullAway")
    protected FileService() { // the container's proxy only
        this(null, null, null);
    }

    @Inject
    public FileService(AccessPolicy access, VersionStore versions, Revisions revisions) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
    }

    /**
     * The file at a path.
     *
     * @param path empty where no file can have the path that the client wrote
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND. A missing file is none:
     *     its answer names the commit all the same.
     */
    public Found find(Caller caller, RepoId name, Revision revision, Optional<FilePath> path) {
        RepoKey repo = access.require(caller, Action.READ, name);
        Optional<GitOid> commit = revisions.commit(repo, revision);
        Optional<TreeEntry> file = commit.flatMap(at -> path.flatMap(wanted -> versions.entry(repo, at, wanted)))
                .filter(entry -> !entry.directory());
        return new Found(repo, commit, file);
    }

    /** The bytes of a file that stands in git itself; the caller closes the stream. */
    public InputStream open(RepoKey repo, TreeEntry file) {
        return versions.open(repo, file.oid());
    }

    /**
     * Where the search ended.
     *
     * @param commit what the revision stands for; empty in a repository without commits
     * @param file empty where no file is
     */
    public record Found(RepoKey repo, Optional<GitOid> commit, Optional<TreeEntry> file) {}
}
