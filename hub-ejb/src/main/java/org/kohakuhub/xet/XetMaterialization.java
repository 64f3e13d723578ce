package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.kohakuhub.common.Digests;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.Leftovers;
import org.kohakuhub.object.ObjectLedger;
import org.kohakuhub.object.ObjectStore;

/** Makes a whole copy of a content that is in Xet, so that plain readers get it from the object store. */
@ApplicationScoped
class XetMaterialization {
    private static final int BUFFER = 1 << 20;

    private final XetFiles files;
    private final ContentObjects contents;
    private final ObjectLedger ledger;
    private final ObjectStore store;
    private final Leftovers leftovers;

    /** For the container's proxy only. */
    protected XetMaterialization() {
        this(null, null, null, null, null);
    }

    @Inject
    XetMaterialization(
            XetFiles files, ContentObjects contents, ObjectLedger ledger, ObjectStore store, Leftovers leftovers) {
        this.files = files;
        this.contents = contents;
        this.ledger = ledger;
        this.store = store;
        this.leftovers = leftovers;
    }

    /**
     * Makes the copy, unless there is one.
     *
     * @param alive called often while the work goes on; what it throws ends the work
     * @throws IOException if the object store fails, or the chunks do not make up the content any more
     */
    void materialize(Sha256 sha256, Runnable alive) throws IOException {
        ContentObjects.Kept kept = contents.kept(sha256).orElse(null);
        if (kept == null || kept.key().isPresent() || kept.info().xet().isEmpty()) {
            return;
        }
        XetHash file = kept.info().xet().get();
        String key = ledger.promiseCopy(sha256);
        boolean named = false;
        try {
            store.put(key, kept.info().size(), (from, length) -> {
                alive.run();
                return files.open(file, from, length);
            });
            check(key, sha256, alive);
            named = ledger.nameCopy(sha256, key);
        } finally {
            if (!named) {
                leftovers.discard(key);
            }
        }
    }

    private void check(String key, Sha256 sha256, Runnable alive) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = store.get(key)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                alive.run();
            }
        }
        if (!Sha256.of(digest.digest()).equals(sha256)) {
            throw new IOException("The chunks of " + sha256 + " make up something else");
        }
    }
}
