package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.DedupShard;
import org.kohakuhub.xet.format.VerifiedXorb;

/**
 * Tells clients which chunks the hub has already (docs/xet-protocol.md, 2.4 and 5.6). Every answer is keyed anew: it can
 * be matched only against chunks that one has.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DedupService {
    /** Each answer obliges the hub to keep what it offers, so it does not count for long. */
    private static final Duration LIFE = Duration.ofDays(1);

    /** Of a file of several xorbs, those that follow are offered too: not each of them has a chunk that is asked for. */
    private static final int XORBS = 32;

    private static final int CHUNKS = 32_768;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CasGate gate;
    private final XorbRows xorbs;
    private final FileRows files;
    private final XetLedger ledger;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected DedupService() {
        this(null, null, null, null, null);
    }

    @Inject
    public DedupService(CasGate gate, XorbRows xorbs, FileRows files, XetLedger ledger, InstantSource clock) {
        this.gate = gate;
        this.xorbs = xorbs;
        this.files = files;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A shard with the xorbs that hold a chunk and what follows it.
     *
     * @return empty if the hub does not have the chunk
     * @throws org.kohakuhub.common.HubException UNAUTHENTICATED, REPO_NOT_FOUND
     */
    public Optional<byte[]> query(String token, XetHash chunk) {
        gate.enter(token, CasScope.READ);
        Optional<XetHash> found = xorbs.byChunk(chunk);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<XetHash> wanted = new ArrayList<>(files.neighbours(found.get(), XORBS));
        if (wanted.isEmpty()) {
            wanted.add(found.get());
        }
        List<VerifiedXorb> offered = bounded(wanted);
        if (offered.isEmpty()) {
            return Optional.empty();
        }
        ledger.offer(offered.stream().map(VerifiedXorb::hash).toList());
        byte[] key = new byte[XetHash.BYTES];
        RANDOM.nextBytes(key);
        Instant now = clock.instant();
        return Optional.of(new DedupShard(key, now, now.plus(LIFE)).write(offered));
    }

    private List<VerifiedXorb> bounded(List<XetHash> wanted) {
        List<VerifiedXorb> offered = new ArrayList<>();
        int chunks = 0;
        List<StoredXorb> stored = new ArrayList<>(xorbs.offerable(wanted));
        stored.sort((a, b) -> Integer.compare(wanted.indexOf(a.hash()), wanted.indexOf(b.hash())));
        for (StoredXorb xorb : stored) {
            chunks += xorb.chunks().count();
            if (chunks > CHUNKS && !offered.isEmpty()) {
                break;
            }
            offered.add(new VerifiedXorb(xorb.hash(), xorb.chunks()));
        }
        return offered;
    }
}
