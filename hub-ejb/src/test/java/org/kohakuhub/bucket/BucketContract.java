package org.kohakuhub.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.BucketKey;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.bucket.BatchOutcome.Failure;
import org.kohakuhub.bucket.BucketChange.Source;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;

/** What buckets promise, on whichever database. */
interface BucketContract {
    TestBuckets hub();

    private static byte[] fresh(int size) {
        byte[] bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private static BucketChange put(String path, XetHash hash) {
        return new BucketChange.Put(path, hash, Instant.EPOCH, Optional.of("text/plain"), Optional.empty());
    }

    private static BucketChange copy(String path, XetHash hash, Source source) {
        return new BucketChange.Put(path, hash, Instant.EPOCH, Optional.empty(), Optional.of(source));
    }

    private BatchOutcome apply(RepoKey owner, BucketKey bucket, BucketChange... changes) {
        return hub().files.apply(TestBuckets.caller(owner), bucket.name(), () -> List.of(changes));
    }

    private List<String> level(RepoKey owner, BucketKey bucket, String path, int limit) {
        List<String> paths = new ArrayList<>();
        String cursor = "";
        do {
            var page = hub().files.level(TestBuckets.caller(owner), bucket.name(), path, cursor, limit);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            page.entries().forEach(entry -> paths.add(entry.path() + (entry instanceof BucketEntry.Folder ? "/" : "")));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return paths;
    }

    private List<String> all(RepoKey owner, BucketKey bucket, String prefix, int limit) {
        List<String> paths = new ArrayList<>();
        String cursor = "";
        do {
            var page = hub().files.all(TestBuckets.caller(owner), bucket.name(), prefix, cursor, limit);
            page.entries().forEach(entry -> paths.add(entry.path()));
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return paths;
    }

    @Test
    default void sums_follow_the_files_and_the_last_line_counts() {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "box", false);
        XetHash three = hub().send(bucket, fresh(300));
        XetHash five = hub().send(bucket, fresh(500));

        assertThat(apply(ann, bucket, put("a", three), put("b", three), put("a", five), put("c", three))
                        .failed())
                .isEmpty();
        assertThat(hub().sums(bucket)).containsExactly(1_100L, 3L, 1_100L, 3L);

        apply(ann, bucket, new BucketChange.Delete("b"), new BucketChange.Delete("not/there"), put("c", five));
        assertThat(hub().sums(bucket)).containsExactly(1_000L, 2L, 1_000L, 2L);
        assertThat(hub().files.find(TestBuckets.caller(ann), bucket.name(), List.of("c", "b", "a")))
                .extracting(BucketFile::path)
                .containsExactly("c", "a");
    }

    @Test
    default void an_empty_file_has_a_content_too() throws Exception {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "empty", false);
        XetHash nothing = XetHash.of(new byte[XetHash.BYTES]);
        assertThat(apply(ann, bucket, put("before", nothing)).failed()).hasSize(1);
        hub().xet.sendEmptyToBucket(bucket);
        assertThat(apply(ann, bucket, put("empty", nothing)).failed()).isEmpty();
        assertThat(hub().sums(bucket)).containsExactly(0L, 1L, 0L, 1L);
        var found = hub().files.open(TestBuckets.caller(ann), bucket.name(), "empty");
        try (var bytes = hub().files.bytes(found, 0, 0)) {
            assertThat(bytes.readAllBytes()).isEmpty();
        }
    }

    @Test
    default void a_hash_is_no_right() {
        RepoKey ann = hub().newOwner();
        RepoKey bob = hub().newOwner();
        BucketKey hers = hub().newBucket(ann, "hers", true);
        BucketKey his = hub().newBucket(bob, "his", false);
        XetHash secret = hub().send(hers, fresh(400));
        XetHash inRepo = hub().xet.uploadToRepository(ann, fresh(400));
        apply(ann, hers, put("secret", secret));

        BatchOutcome outcome = apply(
                bob,
                his,
                put("plain", secret),
                copy("hers", secret, new Source.Bucket(hers.name())),
                copy("his", secret, new Source.Bucket(his.name())),
                copy("missing", secret, new Source.Bucket(new BucketId("no", "such"))),
                copy("repo", secret, new Source.Repository(ann.name())),
                put("repo2", inRepo));
        assertThat(outcome.succeeded()).isZero();
        assertThat(outcome.failed())
                .extracting(Failure::path)
                .containsExactlyInAnyOrder("plain", "hers", "his", "missing", "repo", "repo2");
        assertThat(hub().sums(his)).containsExactly(0L, 0L, 0L, 0L);

        hub().buckets.change(TestBuckets.caller(ann), hers.name(), Optional.of(false));
        assertThat(apply(
                                bob,
                                his,
                                copy("hers", secret, new Source.Bucket(hers.name())),
                                copy("repo", inRepo, new Source.Repository(ann.name())))
                        .failed())
                .isEmpty();
        assertThat(hub().sums(his)).containsExactly(800L, 2L, 800L, 2L);
    }

    @Test
    default void listings_go_on_where_the_page_before_ended() {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "tree", false);
        XetHash hash = hub().send(bucket, fresh(10));
        List<String> paths =
                new ArrayList<>(List.of("a", "a-b", "a/1", "a0", "b%c/d", "ü/é", "z_", "zz", "\uD83D\uDE00"));
        IntStream.range(0, 450).forEach(i -> paths.add("many/" + i + "/x/" + i));
        IntStream.range(0, 450).forEach(i -> paths.add("wide/" + i));
        apply(ann, bucket, paths.stream().map(path -> put(path, hash)).toArray(BucketChange[]::new));

        List<String> top = List.of("a", "a-b", "a/", "a0", "b%c/", "many/", "wide/", "z_", "zz", "ü/", "\uD83D\uDE00");
        assertThat(level(ann, bucket, "", 1_000)).containsExactlyElementsOf(top);
        assertThat(level(ann, bucket, "", 1)).containsExactlyElementsOf(top);
        assertThat(level(ann, bucket, "", 3)).containsExactlyElementsOf(top);
        assertThat(level(ann, bucket, "a", 1)).containsExactly("a", "a/1");
        assertThat(level(ann, bucket, "a/", 10)).containsExactly("a/1");
        assertThat(level(ann, bucket, "many/7", 10)).containsExactly("many/7/x/");
        assertThat(level(ann, bucket, "many", 100)).hasSize(450).allMatch(path -> path.endsWith("/"));
        assertThat(level(ann, bucket, "wide", 7)).hasSize(450).doesNotHaveDuplicates();
        assertThat(level(ann, bucket, "none", 7)).isEmpty();
        assertThat(all(ann, bucket, "", 100)).hasSize(paths.size()).doesNotHaveDuplicates();
        assertThat(all(ann, bucket, "z", 1)).containsExactly("z_", "zz");
        assertThat(all(ann, bucket, "%", 1)).isEmpty();
        assertThat(all(ann, bucket, "a\0", 1)).isEmpty();
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().files.all(TestBuckets.caller(ann), bucket.name(), "", "?", 1))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    /** docs/xet-protocol.md, 7.3: a bucket's files are references, and a bucket that is gone frees them. */
    @Test
    default void the_sweep_keeps_what_a_bucket_has_and_frees_it_afterwards() throws Exception {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "swept", false);
        byte[] content = fresh(3_000);
        XetHash kept = hub().send(bucket, content);
        XetHash unnamed = hub().send(bucket, fresh(3_000));
        XetHash copied = hub().xet.uploadToRepository(ann, fresh(3_000));
        apply(ann, bucket, put("kept", kept), copy("copied", copied, new Source.Repository(ann.name())));
        hub().xet.objects.deleteRepository(ann);

        hub().xet.objects.clock.pass(Duration.ofDays(6));
        hub().xet.sweep.sweep();
        assertThat(hub().xet.knows(unnamed)).as("young").isTrue();
        hub().xet.objects.clock.pass(Duration.ofDays(60));
        hub().xet.sweep.sweep();
        hub().xet.objects.clock.pass(Duration.ofDays(2));
        hub().xet.sweep.sweep();
        assertThat(hub().xet.knows(unnamed)).isFalse();
        assertThat(hub().uploads(bucket)).isZero();
        assertThat(hub().xet.knows(copied)).isTrue();
        var found = hub().files.open(TestBuckets.caller(ann), bucket.name(), "kept");
        try (var bytes = hub().files.bytes(found, 0, 3_000)) {
            assertThat(bytes.readAllBytes()).isEqualTo(content);
        }

        apply(ann, bucket, new BucketChange.Delete("copied"));
        hub().xet.sweep.sweep();
        assertThat(hub().xet.knows(copied)).isFalse();
        hub().ledger.delete(bucket);
        hub().xet.sweep.sweep();
        assertThat(hub().xet.knows(kept)).isFalse();
    }

    /** Whoever comes first: the file is there with its bytes, or the line fails. */
    @Test
    default void naming_and_sweeping_at_once_leave_no_file_without_content() throws Exception {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "race", false);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                XetHash hash = hub().send(bucket, fresh(500 + round));
                hub().xet.objects.clock.pass(Duration.ofDays(9));
                String path = "f" + round;
                Future<BatchOutcome> named = two.submit(() -> apply(ann, bucket, put(path, hash)));
                Future<?> swept = two.submit(() -> {
                    try {
                        hub().xet.sweep.sweep();
                    } catch (RuntimeException lost) {
                        // the next hour's sweep goes on
                    }
                });
                boolean done = named.get().failed().isEmpty();
                swept.get();
                assertThat(hub().files.find(TestBuckets.caller(ann), bucket.name(), List.of(path)))
                        .hasSize(done ? 1 : 0);
                if (done) {
                    hub().xet.sweep.sweep();
                    assertThat(hub().xet.knows(hash)).isTrue();
                }
            }
        } finally {
            two.shutdown();
        }
        List<Long> sums = hub().sums(bucket);
        assertThat(sums.subList(0, 2)).isEqualTo(sums.subList(2, 4));
    }

    @Test
    default void writers_at_once_leave_exact_sums() throws Exception {
        RepoKey ann = hub().newOwner();
        BucketKey bucket = hub().newBucket(ann, "busy", false);
        List<XetHash> hashes = IntStream.range(1, 5)
                .mapToObj(i -> hub().send(bucket, fresh(100 * i)))
                .toList();
        ExecutorService four = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int mine = writer;
                writers.add(() -> {
                    for (int round = 0; round < 10; round++) {
                        apply(
                                ann,
                                bucket,
                                put("p" + (round + mine) % 3, hashes.get(mine)),
                                new BucketChange.Delete("p" + round % 3),
                                put("q" + mine, hashes.get(round % 4)));
                    }
                    return null;
                });
            }
            for (Future<Void> done : four.invokeAll(writers)) {
                done.get();
            }
        } finally {
            four.shutdown();
        }
        List<Long> sums = hub().sums(bucket);
        assertThat(sums.subList(0, 2)).isEqualTo(sums.subList(2, 4));
    }

    @Test
    default void names_are_one_owners_and_old_ones_lead_on() {
        RepoKey ann = hub().newOwner();
        Caller caller = TestBuckets.caller(ann);
        String space = ann.name().namespace();
        hub().newBucket(ann, "my-box", false);
        assertThat(hub().buckets.create(caller, space, "My_Box", false))
                .isEqualTo(new BucketService.Creation(new BucketId(space, "my-box"), false));
        hub().newBucket(ann, "other", false);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(
                        () -> hub().buckets.move(caller, new BucketId(space, "other"), new BucketId(space, "MYBOX")))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.CONFLICT);
        hub().buckets.move(caller, new BucketId(space, "other"), new BucketId(space, "third"));
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().buckets.info(caller, new BucketId(space, "other")))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.REPO_MOVED);
        hub().newBucket(ann, "Other", false);
        assertThat(hub().buckets
                        .info(caller, new BucketId(space, "OTHER"))
                        .name()
                        .name())
                .isEqualTo("Other");
    }
}
