package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.object.ObjectLedger;
import org.kohakuhub.xet.format.VerifiedXorb;

/** The short transactions that name what was proven before. Each public method is one; none touches the object store. */
@Stateless
public class XetLedger {
    /** An answer of yesterday was promise enough for today: clients use it for a day. */
    private static final Duration OFFER_AGAIN = Duration.ofHours(6);

    private final XorbRows xorbs;
    private final FileRows files;
    private final ObjectLedger objects;
    private final CasHoldings holdings;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected XetLedger() {
        this(null, null, null, null, null);
    }

    @Inject
    public XetLedger(XorbRows xorbs, FileRows files, ObjectLedger objects, CasHoldings holdings, InstantSource clock) {
        this.xorbs = xorbs;
        this.files = files;
        this.objects = objects;
        this.holdings = holdings;
        this.clock = clock;
    }

    /**
     * A file whose hash was computed from stored chunks.
     *
     * @param sha256 that its bytes were seen to have; empty for a bucket
     * @param firstChunk by which clients ask for it; of no use where the file is empty
     */
    public record Proven(
            XetHash hash, Optional<Sha256> sha256, long size, XetHash firstChunk, List<PlacedTerm> terms) {}

    /**
     * The chunk records at {@code key} were checked: the xorb gets its place.
     *
     * @return false if it has another place already; then nobody names {@code key}
     * @throws HubException UNAVAILABLE if the promise of the key has run out
     */
    public boolean nameXorb(String repoId, String userId, VerifiedXorb xorb, String key) {
        boolean placed = xorbs.insert(xorb, key, repoId, userId, clock.millis());
        if (placed && !objects.fulfil(key)) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The upload took too long; send it again");
        }
        return placed;
    }

    /**
     * Names files, lets clients find their chunks, and gives the repository or bucket its right to them.
     *
     * @param eligible chunks of xorbs that clients may ask for
     * @return how many files are new
     * @throws HubException UNAVAILABLE if a xorb was swept meanwhile; REPO_NOT_FOUND
     */
    public int nameFiles(CasHome home, List<Proven> proven, Collection<EligibleChunk> eligible) {
        int fresh = nameTerms(proven);
        if (home instanceof CasHome.OfRepository repository) {
            proven.forEach(file ->
                    objects.grantInXet(repository.repo(), file.sha256().orElseThrow(), file.size(), file.hash()));
        } else if (home instanceof CasHome.OfBucket bucket) {
            holdings.receive(bucket, proven.stream().map(Proven::hash).toList(), clock.millis());
        } else {
            throw new AssertionError(home);
        }
        eligible.forEach(chunk -> xorbs.index(chunk.hash(), chunk.xorb()));
        return fresh;
    }

    private int nameTerms(List<Proven> proven) {
        Set<XetHash> used = new HashSet<>();
        proven.forEach(
                file -> file.terms().forEach(placed -> used.add(placed.term().xorb())));
        if (!used.isEmpty() && xorbs.name(used, clock.millis()) < used.size()) {
            throw new HubException(ErrorKind.UNAVAILABLE, "A xorb was removed meanwhile; send it again");
        }
        int fresh = 0;
        for (Proven file : proven) {
            fresh += files.insert(file.hash(), file.size(), file.terms(), clock.millis()) ? 1 : 0;
            file.terms().stream()
                    .findFirst()
                    .ifPresent(
                            first -> xorbs.index(file.firstChunk(), first.term().xorb()));
        }
        return fresh;
    }

    /**
     * Names a file that the hub itself made of a content that it has; whoever has a right to the content has it as
     * before.
     *
     * @param dropCopy whether the whole copy of the content is of no use any more
     * @throws HubException UNAVAILABLE if a xorb was swept meanwhile
     */
    public void nameConverted(Proven file, boolean dropCopy) {
        nameTerms(List.of(file));
        objects.placeInXet(file.sha256().orElseThrow(), file.hash(), dropCopy);
    }

    /** A chunk that clients may ask for by its hash alone, and a xorb that has it. */
    public record EligibleChunk(XetHash hash, XetHash xorb) {}

    /** Somebody sends a xorb that is there, and will name it soon: it stays. False if it is gone by now. */
    public boolean keep(XetHash xorb) {
        return xorbs.keep(xorb, clock.millis());
    }

    /** These xorbs are about to be offered: clients may name them for weeks. */
    public void offer(List<XetHash> offered) {
        xorbs.offer(offered, clock.millis() - OFFER_AGAIN.toMillis(), clock.millis());
    }
}
