package org.kohakuhub.bucket;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.kohakuhub.access.AccessPolicies;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.bucket.BatchOutcome.Failure;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.xet.TestXet;

/** The package on a test database, put together by hand as the container does it. */
final class TestBuckets {
    final TestXet xet;
    final BucketService buckets;
    final BucketFileService files;
    final BucketLedger ledger;
    private final TestDatabase database;

    TestBuckets(TestDatabase database) {
        this.database = database;
        xet = new TestXet(database);
        BucketRows rows = new BucketRows();
        rows.em = database.entityManager();
        BucketFileRows fileRows = new BucketFileRows();
        fileRows.em = database.entityManager();
        AccessPolicy access = AccessPolicies.on(database);
        ledger = new Ledger(rows, fileRows);
        buckets = new BucketService(access, rows, ledger, xet.objects.clock);
        files = new BucketFileService(access, fileRows, new BucketListing(fileRows), ledger, xet.files);
    }

    /** Somebody who owns a repository. */
    RepoKey newOwner() {
        return xet.objects.newRepository();
    }

    static Caller caller(RepoKey owner) {
        return Caller.user(owner.ownerId(), owner.name().namespace());
    }

    /** A bucket of his. */
    BucketKey newBucket(RepoKey owner, String name, boolean isPrivate) {
        BucketId id = buckets.create(caller(owner), owner.name().namespace(), name, isPrivate)
                .name();
        String row = buckets.info(caller(owner), id).id();
        return new BucketKey(row, id, owner.ownerId(), isPrivate);
    }

    XetHash send(BucketKey bucket, byte[] content) {
        return xet.uploadToBucket(bucket, content);
    }

    /** What the columns say, and what the files add up to. */
    List<Long> sums(BucketKey bucket) {
        Object[] row = (Object[]) database.entityManager()
                .createNativeQuery("""
                        select b.size, b.total_files, coalesce(sum(f.size), 0), count(f.path)
                        from bucket b left join bucket_file f on f.bucket_id = b.id where b.id = ?1
                        group by b.size, b.total_files""")
                .setParameter(1, bucket.id())
                .getSingleResult();
        return Stream.of(row).map(number -> ((Number) number).longValue()).toList();
    }

    /** Bucket rows know nothing of a grant's age; this is what is left of them. */
    long uploads(BucketKey bucket) {
        return ((Number) database.entityManager()
                        .createNativeQuery("select count(*) from bucket_upload where bucket_id = ?1")
                        .setParameter(1, bucket.id())
                        .getSingleResult())
                .longValue();
    }

    private final class Ledger extends BucketLedger {
        Ledger(BucketRows rows, BucketFileRows files) {
            super(rows, files, xet.holdings, xet.objects.clock);
        }

        private <T> T call(Supplier<T> work) {
            return database.inTransaction(work);
        }

        @Override
        public boolean insert(BucketKey bucket, String createdBy) {
            return call(() -> super.insert(bucket, createdBy));
        }

        @Override
        public void delete(BucketKey bucket) {
            call(() -> {
                super.delete(bucket);
                return null;
            });
        }

        @Override
        public void setPrivate(BucketKey bucket, boolean isPrivate) {
            call(() -> {
                super.setPrivate(bucket, isPrivate);
                return null;
            });
        }

        @Override
        public void move(BucketKey bucket, NamespaceKey owner, BucketId name) {
            call(() -> {
                super.move(bucket, owner, name);
                return null;
            });
        }

        @Override
        public List<Failure> apply(BucketKey bucket, List<Line> lines) {
            return call(() -> super.apply(bucket, lines));
        }
    }
}
