package org.kohakuhub.content;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
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
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectInfo;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.CommitRecord;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.version.VersionStore;

/** Lists folders, and tells of many paths at once. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TreeService {
    private static final int SUMMED_AT_ONCE = 1_000;

    private final AccessPolicy access;
    private final VersionStore versions;
    private final Revisions revisions;
    private final ContentObjects contents;

    @SuppressWarnings("NullAway")
    protected TreeService() { // the container's proxy only
        this(null, null, null, null);
    }

    @Inject
    public TreeService(AccessPolicy access, VersionStore versions, Revisions revisions, ContentObjects contents) {
        this.access = access;
        this.versions = versions;
        this.revisions = revisions;
        this.contents = contents;
    }

    /**
     * A page of a folder's entries in git's order.
     *
     * @param after the path of the last entry of the page before; empty for the first page
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND, ENTRY_NOT_FOUND
     */
    public Page list(Caller caller, RepoId name, Wanted wanted, String after, int limit) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        Optional<GitOid> commit = revisions.commit(repo, wanted.revision());
        if (commit.isEmpty()) {
            if (wanted.folder().isPresent()) {
                throw new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
            }
            return new Page(List.of(), Optional.empty());
        }
        VersionStore.TreePage page =
                versions.list(repo, commit.get(), wanted.folder(), wanted.recursive(), after, limit);
        List<TreeEntry> entries = page.entries();
        Optional<String> next = page.more() && !entries.isEmpty()
                ? Optional.of(entries.get(entries.size() - 1).path())
                : Optional.empty();
        return new Page(listed(repo, commit.get(), entries, wanted.lastCommits()), next);
    }

    /**
     * What is at these paths, in their order; where nothing is, nothing is told.
     *
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND
     */
    public List<ListedEntry> paths(
            Caller caller, RepoId name, Revision revision, List<FilePath> paths, boolean lastCommits) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        Optional<GitOid> commit = revisions.commit(repo, revision);
        if (commit.isEmpty()) {
            return List.of();
        }
        return listed(repo, commit.get(), versions.entries(repo, commit.get(), paths), lastCommits);
    }

    /**
     * What the files in a folder, or one file, take together, in bytes; large ones at their own size.
     *
     * @param path empty for the root
     * @throws HubException REPO_NOT_FOUND, GATED_REPO, REVISION_NOT_FOUND, ENTRY_NOT_FOUND
     */
    public long size(Caller caller, RepoId name, Revision revision, Optional<FilePath> path) {
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        Optional<GitOid> commit = revisions.commit(repo, revision);
        Optional<TreeEntry> file = commit.flatMap(at -> path.flatMap(wanted -> versions.entry(repo, at, wanted)))
                .filter(entry -> !entry.directory());
        if (file.isPresent()) {
            return bytes(file.get());
        }
        if (commit.isEmpty()) {
            if (path.isPresent()) {
                throw new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
            }
            return 0;
        }
        long sum = 0;
        String after = "";
        while (true) {
            VersionStore.TreePage page = versions.list(repo, commit.get(), path, true, after, SUMMED_AT_ONCE);
            List<TreeEntry> entries = page.entries();
            sum += entries.stream()
                    .filter(entry -> !entry.directory())
                    .mapToLong(TreeService::bytes)
                    .sum();
            if (!page.more() || entries.isEmpty()) {
                return sum;
            }
            after = entries.get(entries.size() - 1).path();
        }
    }

    private static long bytes(TreeEntry file) {
        return file.lfs().map(LfsPointer::size).orElse(file.size());
    }

    private List<ListedEntry> listed(RepoKey repo, GitOid commit, List<TreeEntry> entries, boolean lastCommits) {
        Map<String, CommitRecord> commits = lastCommits && !entries.isEmpty()
                ? versions.lastCommits(
                        repo, commit, entries.stream().map(TreeEntry::path).toList())
                : Map.of();
        Map<Sha256, ObjectInfo> objects = objects(repo, entries);
        return entries.stream()
                .map(entry -> new ListedEntry(
                        entry,
                        Optional.ofNullable(commits.get(entry.path())),
                        entry.lfs().map(pointer -> objects.get(pointer.oid())).flatMap(ObjectInfo::xet)))
                .toList();
    }

    private Map<Sha256, ObjectInfo> objects(RepoKey repo, List<TreeEntry> entries) {
        List<Sha256> oids = entries.stream()
                .flatMap(entry -> entry.lfs().stream())
                .map(LfsPointer::oid)
                .toList();
        return oids.isEmpty() ? Map.of() : contents.granted(repo, oids);
    }

    /**
     * Which folder.
     *
     * @param folder empty for the root
     * @param recursive whether what is below its folders is listed too
     * @param lastCommits whether each entry's newest commit is wanted, which costs a walk through the history
     */
    public record Wanted(Revision revision, Optional<FilePath> folder, boolean recursive, boolean lastCommits) {}

    /**
     * Entries of a page.
     *
     * @param next what the following page must be given as {@code after}, if one follows
     */
    public record Page(List<ListedEntry> entries, Optional<String> next) {}
}
