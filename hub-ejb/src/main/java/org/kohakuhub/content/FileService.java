package org.kohakuhub.content;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;
import org.kohakuhub.xet.XetFiles;
import org.kohakuhub.xet.XetJobs;

/** Finds one file. What it takes is in SQL and in git; the object store is not asked before bytes are wanted. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FileService {
    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;
    private final ContentObjects contents;
    private final XetFiles xet;
    private final XetJobs jobs;

    @SuppressWarnings("NullAway")
    protected FileService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public FileService(
            AccessPolicy access,
            VersionStore versions,
            Revisions revisions,
            ContentObjects contents,
            XetFiles xet,
            XetJobs jobs) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
        this.contents = contents;
        this.xet = xet;
        this.jobs = jobs;
    }

    /**
     * The file at a path.
     *
     * @param path empty where no file can have the path that the client wrote
     * @throws org.kohakuhub.common.HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND. A missing file is none:
     *     its answer names the commit all the same.
     */
    public Found find(Caller caller, RepoId name, Revision revision, Optional<FilePath> path) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        Optional<GitOid> commit = revisions.commit(repo, revision);
        Optional<TreeEntry> file = commit.flatMap(at -> path.flatMap(wanted -> versions.entry(repo, at, wanted)))
                .filter(entry -> !entry.directory());
        Optional<ObjectInfo> content = file.flatMap(TreeEntry::lfs)
                .flatMap(pointer -> contents.granted(repo, List.of(pointer.oid())).values().stream()
                        .findFirst());
        // a pointer whose content was deleted for good is no file any more
        Optional<TreeEntry> readable = file.filter(entry -> entry.lfs().isEmpty() || content.isPresent());
        return new Found(repo, commit, readable, content.flatMap(ObjectInfo::xet));
    }

    /** Where a whole copy of a file's bytes answers a GET; empty where the hub has to send them itself. */
    public Optional<URI> address(
            RepoKey repo, TreeEntry file, ContentDisposition disposition, String type, Audience audience) {
        return file.lfs().flatMap(pointer -> contents.download(repo, pointer.oid(), disposition, type, audience));
    }

    /**
     * A file's bytes from {@code from} on, {@code length} of them, which must be there; the caller closes the stream.
     *
     * @throws HubException ENTRY_NOT_FOUND if the repository has no right to them
     */
    public InputStream open(Found found, long from, long length) {
        TreeEntry file = found.file().orElseThrow();
        if (file.lfs().isPresent()) {
            Sha256 oid = file.lfs().get().oid();
            return contents.open(found.repo(), oid, from, length).orElseGet(() -> {
                XetHash hash = found.xet()
                        .orElseThrow(() -> new HubException(
                                ErrorKind.ENTRY_NOT_FOUND, "This repository has no content with oid " + oid));
                jobs.readPlainly(oid);
                return xet.open(hash, from, length);
            });
        }
        InputStream whole = versions.open(found.repo(), file.oid());
        try {
            whole.skipNBytes(from);
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where the search ended.
     *
     * @param commit what the revision stands for; empty in a repository without commits
     * @param file empty where no file is
     * @param xet the file's hash, where it can be had by the Xet protocol
     */
    public record Found(RepoKey repo, Optional<GitOid> commit, Optional<TreeEntry> file, Optional<XetHash> xet) {}
}
