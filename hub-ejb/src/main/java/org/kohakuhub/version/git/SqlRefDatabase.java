package org.kohakuhub.version.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.SymbolicRef;
import org.eclipse.jgit.util.RefList;
import org.kohakuhub.common.GitOid;

/** A repository's refs as JGit wants to see them. */
final class SqlRefDatabase extends DfsRefDatabase {
    private final SqlRepository repository;
    private final Storage storage;
    private List<Ref> kept = List.of();

    SqlRefDatabase(SqlRepository repository, Storage storage) {
        super(repository);
        this.repository = repository;
        this.storage = storage;
    }

    @Override
    protected RefCache scanAllRefs() {
        RefList.Builder<Ref> direct = new RefList.Builder<>();
        List<RefRows.Row> rows = storage.refs().all(repository.key().id(), "");
        for (RefRows.Row row : rows) {
            if (row.target() == null) {
                direct.add(ref(row));
            }
        }
        direct.sort();
        RefList<Ref> leaves = direct.toRefList();
        RefList.Builder<Ref> all = new RefList.Builder<>();
        RefList.Builder<Ref> symbolic = new RefList.Builder<>();
        for (RefRows.Row row : rows) {
            if (row.target() == null) {
                all.add(leaves.get(row.name()));
            } else {
                Ref target = leaves.get(row.target());
                Ref link = new SymbolicRef(
                        row.name(),
                        target == null ? new ObjectIdRef.Unpeeled(Ref.Storage.NEW, row.target(), null) : target);
                all.add(link);
                symbolic.add(link);
            }
        }
        all.sort();
        symbolic.sort();
        return new RefCache(all.toRefList(), symbolic.toRefList());
    }

    private static Ref ref(RefRows.Row row) {
        ObjectId oid = ObjectId.fromString(row.oid());
        return row.peeled() == null
                ? new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, row.name(), oid)
                : new ObjectIdRef.PeeledTag(Ref.Storage.PACKED, row.name(), oid, ObjectId.fromString(row.peeled()));
    }

    /** Has these commits counted as reachable when garbage is collected, though no ref leads to them. */
    void keep(List<ObjectId> commits) {
        List<Ref> refs = new ArrayList<>();
        commits.forEach(commit ->
                refs.add(new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, "refs/hub/deleted/" + refs.size(), commit)));
        kept = refs;
    }

    @Override
    public List<Ref> getAdditionalRefs() {
        return kept;
    }

    @Override
    protected boolean compareAndPut(Ref old, Ref next) {
        if (next.isSymbolic()) {
            storage.publisher().linkHead(repository.key(), next.getTarget().getName());
            return true;
        }
        return move(new RefStep(
                next.getName(),
                oid(old == null ? null : old.getObjectId()),
                oid(next.getObjectId()),
                oid(next.getPeeledObjectId())));
    }

    @Override
    protected boolean compareAndRemove(Ref old) {
        return move(new RefStep(old.getName(), oid(old.getObjectId()), Optional.empty(), Optional.empty()));
    }

    private boolean move(RefStep step) {
        try {
            SqlObjDatabase objects = repository.getObjectDatabase();
            storage.publisher().publish(repository.key(), objects.uploadStaged(), List.of(step), "git", "update");
            objects.published();
            return true;
        } catch (SwapLostException lost) {
            return false;
        }
    }

    private static Optional<GitOid> oid(ObjectId id) {
        return Optional.ofNullable(id).map(present -> new GitOid(present.name()));
    }

    @Override
    public BatchRefUpdate newBatchUpdate() {
        return new RefBatch(repository, storage);
    }

    @Override
    public boolean performsAtomicTransactions() {
        return true;
    }

    @Override
    protected void cachePeeledState(Ref oldLeaf, Ref newLeaf) {
        // rows carry the peeled id from the start; reading must not write
    }

    @Override
    public ReflogReader getReflogReader(Ref ref) {
        return null; // the reflog is the hub's own and no part of the git protocol
    }
}
