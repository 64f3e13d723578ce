package org.kohakuhub.xet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.kohakuhub.common.Digests;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.XetLedger.Proven;
import org.kohakuhub.xet.format.Chunker;
import org.kohakuhub.xet.format.VerifiedXorb;

/** Puts a content that came by LFS into Xet (docs/xet-protocol.md, 7.4), as a client would have. */
@ApplicationScoped
class XetConversion {
    private static final int BUFFER = 1 << 20;
    private static final String HUB = "";

    private final XorbRows xorbs;
    private final XorbStore xorbStore;
    private final ContentObjects contents;
    private final XetLedger ledger;
    private final ObjectStore store;

    /** For the container's proxy only. */
    protected XetConversion() {
        this(null, null, null, null, null);
    }

    @Inject
    XetConversion(XorbRows xorbs, XorbStore xorbStore, ContentObjects contents, XetLedger ledger, ObjectStore store) {
        this.xorbs = xorbs;
        this.xorbStore = xorbStore;
        this.contents = contents;
        this.ledger = ledger;
        this.store = store;
    }

    /**
     * Converts a content, unless there is nothing to do.
     *
     * @param dropCopy whether the whole copy is given up then
     * @param alive called often while the work goes on; what it throws ends the work
     * @throws IOException if the object store fails, or what lies there is not the content
     */
    void convert(Sha256 sha256, boolean dropCopy, Runnable alive) throws IOException {
        ContentObjects.Kept kept = contents.kept(sha256).orElse(null);
        if (kept == null
                || kept.info().xet().isPresent()
                || kept.key().isEmpty()
                || kept.info().size() == 0) {
            return;
        }
        try (FileBuilder file = new FileBuilder(xorbs, this::store)) {
            MessageDigest digest = Digests.sha256();
            Chunker chunker = new Chunker(file::add);
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = store.get(kept.key().get())) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                    chunker.write(buffer, 0, read);
                    alive.run();
                }
            }
            chunker.finish();
            if (!Sha256.of(digest.digest()).equals(sha256)) {
                throw new IOException("What lies at " + kept.key().get() + " does not have the sha256 " + sha256);
            }
            FileBuilder.Built built = file.finish();
            ledger.nameConverted(
                    new Proven(built.hash(), Optional.of(sha256), built.size(), built.firstChunk(), built.terms()),
                    dropCopy);
        }
    }

    private StoredXorb store(VerifiedXorb xorb, Path records) {
        xorbStore.store(HUB, HUB, xorb, records);
        // also where somebody was faster: his copy counts, with the offsets that it has
        return xorbs.find(xorb.hash()).orElseThrow();
    }
}
