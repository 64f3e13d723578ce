package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.version.Author;
import org.kohakuhub.version.LfsPointer;
import org.kohakuhub.version.PointerHistory;

/** Walks histories for pointers, on JGit's objects. */
@ApplicationScoped
class GitPointerHistory implements PointerHistory {
    private static final String ALL = "refs/";
    private static final String MAIN = RefNames.HEADS + "main";

    /** Each costs a walk of what has changed; a repository that moves faster is asked to be left alone. */
    private static final int ATTEMPTS = 5;

    private final Storage storage;
    private final PointerCache pointers;
    private final PackMaintenance maintenance;

    /** For the container's proxy only. */
    protected GitPointerHistory() {
        this(null, null, null);
    }

    @Inject
    GitPointerHistory(Storage storage, PointerCache pointers, PackMaintenance maintenance) {
        this.storage = storage;
        this.pointers = pointers;
        this.maintenance = maintenance;
    }

    /** Takes each pointer with the path at which it was met first. */
    private interface Sink {
        /** Whether to go on. */
        boolean meet(String path, LfsPointer pointer);
    }

    @Override
    public Map<Sha256, Place> places(RepoKey repo, Collection<Sha256> wanted) {
        Map<Sha256, Place> places = new HashMap<>();
        Set<Sha256> missing = new HashSet<>(wanted);
        Set<ObjectId> seen = new HashSet<>();
        try (SqlRepository repository = SqlRepository.open(repo, storage)) {
            for (RefRows.Row row : refs(repo)) {
                if (missing.isEmpty()) {
                    break;
                }
                ObjectId tip = ObjectId.fromString(row.commit().hex());
                if (seen.contains(tip)) {
                    continue;
                }
                walk(repository, List.of(tip), seen, (path, pointer) -> {
                    if (missing.remove(pointer.oid())) {
                        places.put(pointer.oid(), new Place(path, row.name()));
                    }
                    return !missing.isEmpty();
                });
                seen.add(tip);
            }
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
        return places;
    }

    private List<RefRows.Row> refs(RepoKey repo) {
        return storage.refs().all(repo.id(), ALL).stream()
                .filter(row -> row.target() == null)
                .sorted(Comparator.comparing((RefRows.Row row) -> !row.name().equals(MAIN))
                        .thenComparing(row -> !row.name().startsWith(RefNames.HEADS)))
                .toList();
    }

    @Override
    public Set<Sha256> reachable(RepoKey repo) {
        Set<Sha256> reachable = new HashSet<>();
        Set<ObjectId> tips = new HashSet<>();
        refs(repo).forEach(row -> tips.add(ObjectId.fromString(row.commit().hex())));
        storage.refs().removed(repo.id()).forEach(oid -> tips.add(ObjectId.fromString(oid)));
        try (SqlRepository repository = SqlRepository.open(repo, storage)) {
            walk(repository, tips, Set.of(), (path, pointer) -> {
                reachable.add(pointer.oid());
                return true;
            });
        } catch (IOException e) {
            throw GitFailures.reading(repo, e);
        }
        return reachable;
    }

    private void walk(SqlRepository repository, Collection<ObjectId> tips, Collection<ObjectId> without, Sink sink)
            throws IOException {
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            walk.setRetainBody(false);
            for (ObjectId tip : tips) {
                Optional<RevObject> found = parse(walk, tip);
                if (found.isPresent()) {
                    walk.markStart(found.get());
                }
            }
            for (ObjectId tip : without) {
                walk.markUninteresting(walk.parseAny(tip));
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                continue; // their trees come after them
            }
            ObjectReader reader = walk.getObjectReader();
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                if (object.getType() != Constants.OBJ_BLOB) {
                    continue;
                }
                String path = walk.getPathString();
                Optional<LfsPointer> pointer =
                        pointers.pointer(reader, object, reader.getObjectSize(object, Constants.OBJ_BLOB));
                if (pointer.isPresent() && !sink.meet(path == null ? object.name() : path, pointer.get())) {
                    return;
                }
            }
        }
    }

    /** What a removed ref led to may be gone by now. */
    private static Optional<RevObject> parse(ObjectWalk walk, ObjectId tip) throws IOException {
        try {
            return Optional.of(walk.parseAny(tip));
        } catch (MissingObjectException gone) {
            return Optional.empty();
        }
    }

    @Override
    public int remove(RepoKey repo, Set<Sha256> contents, Author actor) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (SqlRepository repository = SqlRepository.open(repo, storage);
                    ObjectInserter inserter = repository.newObjectInserter();
                    HistoryRewrite rewrite = new HistoryRewrite(inserter, pointers, contents)) {
                List<RefStep> steps = new ArrayList<>();
                for (RefRows.Row row : refs(repo)) {
                    rewrite.step(row).ifPresent(steps::add);
                }
                if (steps.isEmpty()) {
                    return 0;
                }
                inserter.flush();
                SqlObjDatabase objects = repository.getObjectDatabase();
                storage.publisher()
                        .publish(repo, objects.uploadStaged(), steps, actor.name(), "remove LFS files from history");
                objects.published();
                maintenance.after(repo);
                return steps.size();
            } catch (SwapLostException moved) {
                continue;
            } catch (IOException e) {
                throw GitFailures.writing(repo, e);
            }
        }
        throw new HubException(ErrorKind.UNAVAILABLE, "The branches keep moving, try again");
    }
}
