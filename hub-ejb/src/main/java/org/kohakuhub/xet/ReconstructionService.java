package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.object.ObjectStore.Audience;

/**
 * Tells clients how a file is put together, and where the bytes are (docs/xet-protocol.md, 2.3). Each run of a xorb has an
 * address of its own, signed for just these bytes: what lies beside them may be of a repository that the caller may not
 * read.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReconstructionService {
    private final CasGate gate;
    private final CasHoldings holdings;
    private final FileRows rows;
    private final XetFiles files;
    private final ObjectStore store;
    private final S3Config config;

    /** For the container's proxy only. */
    protected ReconstructionService() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ReconstructionService(
            CasGate gate, CasHoldings holdings, FileRows rows, XetFiles files, ObjectStore store, S3Config config) {
        this.gate = gate;
        this.holdings = holdings;
        this.rows = rows;
        this.files = files;
        this.store = store;
        this.config = config;
    }

    /**
     * How to put a file together.
     *
     * @param reader whom the token names
     * @param repository which it is for; empty for a bucket
     * @param offset bytes of the first term that lie before the asked range
     * @param xorbs of each xorb that the terms name, the runs that hold them; every term lies within one
     */
    public record Plan(
            Caller reader,
            Optional<RepoKey> repository,
            long offset,
            List<Term> terms,
            Map<XetHash, List<Run>> xorbs) {}

    /**
     * Neighbouring chunks of a xorb, {@code start} to before {@code end}, whose records are the bytes {@code byteStart}
     * to before {@code byteEnd}.
     *
     * @param address answers exactly these bytes
     */
    public record Run(int start, int end, int byteStart, int byteEnd, URI address) {}

    /** Part of a file: both ends inclusive, the last one may lie behind the file's end. */
    public record Span(long first, long last) {
        /** All of a file, however long. */
        public static final Span WHOLE = new Span(0, Long.MAX_VALUE);
    }

    /**
     * The plan for a part of a file that the token's repository has.
     *
     * @throws HubException UNAUTHENTICATED; REPO_NOT_FOUND; NOT_FOUND if the repository does not have the file;
     *     RANGE_NOT_SATISFIABLE if the part begins behind its end
     */
    public Plan plan(String token, XetHash file, Span span, Audience audience) {
        CasGate.Entry entry = gate.enter(token, CasScope.READ);
        if (!holdings.has(entry.home(), file)) {
            throw unknown();
        }
        long size = rows.size(file).orElseThrow(ReconstructionService::unknown);
        if (span.first() >= size) {
            throw new HubException(ErrorKind.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes");
        }
        long end = Math.min(size - 1, span.last()) + 1;
        List<Term> terms = new ArrayList<>();
        long offset = 0;
        for (Iterator<PlacedTerm> found = files.terms(file, span.first(), end); found.hasNext(); ) {
            PlacedTerm placed = found.next();
            if (terms.isEmpty()) {
                offset = span.first() - placed.offset();
            }
            terms.add(placed.term());
        }
        Optional<RepoKey> repository =
                entry.home() instanceof CasHome.OfRepository home ? Optional.of(home.repo()) : Optional.empty();
        return new Plan(entry.caller(), repository, offset, terms, runs(terms, audience));
    }

    private Map<XetHash, List<Run>> runs(List<Term> terms, Audience audience) {
        Map<XetHash, List<Term>> byXorb = new LinkedHashMap<>();
        terms.forEach(term ->
                byXorb.computeIfAbsent(term.xorb(), xorb -> new ArrayList<>()).add(term));
        Map<XetHash, List<Run>> runs = new LinkedHashMap<>();
        byXorb.forEach((xorb, parts) -> runs.put(
                xorb, merged(parts).stream().map(part -> run(part, audience)).toList()));
        return runs;
    }

    /** Parts of one xorb, those joined that overlap or touch. */
    private static List<Term> merged(List<Term> parts) {
        List<Term> merged = new ArrayList<>();
        List<Term> sorted =
                parts.stream().sorted(Comparator.comparingInt(Term::start)).toList();
        for (Term part : sorted) {
            Term last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || part.start() > last.end()) {
                merged.add(part);
            } else if (part.end() > last.end()) {
                merged.set(merged.size() - 1, last.upTo(part));
            }
        }
        return merged;
    }

    private Run run(Term part, Audience audience) {
        URI address =
                store.presignRange(part.key(), part.byteStart(), part.byteEnd() - 1L, config.presignTtl(), audience);
        return new Run(part.start(), part.end(), part.byteStart(), part.byteEnd(), address);
    }

    private static HubException unknown() {
        return new HubException(ErrorKind.NOT_FOUND, "This repository has no such file");
    }
}
