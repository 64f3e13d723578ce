package org.kohakuhub.bucket;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.bucket.BatchOutcome.Failure;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.CasHoldings;
import org.kohakuhub.xet.CasHome;

/** Changes buckets, each call in one short transaction. */
@Stateless
public class BucketLedger {
    private final BucketRows buckets;
    private final BucketFileRows files;
    private final CasHoldings holdings;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected BucketLedger() {
        this(null, null, null, null);
    }

    @Inject
    public BucketLedger(BucketRows buckets, BucketFileRows files, CasHoldings holdings, InstantSource clock) {
        this.buckets = buckets;
        this.files = files;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** Adds a bucket; false if its owner has one of a look-alike name. */
    public boolean insert(BucketKey bucket, String createdBy) {
        return buckets.insert(bucket, createdBy, clock.millis());
    }

    /** Removes a bucket with its files. */
    public void delete(BucketKey bucket) {
        buckets.delete(bucket.id());
    }

    /** Makes a bucket private or public. */
    public void setPrivate(BucketKey bucket, boolean isPrivate) {
        buckets.setPrivate(bucket.id(), isPrivate);
    }

    /**
     * Gives a bucket another name; who asks for the old one is sent on from now on.
     *
     * @throws HubException CONFLICT if the owner has another of a look-alike name; REPO_NOT_FOUND if it is gone
     */
    public void move(BucketKey bucket, NamespaceKey owner, BucketId name) {
        buckets.lookAlike(owner.id(), name.name())
                .filter(taken -> !taken.id().equals(bucket.id()))
                .ifPresent(taken -> {
                    throw taken(taken);
                });
        if (!buckets.rename(bucket.id(), owner.id(), name)) {
            throw gone();
        }
        buckets.redirect(bucket.name(), bucket.id());
    }

    static HubException taken(BucketRecord taken) {
        return new HubException(
                ErrorKind.CONFLICT, "A bucket called " + taken.name().fullName() + " already exists");
    }

    private static HubException gone() {
        return new HubException(ErrorKind.REPO_NOT_FOUND, "Bucket not found");
    }

    /**
     * A line of a batch and, where it copies, the place that the caller was found to be allowed to read.
     *
     * @param change never one that is refused already
     */
    public record Line(BucketChange change, Optional<CasHome> source) {}

    /**
     * Does what the lines say, in their order; of a path the last line that can be done counts.
     *
     * @return those that name a content which neither the bucket nor their source has
     * @throws HubException REPO_NOT_FOUND if the bucket is gone
     */
    public List<Failure> apply(BucketKey bucket, List<Line> lines) {
        long now = clock.millis();
        if (!buckets.lock(bucket.id(), now)) {
            throw gone();
        }
        Known known = new Known(bucket, lines, now);
        List<Failure> failed = new ArrayList<>();
        Map<String, Optional<BucketFile>> paths = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.change() instanceof BucketChange.Put put) {
                Optional<Long> size = known.size(line, put.hash());
                if (size.isPresent()) {
                    paths.put(put.path(), Optional.of(file(put, size.get())));
                } else {
                    failed.add(new Failure(put.path(), missing(put)));
                }
            } else if (line.change() instanceof BucketChange.Delete delete) {
                paths.put(delete.path(), Optional.empty());
            } else {
                throw new AssertionError(line);
            }
        }
        replace(bucket, paths);
        return failed;
    }

    private void replace(BucketKey bucket, Map<String, Optional<BucketFile>> paths) {
        Map<String, BucketFile> before = files.find(bucket.id(), paths.keySet());
        List<BucketFile> after =
                paths.values().stream().flatMap(Optional::stream).toList();
        files.delete(bucket.id(), before.keySet());
        files.insert(bucket.id(), after);
        buckets.grow(
                bucket.id(), bytes(after.stream()) - bytes(before.values().stream()), after.size() - before.size());
    }

    private static long bytes(Stream<BucketFile> files) {
        return files.mapToLong(BucketFile::size).sum();
    }

    private BucketFile file(BucketChange.Put put, long size) {
        return new BucketFile(put.path(), put.hash(), size, put.contentType(), put.mtime(), clock.instant());
    }

    private static String missing(BucketChange.Put put) {
        return put.source().isPresent()
                ? "The source has no file with xet hash " + put.hash()
                : "No file with xet hash " + put.hash() + " was uploaded to this bucket";
    }

    /** The contents that lines may name, with their sizes. None of them goes while the transaction lasts. */
    private final class Known {
        private final CasHome here;
        private final Map<CasHome, Map<XetHash, Long>> held = new HashMap<>();

        Known(BucketKey bucket, List<Line> lines, long now) {
            here = new CasHome.OfBucket(bucket);
            Map<CasHome, List<XetHash>> wanted = new LinkedHashMap<>();
            for (Line line : lines) {
                if (line.change() instanceof BucketChange.Put put) {
                    wanted.computeIfAbsent(here, home -> new ArrayList<>()).add(put.hash());
                    line.source()
                            .ifPresent(source -> wanted.computeIfAbsent(source, home -> new ArrayList<>())
                                    .add(put.hash()));
                }
            }
            holdings.keep(wanted.getOrDefault(here, List.of()), now);
            wanted.forEach((home, hashes) -> held.put(home, holdings.held(home, hashes)));
        }

        Optional<Long> size(Line line, XetHash hash) {
            return Stream.concat(Stream.of(here), line.source().stream())
                    .flatMap(home -> Stream.ofNullable(held.get(home).get(hash)))
                    .findFirst();
        }
    }
}
