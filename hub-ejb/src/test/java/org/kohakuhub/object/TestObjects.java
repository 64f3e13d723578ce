package org.kohakuhub.object;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.ObjectStore.Audience;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The package on a test database and the embedded object store, put together by hand as the container does it. */
public final class TestObjects {
    /** Where these tests run. */
    public static final Audience HERE = new Audience("127.0.0.1", false);
    /** A user's id. */
    public static final String ANN = "0123456789abcdef01234567";

    public static final S3Config CONFIG = RunningS3Proxy.shared().config("objects");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final TestDatabase database;
    public final HookedStore store;
    final ObjectRows objects = new ObjectRows();
    final UploadRows uploadRows = new UploadRows();
    final StoreIntents intents = new StoreIntents();
    public final Clock clock = new Clock();
    public final Uploads uploads;
    public final UploadReceiver receiver;
    public final ContentObjects contents;
    public final UploadSweep sweep;
    public final ObjectLedger ledger;
    public final Grants grants;

    /** On a database of its own or shared; the store is shared. */
    public TestObjects(TestDatabase database) {
        this.database = database;
        objects.em = database.entityManager();
        uploadRows.em = database.entityManager();
        intents.em = database.entityManager();
        store = new HookedStore();
        store.openBucket();
        ledger = new TransactionalLedger();
        GrantRows grantRows = new GrantRows();
        grantRows.em = database.entityManager();
        grants = new TransactionalGrants(grantRows);
        uploads = new Uploads(uploadRows, ledger, store, clock);
        receiver = new UploadReceiver(uploadRows, store, clock);
        contents = new ContentObjects(
                objects, uploadRows, new UploadProofs(objects, ledger, store, clock), store, CONFIG, clock);
        sweep = new UploadSweep(intents, ledger, store, clock);
    }

    /** A repository's row. */
    public RepoKey newRepository() {
        String id = Ids.next(clock);
        String owner = Ids.next(clock);
        return database.inTransaction(() -> {
            var em = database.entityManager();
            em.createNativeQuery("insert into account (id, kind, name, normalized_name, created_at)"
                            + " values (?1, 'user', ?2, ?2, 0)")
                    .setParameter(1, owner)
                    .setParameter(2, "u" + owner)
                    .executeUpdate();
            em.createNativeQuery("insert into repository (id, type, owner_id, namespace, name, normalized_name,"
                            + " created_by, created_at, modified_at) values (?1, 'model', ?2, ?3, ?4, ?4, ?2, 0, 0)")
                    .setParameter(1, id)
                    .setParameter(2, owner)
                    .setParameter(3, "u" + owner)
                    .setParameter(4, "r" + id)
                    .executeUpdate();
            return new RepoKey(id, new RepoId(RepoType.MODEL, "u" + owner, "r" + id), owner, false);
        });
    }

    public void deleteRepository(RepoKey repo) {
        database.inTransaction(() -> database.entityManager()
                .createNativeQuery("delete from repository where id = ?1")
                .setParameter(1, repo.id())
                .executeUpdate());
    }

    boolean isOpen(UploadInFlight upload) {
        return uploadRows.find(upload.id(), clock.millis()).isPresent();
    }

    /** Every key at which the hub keeps proven contents. */
    List<String> contentKeys() {
        return store.keys(ObjectKeys.CONTENTS);
    }

    /** Where the hub keeps a content. */
    String placeOf(Sha256 sha256) {
        return (String) database.entityManager()
                .createNativeQuery("select lfs_key from content_object where sha256 = ?1")
                .setParameter(1, sha256.hex())
                .getSingleResult();
    }

    UploadInFlight open(RepoKey repo, Sha256 claimed, long size) {
        return uploads.open(repo, ANN, List.of(new Uploads.Wanted(claimed, size, Optional.empty())))
                .get(claimed);
    }

    /** Opens an upload of these bytes and sends them, as a client does. */
    public UploadInFlight send(RepoKey repo, byte[] bytes) {
        UploadInFlight upload = open(repo, sha256(bytes), bytes.length);
        put(uploads.address(upload, HERE), bytes);
        return upload;
    }

    public static String put(URI address, byte[] bytes) {
        try {
            var answer = CLIENT.send(
                    HttpRequest.newBuilder(address)
                            .PUT(BodyPublishers.ofByteArray(bytes))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return answer.headers().firstValue("ETag").orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] get(URI address) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static Sha256 sha256(byte[] bytes) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Stands still until it is told to go on. */
    public static final class Clock implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        /** Lets time go by. */
        public void pass(Duration time) {
            now = now.plus(time);
        }
    }

    /** Lets a test do something between the steps of a verification. */
    public static final class HookedStore extends S3ObjectStore {
        Runnable beforeCopy = () -> {};
        Runnable afterCopy = () -> {};
        int copies;

        /** How many times bytes were read. */
        public int reads;

        HookedStore() {
            super(CONFIG);
        }

        @Override
        public byte[] getRange(String key, long from, int length) {
            reads++;
            return super.getRange(key, from, length);
        }

        @Override
        public InputStream get(String key, long from, long length) {
            reads++;
            return super.get(key, from, length);
        }

        @Override
        public InputStream get(String key) {
            reads++;
            return super.get(key);
        }

        @Override
        public void copy(String from, String to, long size) {
            copies++;
            beforeCopy.run();
            super.copy(from, to, size);
            afterCopy.run();
        }

        /** All keys that begin so. */
        public List<String> keys(String prefix) {
            try (S3Client client = S3Clients.client(CONFIG)) {
                return client
                        .listObjectsV2Paginator(
                                list -> list.bucket(CONFIG.bucket()).prefix(prefix))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList();
            }
        }

        void reset() {
            beforeCopy = () -> {};
            afterCopy = () -> {};
            copies = 0;
        }
    }

    private void run(Runnable work) {
        database.inTransaction(() -> {
            work.run();
            return null;
        });
    }

    private <T> T call(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private final class TransactionalGrants extends Grants {
        TransactionalGrants(GrantRows rows) {
            super(rows, intents, clock);
        }

        @Override
        public int revoke(RepoKey repo, Collection<Sha256> contents) {
            return call(() -> super.revoke(repo, contents));
        }

        @Override
        public int revokeUnused(RepoKey repo, Collection<Sha256> contents, Instant before) {
            return call(() -> super.revokeUnused(repo, contents, before));
        }

        @Override
        public int forget(Collection<Sha256> contents, Instant before) {
            return call(() -> super.forget(contents, before));
        }
    }

    private final class TransactionalLedger extends ObjectLedger {
        TransactionalLedger() {
            super(objects, uploadRows, intents, clock);
        }

        @Override
        public void promise(RepoKey repo, Collection<String> keys) {
            run(() -> super.promise(repo, keys));
        }

        @Override
        public String promiseXorb(XetHash xorb) {
            return call(() -> super.promiseXorb(xorb));
        }

        @Override
        public String promiseAttachment(String id) {
            return call(() -> super.promiseAttachment(id));
        }

        @Override
        public String promiseCopy(Sha256 sha256) {
            return call(() -> super.promiseCopy(sha256));
        }

        @Override
        public boolean nameCopy(Sha256 sha256, String key) {
            return call(() -> super.nameCopy(sha256, key));
        }

        @Override
        public void open(RepoKey repo, String userId, List<UploadInFlight> opened) {
            run(() -> super.open(repo, userId, opened));
        }

        @Override
        public List<UploadInFlight> renew(List<UploadInFlight> inFlight) {
            return call(() -> super.renew(inFlight));
        }

        @Override
        public boolean name(RepoKey repo, UploadInFlight upload, String key) {
            return call(() -> super.name(repo, upload, key));
        }

        @Override
        public void grantProven(RepoKey repo, UploadInFlight upload) {
            run(() -> super.grantProven(repo, upload));
        }

        @Override
        public void keep(RepoKey repo, Collection<Sha256> contents) {
            run(() -> super.keep(repo, contents));
        }

        @Override
        public void refuse(UploadInFlight upload) {
            run(() -> super.refuse(upload));
        }

        @Override
        public void grantFrom(RepoKey source, RepoKey target, Collection<Sha256> contents) {
            run(() -> super.grantFrom(source, target, contents));
        }

        @Override
        public int expire() {
            return call(super::expire);
        }

        @Override
        public List<StoreIntents.Stale> condemn(List<StoreIntents.Stale> stale, Duration age) {
            return call(() -> super.condemn(stale, age));
        }

        @Override
        public void forget(Collection<String> keys) {
            run(() -> super.forget(keys));
        }
    }
}
