package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.version.LfsPointer;

/** Writes histories anew without some git-lfs pointers; what has none of them stays the same object. For one thread. */
final class HistoryRewrite implements AutoCloseable {
    private final ObjectInserter inserter;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final PointerCache pointers;
    private final Set<Sha256> unwanted;
    private final Map<ObjectId, ObjectId> commits = new HashMap<>();

    /** Folders that nothing is left of have null. */
    private final Map<ObjectId, ObjectId> trees = new HashMap<>();

    HistoryRewrite(ObjectInserter inserter, PointerCache pointers, Set<Sha256> unwanted) {
        this.inserter = inserter;
        this.reader = inserter.newReader();
        this.walk = new RevWalk(reader);
        this.pointers = pointers;
        this.unwanted = unwanted;
    }

    /** How a ref has to move; empty if its history has none of the pointers. */
    Optional<RefStep> step(RefRows.Row row) throws IOException {
        ObjectId before = ObjectId.fromString(row.oid());
        ObjectId after = object(before);
        if (after.equals(before)) {
            return Optional.empty();
        }
        Optional<GitOid> peeled = row.peeled() == null
                ? Optional.empty()
                : Optional.of(oid(commits.get(ObjectId.fromString(row.peeled()))));
        return Optional.of(new RefStep(row.name(), Optional.of(oid(before)), Optional.of(oid(after)), peeled));
    }

    private static GitOid oid(ObjectId id) {
        return new GitOid(id.name());
    }

    private ObjectId object(ObjectId id) throws IOException {
        RevObject object = walk.parseAny(id);
        if (object instanceof RevCommit commit) {
            return history(commit);
        }
        if (object instanceof RevTag tag) {
            ObjectId target = tag.getObject();
            ObjectId rewritten = object(target);
            return rewritten.equals(target) ? id : tag(tag, rewritten);
        }
        return id; // a tag may name a file, which is not worth an exception
    }

    private ObjectId tag(RevTag tag, ObjectId target) throws IOException {
        TagBuilder next = new TagBuilder();
        next.setTag(tag.getTagName());
        next.setObjectId(target, tag.getObject().getType());
        next.setTagger(tag.getTaggerIdent());
        next.setMessage(tag.getShortMessage().isEmpty() ? "" : messageOf(tag));
        return inserter.insert(next);
    }

    /** Without the signature, which is part of a tag's message. */
    private static String messageOf(RevTag tag) {
        String message = tag.getFullMessage();
        int signature = message.indexOf("-----BEGIN ");
        return signature < 0 ? message : message.substring(0, signature);
    }

    private ObjectId history(RevCommit tip) throws IOException {
        if (!commits.containsKey(tip)) {
            try (RevWalk up = new RevWalk(reader)) {
                up.sort(RevSort.TOPO);
                up.sort(RevSort.REVERSE, true);
                up.markStart(up.parseCommit(tip));
                for (RevCommit commit = up.next(); commit != null; commit = up.next()) {
                    if (!commits.containsKey(commit)) {
                        commits.put(commit.copy(), rewritten(commit));
                    }
                }
            }
        }
        return commits.get(tip);
    }

    /** Parents come before their children. */
    private ObjectId rewritten(RevCommit commit) throws IOException {
        ObjectId tree = tree(commit.getTree());
        if (tree == null) {
            tree = inserter.insert(new TreeFormatter()); // a commit may have no file, a folder may not
        }
        boolean same = tree.equals(commit.getTree());
        ObjectId[] parents = new ObjectId[commit.getParentCount()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = commits.get(commit.getParent(i));
            same &= parents[i].equals(commit.getParent(i));
        }
        if (same) {
            return commit.copy();
        }
        CommitBuilder next = new CommitBuilder();
        next.setTreeId(tree);
        next.setParentIds(parents);
        next.setAuthor(commit.getAuthorIdent());
        next.setCommitter(commit.getCommitterIdent());
        next.setMessage(commit.getFullMessage());
        return inserter.insert(next);
    }

    private ObjectId tree(ObjectId id) throws IOException {
        if (trees.containsKey(id)) {
            return trees.get(id);
        }
        TreeFormatter left = new TreeFormatter();
        boolean same = true;
        boolean empty = true;
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, id);
        for (; !entries.eof(); entries.next(1)) {
            ObjectId before = entries.getEntryObjectId();
            FileMode mode = entries.getEntryFileMode();
            ObjectId after = entry(before, mode);
            same &= before.equals(after);
            if (after != null) {
                left.append(entries.getEntryPathBuffer(), nameStart(entries), entries.getNameLength(), mode, after);
                empty = false;
            }
        }
        ObjectId result = same ? id.copy() : empty ? null : inserter.insert(left);
        trees.put(id.copy(), result);
        return result;
    }

    private static int nameStart(CanonicalTreeParser entries) {
        return entries.getEntryPathLength() - entries.getNameLength();
    }

    private ObjectId entry(ObjectId id, FileMode mode) throws IOException {
        if (FileMode.TREE.equals(mode)) {
            return tree(id);
        }
        boolean file = FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
        return file && isUnwanted(id) ? null : id;
    }

    private boolean isUnwanted(ObjectId blob) throws IOException {
        return pointers.pointer(reader, blob, reader.getObjectSize(blob, Constants.OBJ_BLOB))
                .map(LfsPointer::oid)
                .filter(unwanted::contains)
                .isPresent();
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
    }
}
