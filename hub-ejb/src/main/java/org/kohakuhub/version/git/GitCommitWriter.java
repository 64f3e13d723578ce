package org.kohakuhub.version.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Text;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.CommitDraft;
import org.kohakuhub.version.CommitWriter;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.TreeChange;

/** A commit in the making: blobs first, then trees and the commit on top of whatever the branch's head is by then. */
final class GitCommitWriter implements CommitWriter {
    /** More blob bytes than this are uploaded before the branch is locked. */
    private static final long FLUSH_EARLY = SqlObjDatabase.LARGEST_INLINE;

    /** Longer than any .gitattributes that people write. */
    private static final int LONGEST_APPENDED_TO = 8 << 20;

    private final Storage storage;
    private final BranchMover mover;
    private final SqlRepository repository;
    private final ObjectInserter inserter;
    private long inserted;

    GitCommitWriter(RepoKey repo, Storage storage, BranchLocks locks, PackMaintenance maintenance) {
        this.storage = storage;
        this.mover = new BranchMover(storage, locks, maintenance);
        this.repository = SqlRepository.open(repo, storage);
        this.inserter = repository.newObjectInserter();
    }

    @Override
    public GitOid insertBlob(InputStream content, long length) {
        try {
            inserted += length;
            return oid(inserter.insert(Constants.OBJ_BLOB, length, content));
        } catch (IOException e) {
            throw GitFailures.writing(repository.key(), e);
        }
    }

    @Override
    public GitOid commit(CommitDraft draft) {
        try {
            if (inserted > FLUSH_EARLY) {
                inserter.flush();
                repository.getObjectDatabase().uploadStaged();
            }
            return mover.move(repository, draft.branch(), draft.author(), "commit: " + draft.message(), head -> {
                checkParent(draft, head);
                Optional<GitOid> parent = head.or(draft::start);
                Optional<GitOid> built = build(draft, parent);
                return built.isEmpty() && head.isEmpty() ? parent : built; // a new ref appears in any case
            });
        } catch (IOException e) {
            throw GitFailures.writing(repository.key(), e);
        }
    }

    private static void checkParent(CommitDraft draft, Optional<GitOid> head) {
        if (draft.parentCommit().isEmpty()) {
            return;
        }
        String parent = draft.parentCommit().get();
        if (head.isEmpty() || !head.get().hex().startsWith(parent)) {
            throw new HubException(
                    ErrorKind.STALE_PARENT,
                    "A commit has happened since. The branch was updated since you opened this page."
                            + " Please refresh and try again.");
        }
    }

    /** Builds trees and the commit on {@code head}; empty if the tree stays as it is. */
    private Optional<GitOid> build(CommitDraft draft, Optional<GitOid> head) throws IOException {
        try (ObjectReader reader = inserter.newReader();
                RevWalk walk = new RevWalk(reader)) {
            boolean newBranch = head.isEmpty();
            if (newBranch && !draft.branch().equals(RefNames.HEADS + "main")) {
                throw new HubException(
                        ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(shortName(draft.branch())));
            }
            ObjectId parent = newBranch ? null : ObjectId.fromString(head.get().hex());
            ObjectId before = newBranch ? null : walk.parseCommit(parent).getTree();
            TreeEditor editor = new TreeEditor(reader, before);
            for (TreeChange change : draft.changes()) {
                apply(editor, change, reader);
            }
            ObjectId after = editor.write(inserter);
            if (after.equals(before)) {
                return Optional.empty();
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(after);
            if (parent != null) {
                commit.setParentId(parent);
            }
            PersonIdent ident = ident(draft.author(), storage);
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage(draft.message());
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return Optional.of(oid(id));
        }
    }

    private static String shortName(String ref) {
        return ref.startsWith(RefNames.HEADS) ? ref.substring(RefNames.HEADS.length()) : ref;
    }

    static PersonIdent ident(Author author, Storage storage) {
        return new PersonIdent(author.name(), author.email(), storage.clock().instant(), java.time.ZoneOffset.UTC);
    }

    private void apply(TreeEditor editor, TreeChange change, ObjectReader reader) throws IOException {
        if (change instanceof TreeChange.PutBlob put) {
            editor.put(
                    put.path(),
                    FileMode.REGULAR_FILE,
                    ObjectId.fromString(put.blob().hex()));
        } else if (change instanceof TreeChange.PutPointer put) {
            byte[] pointer = LfsPointer.render(put.oid(), put.size());
            editor.put(put.path(), FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, pointer));
        } else if (change instanceof TreeChange.DeleteFile delete) {
            editor.remove(delete.path(), false);
        } else if (change instanceof TreeChange.DeleteFolder delete) {
            editor.remove(delete.path(), true);
        } else if (change instanceof TreeChange.AppendLines append) {
            append(editor, append, reader);
        } else if (change instanceof TreeChange.Copy copy) {
            copy(editor, copy, reader);
        } else {
            throw new AssertionError(change);
        }
    }

    private void append(TreeEditor editor, TreeChange.AppendLines append, ObjectReader reader) throws IOException {
        Optional<TreeEditor.Found> found = editor.find(append.path(), inserter);
        byte[] before = found.isPresent() && !FileMode.TREE.equals(found.get().mode())
                ? reader.open(found.get().id(), Constants.OBJ_BLOB).getCachedBytes(LONGEST_APPENDED_TO)
                : new byte[0];
        String text = new String(before, StandardCharsets.ISO_8859_1); // keeps every byte, whatever it means
        Set<String> present = text.lines().collect(Collectors.toSet());
        StringBuilder after = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            after.append('\n');
        }
        append.lines().stream()
                .map(line -> new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .filter(present::add)
                .forEach(line -> after.append(line).append('\n'));
        byte[] content = after.toString().getBytes(StandardCharsets.ISO_8859_1);
        editor.put(append.path(), FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
    }

    private static void copy(TreeEditor editor, TreeChange.Copy copy, ObjectReader reader) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            ObjectId tree =
                    walk.parseCommit(ObjectId.fromString(copy.at().hex())).getTree();
            try (TreeWalk found = TreeWalk.forPath(reader, copy.source().text(), tree)) {
                if (found == null) {
                    throw new HubException(
                            ErrorKind.ENTRY_NOT_FOUND,
                            "File to copy does not exist: "
                                    + Text.shown(copy.source().text()));
                }
                editor.put(copy.path(), found.getFileMode(0), found.getObjectId(0));
            }
        }
    }

    private static GitOid oid(ObjectId id) {
        return new GitOid(id.name());
    }

    @Override
    public void close() {
        inserter.close();
        repository.close();
    }
}
