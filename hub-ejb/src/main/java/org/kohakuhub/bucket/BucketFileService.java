package org.kohakuhub.bucket;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.bucket.BatchOutcome.Failure;
import org.kohakuhub.bucket.BucketChange.Source;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.xet.CasHome;
import org.kohakuhub.xet.XetFiles;

/** The files of buckets: lists and reads them, and applies batches of changes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BucketFileService {
    private final AccessPolicy access;
    private final BucketFileRows files;
    private final BucketListing listing;
    private final BucketLedger ledger;
    private final XetFiles xet;

    /** For the container's proxy only. */
    protected BucketFileService() {
        this(null, null, null, null, null);
    }

    @Inject
    public BucketFileService(
            AccessPolicy access, BucketFileRows files, BucketListing listing, BucketLedger ledger, XetFiles xet) {
        this.access = access;
        this.files = files;
        this.listing = listing;
        this.ledger = ledger;
        this.xet = xet;
    }

    /**
     * A page of a listing.
     *
     * @param next where the next one begins; empty at the end
     */
    public record Page(List<BucketEntry> entries, Optional<String> next) {}

    /**
     * All files whose paths begin with a text, in the order of their paths.
     *
     * @param cursor empty for the first page
     * @throws HubException REPO_NOT_FOUND; INVALID for a cursor of somebody's own making
     */
    public Page all(Caller caller, BucketId name, String prefix, String cursor, int limit) {
        return listing.all(access.requireBucket(caller, Action.READ, name), prefix, cursor, limit);
    }

    /**
     * One level: what is directly in a folder, or the file of this path, or both.
     *
     * @param path slashes at its ends do not matter; empty for the topmost level
     * @throws HubException as {@link #all}
     */
    public Page level(Caller caller, BucketId name, String path, String cursor, int limit) {
        return listing.level(access.requireBucket(caller, Action.READ, name), path, cursor, limit);
    }

    /**
     * Those of {@code paths} that are files, in the order in which they were asked for.
     *
     * @throws HubException REPO_NOT_FOUND
     */
    public List<BucketFile> find(Caller caller, BucketId name, Collection<String> paths) {
        BucketKey bucket = access.requireBucket(caller, Action.READ, name);
        List<String> possible =
                paths.stream().distinct().filter(BucketFileService::isPath).toList();
        Map<String, BucketFile> found = files.find(bucket.id(), possible);
        return possible.stream()
                .flatMap(path -> Stream.ofNullable(found.get(path)))
                .toList();
    }

    private static boolean isPath(String path) {
        try {
            return !new FilePath(path).text().isEmpty();
        } catch (HubException impossible) {
            return false;
        }
    }

    /**
     * One file.
     *
     * @throws HubException REPO_NOT_FOUND, ENTRY_NOT_FOUND
     */
    public Found open(Caller caller, BucketId name, String path) {
        BucketKey bucket = access.requireBucket(caller, Action.READ, name);
        BucketFile file = Optional.of(path)
                .filter(BucketFileService::isPath)
                .flatMap(wanted -> Optional.ofNullable(
                        files.find(bucket.id(), List.of(wanted)).get(wanted)))
                .orElseThrow(() -> new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found"));
        return new Found(bucket.name(), file);
    }

    /**
     * A file that the caller may read.
     *
     * @param bucket in its true spelling
     */
    public record Found(BucketId bucket, BucketFile file) {}

    /** A file's bytes from {@code from} on, {@code length} of them, which must be there; the caller closes the stream. */
    public InputStream bytes(Found found, long from, long length) {
        return xet.open(found.file().hash(), from, length);
    }

    /**
     * Applies a batch. Its lines are read only when the caller's right is clear; each is done or fails by itself.
     *
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; what {@code lines} throws
     */
    public BatchOutcome apply(Caller caller, BucketId name, Supplier<List<BucketChange>> lines) {
        BucketKey bucket = access.requireBucket(caller, Action.WRITE, name);
        List<BucketChange> changes = lines.get();
        List<Failure> failed = new ArrayList<>();
        List<BucketLedger.Line> possible = new ArrayList<>();
        Map<Source, Optional<CasHome>> sources = new HashMap<>();
        for (BucketChange change : changes) {
            if (change instanceof BucketChange.Refused refused) {
                failed.add(new Failure(refused.path(), refused.error()));
            } else if (change instanceof BucketChange.Put put && put.source().isPresent()) {
                Optional<CasHome> source = sources.computeIfAbsent(put.source().get(), asked -> home(caller, asked));
                if (source.isPresent()) {
                    possible.add(new BucketLedger.Line(put, source));
                } else {
                    failed.add(new Failure(put.path(), "The source does not exist, or you may not read it"));
                }
            } else {
                possible.add(new BucketLedger.Line(change, Optional.empty()));
            }
        }
        if (!possible.isEmpty()) {
            failed.addAll(ledger.apply(bucket, possible));
        }
        return new BatchOutcome(changes.size(), failed);
    }

    /** Where a copy comes from; empty if the caller may not read it. */
    private Optional<CasHome> home(Caller caller, Source source) {
        try {
            if (source instanceof Source.Bucket bucket) {
                return Optional.of(new CasHome.OfBucket(access.requireBucket(caller, Action.READ, bucket.name())));
            }
            if (source instanceof Source.Repository repository) {
                return Optional.of(
                        new CasHome.OfRepository(access.require(caller, Action.READ_FILES, repository.name())));
            }
            throw new AssertionError(source);
        } catch (HubException refused) {
            return Optional.empty();
        }
    }
}
