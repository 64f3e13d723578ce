package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.Digests;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.xet.ShardCheck.CheckedFile;
import org.kohakuhub.xet.XetLedger.EligibleChunk;
import org.kohakuhub.xet.XetLedger.Proven;
import org.kohakuhub.xet.format.XetFormatException;

/**
 * Takes shards (docs/xet-protocol.md, 2.2): checks what they claim, hashes the files that they describe, and only then
 * lets commits of the token's repository name them, or its bucket.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ShardService {
    private static final System.Logger log = System.getLogger(ShardService.class.getName());
    private static final int BUFFER = 1 << 20;

    /** Terms that one transaction names; the files of a usual shard all fit in one. */
    private static final int TRANSACTION = 20_000;

    private final CasGate gate;
    private final XorbRows xorbs;
    private final ContentObjects contents;
    private final XetLedger ledger;
    private final ObjectStore store;

    /** For the container's proxy only. */
    protected ShardService() {
        this(null, null, null, null, null);
    }

    @Inject
    public ShardService(CasGate gate, XorbRows xorbs, ContentObjects contents, XetLedger ledger, ObjectStore store) {
        this.gate = gate;
        this.xorbs = xorbs;
        this.contents = contents;
        this.ledger = ledger;
        this.store = store;
    }

    /** Hears how far the work is; files were verified, of all that there are. */
    @FunctionalInterface
    public interface Progress {
        /** Called often, from the thread that does the work. */
        void verified(int files, int total) throws IOException;
    }

    /**
     * A shard that was found to hold by itself; only the contents of its files are still to be hashed.
     *
     * @param files how many files there are
     * @param claimed the sha256 that it claims of each, for a repository
     */
    public record Checked(CasHome home, ShardBody body, int files, List<Sha256> claimed) {}

    /**
     * Checks a shard against what is stored, without reading any content.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN; INVALID if it is no shard or does not hold; TOO_LARGE
     */
    public Checked check(String token, ShardBody body) {
        CasGate.Entry entry = gate.enter(token, CasScope.WRITE);
        if (body.length() > ShardBody.LONGEST) {
            throw new HubException(
                    ErrorKind.TOO_LARGE, "The request body is longer than " + ShardBody.LONGEST + " bytes");
        }
        List<Optional<Sha256>> claimed = new ArrayList<>();
        read(entry.home(), body, file -> claimed.add(file.sha256()));
        List<Sha256> known = entry.home() instanceof CasHome.OfRepository
                ? claimed.stream().flatMap(Optional::stream).toList()
                : List.of();
        return new Checked(entry.home(), body, claimed.size(), known);
    }

    /**
     * Hashes what was not hashed before, and gives the repository or bucket its right to all files of the shard. If anything
     * fails, the files of the transaction at hand stay unnamed; sending the shard again is no error.
     *
     * @return how many files are new
     * @throws HubException INVALID if a file's sha256 is another; UNAVAILABLE if it may be tried again
     */
    public int store(Checked shard, Progress progress) {
        try (SpooledXorbs source = new SpooledXorbs(store)) {
            Ingest ingest = new Ingest(shard, source, progress);
            ingest.finish(read(shard.home(), shard.body(), ingest::accept));
            return ingest.fresh;
        }
    }

    private List<EligibleChunk> read(CasHome home, ShardBody body, ShardCheck.FileSink sink) {
        try {
            return new ShardCheck(home, body, xorbs).read(sink);
        } catch (XetFormatException e) {
            throw new HubException(ErrorKind.INVALID, "Invalid shard: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The work on one shard. */
    private final class Ingest {
        private final Checked shard;
        private final RunSource source;
        private final Progress progress;
        /** What was hashed before needs no second look. */
        private final Map<Sha256, XetHash> known;

        private final List<Proven> waiting = new ArrayList<>();
        private int terms;
        private int verified;
        private int fresh;

        Ingest(Checked shard, RunSource source, Progress progress) {
            this.shard = shard;
            this.source = source;
            this.progress = progress;
            this.known = contents.inXet(shard.claimed());
        }

        void accept(CheckedFile file) throws IOException {
            progress.verified(verified, shard.files());
            Optional<Sha256> sha256 = hashed(file);
            verified++;
            waiting.add(new Proven(file.hash(), sha256, file.size(), file.firstChunk(), file.terms()));
            terms += file.terms().size();
            if (terms > TRANSACTION) {
                flush(List.of());
            }
        }

        /** A bucket knows its files by their chunks alone, and those were hashed when they came. */
        private Optional<Sha256> hashed(CheckedFile file) throws IOException {
            if (shard.home() instanceof CasHome.OfBucket) {
                return Optional.empty();
            }
            Sha256 claimed = file.sha256().orElseThrow();
            if (!file.hash().equals(known.get(claimed))) {
                hash(file, claimed);
            }
            return file.sha256();
        }

        private void hash(CheckedFile file, Sha256 claimed) throws IOException {
            MessageDigest digest = Digests.sha256();
            byte[] buffer = new byte[BUFFER];
            Iterator<Term> run = file.terms().stream().map(PlacedTerm::term).iterator();
            try (InputStream bytes = new ReassembledStream(source, run, 0, file.size())) {
                for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                    digest.update(buffer, 0, read);
                    progress.verified(verified, shard.files());
                }
            } catch (XetFormatException e) {
                // what is stored was whole when it came
                log.log(Level.ERROR, "Stored chunks of file {0} are damaged: {1}", file.hash(), e.getMessage());
                throw new HubException(ErrorKind.UNAVAILABLE, "A stored xorb cannot be read");
            }
            if (!Sha256.of(digest.digest()).equals(claimed)) {
                throw new XetFormatException("file " + file.hash() + " does not have the sha256 " + claimed);
            }
        }

        void finish(List<EligibleChunk> eligible) {
            flush(eligible);
            try {
                progress.verified(verified, shard.files());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void flush(List<EligibleChunk> eligible) {
            fresh += ledger.nameFiles(shard.home(), waiting, eligible);
            waiting.clear();
            terms = 0;
        }
    }
}
