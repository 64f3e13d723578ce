package org.kohakuhub.object;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Digests;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.Sha256;

/**
 * Proves that what a client uploaded has the sha256 that it claims, and only then lets it be named.
 *
 * <p>A client keeps its address and may write to it again at any moment, also between the proof and its use. So the
 * bytes are first copied to a key for which no address was ever made, and the copy is what is hashed and named.
 */
@ApplicationScoped
class UploadProofs {
    private static final System.Logger log = System.getLogger(UploadProofs.class.getName());
    private static final int BUFFER = 1 << 20;

    private final ObjectRows objects;
    private final ObjectLedger ledger;
    private final ObjectStore store;
    private final InstantSource clock;

    /** By upload: who asks while another is at work on the same bytes waits for that one's answer. */
    private final ConcurrentMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    /** For the container's proxy only. */
    protected UploadProofs() {
        this(null, null, null, null);
    }

    @Inject
    UploadProofs(ObjectRows objects, ObjectLedger ledger, ObjectStore store, InstantSource clock) {
        this.objects = objects;
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Verifies one upload. Afterwards the repository has the right to the content, or the answer is false and the bytes
     * are not what they were said to be.
     */
    boolean prove(RepoKey repo, UploadInFlight upload) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> others = running.putIfAbsent(upload.id(), mine);
        if (others != null) {
            return await(others);
        }
        try {
            boolean proven = verify(repo, upload);
            mine.complete(proven);
            return proven;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(upload.id(), mine);
        }
    }

    /** Somebody is about to link these contents; no sweep comes in between. */
    void keep(RepoKey repo, Collection<Sha256> contents) {
        ledger.keep(repo, contents);
    }

    private static boolean await(CompletableFuture<Boolean> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HubException refusal) {
                throw new HubException(refusal.kind(), refusal.sentence());
            }
            throw e;
        }
    }

    private boolean verify(RepoKey repo, UploadInFlight upload) {
        try {
            return verifyPresent(repo, upload);
        } catch (NoSuchElementException e) {
            // another node has verified it and taken it away; the grant is for the caller to see
            log.log(Level.DEBUG, "Gone while it was verified: {0}", upload.key());
            return false;
        }
    }

    private boolean verifyPresent(RepoKey repo, UploadInFlight upload) {
        boolean known = objects.isStored(upload.sha256());
        boolean proven = known ? hasClaimedBytes(upload.key(), upload) : sealAndName(repo, upload);
        if (known && proven) {
            ledger.grantProven(repo, upload);
        }
        if (!proven) {
            ledger.refuse(upload);
        }
        discard(List.of(upload.key()));
        return proven;
    }

    private boolean sealAndName(RepoKey repo, UploadInFlight upload) {
        String sealed = ObjectKeys.content(upload.sha256(), Ids.next(clock));
        ledger.promise(repo, List.of(sealed));
        boolean named = false;
        try {
            store.copy(upload.key(), sealed, upload.size());
            if (!hasClaimedBytes(sealed, upload)) {
                return false;
            }
            named = ledger.name(repo, upload, sealed);
            return true;
        } finally {
            if (!named && discard(List.of(sealed))) {
                ledger.forget(List.of(sealed));
            }
        }
    }

    private boolean hasClaimedBytes(String key, UploadInFlight upload) {
        MessageDigest digest = Digests.sha256();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = store.get(key)) {
            for (int read = bytes.read(buffer); read >= 0 && length <= upload.size(); read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
        } catch (IOException e) {
            log.log(Level.ERROR, "The object store broke off while {0} was read: {1}", key, e.getMessage());
            throw new HubException(ErrorKind.UNAVAILABLE, "The object store broke off; try again later");
        }
        return length == upload.size() && Sha256.of(digest.digest()).equals(upload.sha256());
    }

    /** Frees the room at once; what fails here is swept later. */
    private boolean discard(List<String> keys) {
        try {
            store.delete(keys);
            return true;
        } catch (HubException e) {
            log.log(Level.WARNING, "Left for the sweeper: {0}", keys);
            return false;
        }
    }
}
