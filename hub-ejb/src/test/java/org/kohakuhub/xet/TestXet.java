package org.kohakuhub.xet;

import static org.kohakuhub.object.TestObjects.HERE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohakuhub.access.AccessPolicies;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.LfsConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.Leftovers;
import org.kohakuhub.object.TestObjects;
import org.kohakuhub.xet.ReconstructionService.Plan;
import org.kohakuhub.xet.ReconstructionService.Run;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XorbReader;

/** The package on a test database and the embedded object store, put together by hand as the container does it. */
public final class TestXet {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public final TestObjects objects;
    final XorbRows xorbRows = new XorbRows();
    final FileRows fileRows = new FileRows();
    final SweepRows sweepRows = new SweepRows();
    public final CasHoldings holdings = new CasHoldings();
    final CasTokens tokens;
    final XorbService xorbs;
    final ShardService shards;
    public final ReconstructionService reconstructions;
    final DedupService dedup;
    public final XetFiles files;
    public final XetSweep sweep;
    final XetConversion conversion;
    final XetMaterialization materialization;
    final JobRows jobRows = new JobRows();
    private final TestDatabase database;

    /** On a database of its own or shared. */
    public TestXet(TestDatabase database) {
        this.database = database;
        objects = new TestObjects(database);
        xorbRows.em = database.entityManager();
        fileRows.em = database.entityManager();
        sweepRows.em = database.entityManager();
        holdings.em = database.entityManager();
        jobRows.em = database.entityManager();
        tokens = new CasTokens(
                new AccountConfig(false, false, new Secret("s"), Duration.ofHours(1), Duration.ofDays(1)),
                objects.clock);
        CasGate gate = new CasGate(tokens, AccessPolicies.on(database));
        XetLedger ledger = new Ledger();
        files = new XetFiles(fileRows, xorbRows, objects.store);
        Leftovers leftovers = new Leftovers(objects.store, objects.ledger);
        XorbStore xorbStore = new XorbStore(ledger, objects.ledger, objects.store, leftovers);
        xorbs = new XorbService(gate, xorbRows, ledger, xorbStore);
        conversion = new XetConversion(xorbRows, xorbStore, objects.contents, ledger, objects.store);
        materialization = new XetMaterialization(files, objects.contents, objects.ledger, objects.store, leftovers);
        shards = new ShardService(gate, xorbRows, objects.contents, ledger, objects.store);
        reconstructions = new ReconstructionService(gate, holdings, fileRows, files, objects.store, TestObjects.CONFIG);
        dedup = new DedupService(gate, xorbRows, fileRows, ledger, objects.clock);
        sweep = new XetSweep(sweepRows, new SweepSteps(), objects.clock);
    }

    /** The worker of a hub with this policy; files of a kilobyte and more are LFS files to it. */
    XetWorker worker(XetConfig policy) {
        XetJobs jobs = new Jobs(policy, new LfsConfig(1_024, 1 << 20, 5 << 20, 5, false));
        return new XetWorker(jobs, conversion, materialization, policy, objects.clock);
    }

    /** Its owner. */
    static Caller owner(RepoKey repo) {
        return Caller.user(repo.ownerId(), repo.name().namespace());
    }

    String writeToken(RepoKey repo) {
        return tokens.issue(CasScope.WRITE, new CasHome.OfRepository(repo), owner(repo))
                .token();
    }

    String readToken(RepoKey repo) {
        return tokens.issue(CasScope.READ, new CasHome.OfRepository(repo), owner(repo))
                .token();
    }

    boolean send(RepoKey repo, Packed packed) {
        return xorbs.upload(writeToken(repo), packed.xorb().hash(), new ByteArrayInputStream(packed.body()));
    }

    int sendShard(RepoKey repo, byte[] shard) {
        return shards.store(shards.check(writeToken(repo), body(shard)), (done, total) -> {});
    }

    /** Sends a file as the client does. */
    Packed upload(RepoKey repo, byte[] content) {
        Packed packed = Packed.of(content);
        send(repo, packed);
        sendShard(repo, packed.shard());
        return packed;
    }

    /** Sends a file through a bucket's door as the client does: it claims no sha256. */
    public XetHash uploadToBucket(BucketKey bucket, byte[] content) {
        Packed packed = Packed.of(content);
        xorbs.upload(bucketToken(bucket), packed.xorb().hash(), new ByteArrayInputStream(packed.body()));
        sendShard(
                bucket,
                new ShardBytes()
                        .file(packed.file(), null, ShardBytes.ProvenTerm.all(packed.xorb()))
                        .xorb(packed.xorb()));
        return packed.file();
    }

    /** Sends a file without content, for which there are no chunks. */
    public void sendEmptyToBucket(BucketKey bucket) {
        sendShard(bucket, new ShardBytes().file(XetHash.of(new byte[XetHash.BYTES]), null));
    }

    private void sendShard(BucketKey bucket, ShardBytes shard) {
        shards.store(shards.check(bucketToken(bucket), body(shard.bytes())), (done, total) -> {});
    }

    private String bucketToken(BucketKey bucket) {
        Caller owner = Caller.user(bucket.ownerId(), bucket.name().namespace());
        return tokens.issue(CasScope.WRITE, new CasHome.OfBucket(bucket), owner).token();
    }

    /** Sends a file through a repository's door. */
    public XetHash uploadToRepository(RepoKey repo, byte[] content) {
        return upload(repo, content).file();
    }

    /** Whether the hub knows a file of this hash. */
    public boolean knows(XetHash file) {
        return fileRows.size(file).isPresent();
    }

    static ShardBody body(byte[] shard) {
        return new ShardBody() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(shard);
            }

            @Override
            public long length() {
                return shard.length;
            }
        };
    }

    Plan plan(RepoKey repo, XetHash file, long first, long last) {
        return reconstructions.plan(readToken(repo), file, new ReconstructionService.Span(first, last), HERE);
    }

    /** Fetches what a plan says and puts it together, as the client does. */
    byte[] download(Plan plan) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Term term : plan.terms()) {
            Run run = plan.xorbs().get(term.xorb()).stream()
                    .filter(r -> r.start() <= term.start() && r.end() >= term.end())
                    .findFirst()
                    .orElseThrow();
            XorbReader reader = new XorbReader(new ByteArrayInputStream(fetch(run)));
            List<byte[]> chunks = new ArrayList<>();
            while (reader.next()) {
                chunks.add(reader.chunk());
            }
            for (byte[] chunk : chunks.subList(term.start() - run.start(), term.end() - run.start())) {
                content.write(chunk);
            }
        }
        byte[] all = content.toByteArray();
        return java.util.Arrays.copyOfRange(all, (int) plan.offset(), all.length);
    }

    private static byte[] fetch(Run run) throws Exception {
        URI address = run.address();
        var answer = CLIENT.send(
                HttpRequest.newBuilder(address)
                        .header("Range", "bytes=" + run.byteStart() + '-' + (run.byteEnd() - 1))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 206) {
            throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), "UTF-8"));
        }
        return answer.body();
    }

    long count(String table) {
        return ((Number) database.entityManager()
                        .createNativeQuery("select count(*) from " + table)
                        .getSingleResult())
                .longValue();
    }

    private <T> T call(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private final class Ledger extends XetLedger {
        Ledger() {
            super(xorbRows, fileRows, objects.ledger, holdings, objects.clock);
        }

        @Override
        public boolean nameXorb(String repoId, String userId, VerifiedXorb xorb, String key) {
            return call(() -> super.nameXorb(repoId, userId, xorb, key));
        }

        @Override
        public void nameConverted(Proven file, boolean dropCopy) {
            call(() -> {
                super.nameConverted(file, dropCopy);
                return null;
            });
        }

        @Override
        public int nameFiles(CasHome home, List<Proven> proven, Collection<EligibleChunk> eligible) {
            return call(() -> super.nameFiles(home, proven, eligible));
        }

        @Override
        public boolean keep(XetHash xorb) {
            return call(() -> super.keep(xorb));
        }

        @Override
        public void offer(List<XetHash> offered) {
            call(() -> {
                super.offer(offered);
                return null;
            });
        }
    }

    private final class Jobs extends XetJobs {
        Jobs(XetConfig policy, LfsConfig lfs) {
            super(jobRows, policy, lfs, objects.clock);
        }

        @Override
        public void readPlainly(Sha256 sha256) {
            call(() -> {
                super.readPlainly(sha256);
                return null;
            });
        }

        @Override
        public void enlist() {
            call(() -> {
                super.enlist();
                return null;
            });
        }

        @Override
        public Optional<XetJob> take() {
            return call(super::take);
        }

        @Override
        public Optional<XetJob> keep(XetJob job) {
            return call(() -> super.keep(job));
        }

        @Override
        public void done(XetJob job) {
            call(() -> {
                super.done(job);
                return null;
            });
        }

        @Override
        public boolean failed(XetJob job) {
            return call(() -> super.failed(job));
        }
    }

    private final class SweepSteps extends XetSweepSteps {
        SweepSteps() {
            super(sweepRows, objects.ledger);
        }

        @Override
        public int expireUploads(long before) {
            return call(() -> super.expireUploads(before));
        }

        @Override
        public int forgetFiles(List<String> hashes, long before) {
            return call(() -> super.forgetFiles(hashes, before));
        }

        @Override
        public int condemn(List<String> hashes, XetSweep.Limits limits, long now) {
            return call(() -> super.condemn(hashes, limits, now));
        }

        @Override
        public int remove(List<String> hashes, XetSweep.Limits limits) {
            return call(() -> super.remove(hashes, limits));
        }
    }
}
