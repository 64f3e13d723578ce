package org.kohakuhub.version.git;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore;

/**
 * Pieces of 4 MiB of the packs in the object store, in memory. JGit reads packs in blocks of 64 KiB: without this every
 * block of a cold pack would be a request of its own (measured: 360 requests for one folder, 3 with it). Packs are
 * immutable and their names are never used again, so nothing here can be stale. Thread-safe; one request at a time for
 * the same piece.
 */
@ApplicationScoped
class SegmentCache {
    static final int SEGMENT = 4 << 20;

    private record Piece(String key, long number) {}

    private final ObjectStore store;
    private final int capacity;
    private final Map<Piece, CompletableFuture<byte[]>> pieces = new LinkedHashMap<>(64, 0.75f, true);

    /** For the container's proxy only. */
    protected SegmentCache() {
        this(null);
    }

    @Inject
    SegmentCache(ObjectStore store) {
        this.store = store;
        // an eighth of the heap
        this.capacity = (int) Math.max(4, Runtime.getRuntime().maxMemory() / 8 / SEGMENT);
    }

    /** The piece that begins at {@code number * SEGMENT}. */
    byte[] segment(String key, long number) {
        Piece piece = new Piece(key, number);
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> found;
        synchronized (pieces) {
            found = pieces.putIfAbsent(piece, mine);
            evict();
        }
        if (found == null) {
            fetch(piece, mine);
            found = mine;
        }
        try {
            return found.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HubException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private void fetch(Piece piece, CompletableFuture<byte[]> result) {
        try {
            result.complete(store.getRange(piece.key, piece.number * SEGMENT, SEGMENT));
        } catch (RuntimeException | Error e) {
            synchronized (pieces) {
                pieces.remove(piece, result);
            }
            result.completeExceptionally(e);
        }
    }

    private void evict() {
        var oldest = pieces.entrySet().iterator();
        while (pieces.size() > capacity && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
