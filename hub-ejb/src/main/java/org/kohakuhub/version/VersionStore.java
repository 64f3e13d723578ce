package org.kohakuhub.version;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Revision;

/**
 * Git repositories as the hub's services see them. Every method opens the repository for itself, and none may be called
 * while a transaction is open, because objects may be read from or written to the object store.
 */
public interface VersionStore {
    /** Gives a repository (whose row exists) its first commit on {@code main}, and HEAD. */
    GitOid initialize(RepoKey repo, Author author, String message, Map<FilePath, byte[]> files);

    /** The commit that a revision stands for: branch, tag, whole ref, full or abbreviated (5 digits or more) id. */
    GitOid resolve(RepoKey repo, Revision revision);

    /** The head of a branch or another whole ref, if there is one. */
    Optional<GitOid> head(RepoKey repo, String ref);

    /** The heads of this ref of several repositories, by their rows' ids, in one look. */
    Map<String, GitOid> heads(Collection<RepoKey> repos, String ref);

    /** What is at a path, if there is anything. */
    Optional<TreeEntry> entry(RepoKey repo, GitOid commit, FilePath path);

    /** What is at these paths, in their order, without those where there is nothing. */
    List<TreeEntry> entries(RepoKey repo, GitOid commit, Collection<FilePath> paths);

    /**
     * A page of a folder's entries in git's order.
     *
     * @param folder empty for the root
     * @param after the path of the page before's last entry; empty for the first page
     * @throws org.kohakuhub.common.HubException ENTRY_NOT_FOUND if the path is missing or a file
     */
    TreePage list(RepoKey repo, GitOid commit, Optional<FilePath> folder, boolean recursive, String after, int limit);

    /** All files of a commit, passed one by one as they are read; nothing is held. */
    void forEachFile(RepoKey repo, GitOid commit, Consumer<TreeEntry> each);

    /** A blob's whole content; TOO_LARGE above {@code limit} bytes. */
    byte[] read(RepoKey repo, GitOid blob, int limit);

    /** A blob as a stream that the caller closes. */
    InputStream open(RepoKey repo, GitOid blob);

    /** For each of the paths the newest commit, reachable from {@code commit}, that changed it. */
    Map<String, CommitRecord> lastCommits(RepoKey repo, GitOid commit, Collection<String> paths);

    /** A page of the log, newest first. */
    List<CommitRecord> log(RepoKey repo, GitOid from, int skip, int limit);

    /** The commits behind {@code to} that are not behind {@code from}, oldest first; of more than {@code limit} the newest. */
    List<CommitRecord> between(RepoKey repo, GitOid from, GitOid to, int limit);

    /** The newest commit that is behind both, if they have any in common. */
    Optional<GitOid> mergeBase(RepoKey repo, GitOid one, GitOid other);

    /** One commit. */
    CommitRecord commit(RepoKey repo, GitOid commit);

    /**
     * What changed between two commits, by path.
     *
     * @param from empty to compare with nothing
     * @param after the path of the page before's last change; empty for the first page
     */
    ChangePage changes(RepoKey repo, Optional<GitOid> from, GitOid to, String after, int limit);

    /** All refs below a prefix such as {@code refs/heads/}, by name. */
    List<RefRecord> refs(RepoKey repo, String prefix);

    /**
     * Branches that were removed, each by its last removal, newest first. Whether another has the name now is not asked.
     *
     * @param since older removals do not count
     * @param branch only this one, without {@code refs/heads/}; empty: all
     * @param before where the page before ended; empty for the first page
     */
    List<RemovedBranch> removedBranches(
            RepoKey repo, Instant since, Optional<String> branch, Optional<RemovedBranch.Place> before, int limit);

    /** Makes a ref; CONFLICT if it exists. */
    void createRef(RepoKey repo, String ref, GitOid commit, Author actor, Optional<String> tagMessage);

    /** Removes a ref; REVISION_NOT_FOUND if it is missing. */
    void deleteRef(RepoKey repo, String ref, Author actor);

    /**
     * Leaves a repository's bytes in the object store to the sweep. Called in the transaction that removes its row, before
     * that: the one method that wants a transaction.
     */
    void abandon(RepoKey repo);

    /** Begins a commit. */
    CommitWriter write(RepoKey repo);

    /**
     * Writes all that a repository's refs lead to into one pack, now, whatever its size. Readers and writers go on.
     *
     * @throws org.kohakuhub.common.HubException CONFLICT if somebody is at it already, or was faster
     */
    Repacked repack(RepoKey repo);

    /** Packs of a repository, and the bytes in them, before and after; what no ref leads to is kept in a pack of its own. */
    record Repacked(int packsBefore, long bytesBefore, int packsAfter, long bytesAfter) {}

    /** A page of {@link #changes}; {@code more} tells whether changes follow. Moved files are found in whole pages only. */
    record ChangePage(List<FileChange> changes, boolean more) {}

    /** A page of {@link #list}; {@code more} tells whether entries follow. */
    record TreePage(List<TreeEntry> entries, boolean more) {}
}
