package org.kohakuhub.version.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackLock;

/**
 * A pack that a client pushes. A large one is taken in by all processors: this thread reads, others name and check objects
 * that are whole, then all make what is stored as deltas. A small one, or one of very large objects, is left to JGit's own
 * parser.
 */
final class ArrivingPack extends DfsPackParser {
    /** Below this many objects there is nothing to share out. */
    private static final int WORTH_SHARING = 1_000;

    /** Above this many the numbers of a pack's objects do not go with the memory of a small server. */
    private static final int MOST = 4_000_000;

    /** So many bytes are handed to another thread at once. */
    private static final int BATCH = 256 << 10;

    private final SqlObjDatabase database;
    private final PackInput in;
    private final Queue<ArrivalInspector> idle = new ConcurrentLinkedQueue<>();
    private ArrivalChecker checker;
    private long largestObject = Long.MAX_VALUE;
    private boolean namesAreAsked;

    ArrivingPack(SqlObjDatabase database, DfsInserter inserter, PackInput in) {
        super(database, inserter, in);
        this.database = database;
        this.in = in;
    }

    @Override
    public void setObjectChecker(ObjectChecker objects) {
        super.setObjectChecker(objects);
        checker = objects instanceof ArrivalChecker arrivals ? arrivals : null;
    }

    @Override
    public void setNeedNewObjectIds(boolean asked) {
        super.setNeedNewObjectIds(asked);
        namesAreAsked = asked;
    }

    @Override
    public void setMaxObjectSizeLimit(long bytes) {
        super.setMaxObjectSizeLimit(bytes);
        largestObject = bytes > 0 ? bytes : Long.MAX_VALUE;
    }

    @Override
    public PackLock parse(ProgressMonitor receiving, ProgressMonitor resolving) throws IOException {
        long objects = in.promisedObjects();
        if (checker == null || namesAreAsked || objects < WORTH_SHARING || objects > MOST) {
            return super.parse(receiving, resolving);
        }
        StagedFiles files = new StagedFiles(database);
        boolean staged = false;
        try {
            staged = share(files, (int) objects, resolving == null ? NullProgressMonitor.INSTANCE : resolving);
            return staged ? null : super.parse(receiving, resolving);
        } finally {
            if (!staged) {
                files.discard();
            }
        }
    }

    /** Stages the pack, or has it ready to be read once more. */
    private boolean share(StagedFiles files, int objects, ProgressMonitor resolving) throws IOException {
        PackEntries entries = new PackEntries(objects);
        PackLinks links = new PackLinks();
        try (CommonWork work = new CommonWork()) {
            Batches batches = new Batches(work, entries, links);
            PackScan scan = new PackScan(in, files.pack(), entries, batches, largestObject);
            try {
                scan.read(objects);
                batches.finish();
                resolve(work, entries, links, files, resolving);
            } catch (UnfitPackException large) {
                in.replay(files.pack(), scan.length(), scan.checksum());
                return false;
            }
            files.stage(entries, scan.checksum());
            checker.arrived(links);
            return true;
        }
    }

    private void resolve(
            CommonWork work, PackEntries entries, PackLinks links, StagedFiles files, ProgressMonitor resolving)
            throws IOException, UnfitPackException {
        resolving.beginTask("Resolving deltas", entries.deltaCount());
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < CommonWork.HELPERS; i++) {
            work.share(() -> {
                resolve(entries, links, files.pack(), next, NullProgressMonitor.INSTANCE);
                return null;
            });
        }
        int made = resolve(entries, links, files.pack(), next, resolving);
        work.finish();
        if (!entries.waiting().isEmpty()) {
            complete(entries, links, files);
        }
        for (int number = 0; number < entries.count(); number++) {
            if (!entries.isFound(number)) {
                throw new IOException("The pack has deltas of objects that are not there");
            }
        }
        resolving.update(entries.deltaCount() - made);
        resolving.endTask();
    }

    private int resolve(
            PackEntries entries, PackLinks links, PackOutput pack, AtomicInteger next, ProgressMonitor progress)
            throws IOException, UnfitPackException {
        ArrivalInspector inspector = take(links);
        try (DeltaResolver resolver = new DeltaResolver(entries, pack, inspector)) {
            for (int i = next.getAndIncrement(); i < entries.count(); i = next.getAndIncrement()) {
                if (!entries.isDelta(i)) {
                    int before = resolver.made();
                    resolver.resolve(i);
                    progress.update(resolver.made() - before);
                }
            }
            return resolver.made();
        } catch (IOException | UnfitPackException | RuntimeException e) {
            next.set(entries.count()); // the others need not go on
            throw e;
        } finally {
            idle.add(inspector);
        }
    }

    /** Of what the repository has, adds the objects that deltas of this pack build on. */
    private void complete(PackEntries entries, PackLinks links, StagedFiles files)
            throws IOException, UnfitPackException {
        try (ObjectReader reader = database.newReader();
                DeltaResolver resolver = new DeltaResolver(entries, files.pack(), take(links))) {
            for (ObjectId base : List.copyOf(entries.waiting().keySet())) {
                if (!entries.waiting().containsKey(base) || !reader.has(base)) {
                    continue; // it is a delta itself, and is made when another one's base is known
                }
                ObjectLoader object = reader.open(base);
                if (object.getSize() > PackScan.LARGEST) {
                    throw new UnfitPackException();
                }
                byte[] data = object.getCachedBytes(PackScan.LARGEST);
                files.add(base, object.getType(), data);
                resolver.resolve(base, object.getType(), data);
            }
        }
        for (ObjectId base : entries.waiting().keySet()) {
            throw new MissingObjectException(base, "delta base");
        }
    }

    private ArrivalInspector take(PackLinks links) {
        ArrivalInspector inspector = idle.poll();
        return inspector == null ? new ArrivalInspector(checker.fork(), links) : inspector;
    }

    /** Whole objects, handed on many at a time. */
    private final class Batches implements PackScan.Whole {
        private final CommonWork work;
        private final PackEntries entries;
        private final PackLinks links;
        private final ArrivalInspector own;
        private List<Arrived> batch = new ArrayList<>();
        private int bytes;

        private record Arrived(int number, int type, byte[] data) {}

        Batches(CommonWork work, PackEntries entries, PackLinks links) {
            this.work = work;
            this.entries = entries;
            this.links = links;
            own = ArrivingPack.this.take(links);
        }

        @Override
        public void take(int number, int type, byte[] data) throws IOException, UnfitPackException {
            batch.add(new Arrived(number, type, data));
            bytes += data.length + PackScan.HEADER;
            if (bytes > BATCH) {
                handOn();
            }
        }

        private void handOn() throws IOException, UnfitPackException {
            List<Arrived> full = batch;
            batch = new ArrayList<>();
            bytes = 0;
            work.share(() -> {
                inspect(full);
                return null;
            });
        }

        private void inspect(List<Arrived> objects) throws IOException {
            ArrivalInspector inspector = ArrivingPack.this.take(links);
            try {
                for (Arrived object : objects) {
                    entries.isFound(object.number(), inspector.inspect(object.type(), object.data()), object.type());
                }
            } finally {
                idle.add(inspector);
            }
        }

        @Override
        public ArrivalInspector inspector() {
            return own;
        }

        void finish() throws IOException, UnfitPackException {
            handOn();
            work.finish();
            idle.add(own);
        }
    }
}
