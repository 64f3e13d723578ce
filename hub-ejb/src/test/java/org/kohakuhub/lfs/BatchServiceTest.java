package org.kohakuhub.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.object.TestObjects.sha256;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.LfsConfig;
import org.kohakuhub.config.Secret;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.discussion.Discussions;
import org.kohakuhub.discussion.WriteAccess;
import org.kohakuhub.lfs.BatchRequest.Asked;
import org.kohakuhub.lfs.BatchRequest.Operation;
import org.kohakuhub.lfs.BatchService.SignedUpload;
import org.kohakuhub.lfs.ObjectAnswer.Fetch;
import org.kohakuhub.lfs.ObjectAnswer.Known;
import org.kohakuhub.lfs.ObjectAnswer.Refused;
import org.kohakuhub.lfs.ObjectAnswer.Send;
import org.kohakuhub.lfs.ObjectAnswer.SendParts;
import org.kohakuhub.object.ObjectStore.Part;
import org.kohakuhub.object.TestObjects;

/** Batches against a real database and object store; only the question of rights is answered by the test. */
class BatchServiceTest {
    private static final int MIB = 1 << 20;
    private static final int THRESHOLD = 6 * MIB;
    private static final int PART = 5 * MIB;
    private static final Caller ANN = Caller.user(TestObjects.ANN, "ann");
    private static final Caller READER = Caller.user("reader", "bob");
    private static final Visit VISIT = new Visit(URI.create("http://hub.lan:48888"), TestObjects.HERE);
    private static final Set<String> BASIC = Set.of();
    private static final Set<String> PYTHON = Set.of("basic", "multipart");
    private static final Set<String> GIT_LFS = Set.of("basic", "lfs-standalone-file", "ssh", "multipart");

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestObjects objects;

    private final RepoKey repo = objects.newRepository();
    private final RepoKey other = objects.newRepository();
    private final BatchService batches = new BatchService(
            new Rights(),
            objects.contents,
            objects.uploads,
            objects.receiver,
            new SignedLinks(
                    new AccountConfig(false, false, new Secret("s"), Duration.ofHours(1), Duration.ofDays(1)),
                    objects.clock),
            null, // nothing is in Xet here
            new LfsConfig(PART, THRESHOLD, PART, 5, false),
            new WriteAccess(new Rights(), new Discussions())); // branches only

    @BeforeAll
    static void open() {
        database = TestDatabase.sqlite(folder);
        objects = new TestObjects(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_short_object_is_sent_in_one_put_verified_and_then_known() {
        byte[] bytes = fresh(1000);

        Send send = (Send) ask(Operation.UPLOAD, PYTHON, bytes);
        TestObjects.put(send.href(), bytes);
        assertThat(send.verify())
                .hasToString("http://hub.lan:48888/" + repo.name().fullName() + ".git/info/lfs/verify");
        batches.verify(ANN, repo.name(), sha256(bytes), bytes.length);
        batches.verify(ANN, repo.name(), sha256(bytes), bytes.length);

        assertThat(ask(Operation.UPLOAD, PYTHON, bytes))
                .isEqualTo(new Known(sha256(bytes).hex(), bytes.length));
        Fetch fetch = (Fetch) ask(Operation.DOWNLOAD, BASIC, bytes);
        assertThat(TestObjects.get(fetch.href())).isEqualTo(bytes);
    }

    @Test
    void a_long_object_is_sent_in_parts_and_joined_by_its_signed_address() {
        byte[] bytes = fresh(THRESHOLD);

        SendParts send = (SendParts) ask(Operation.UPLOAD, PYTHON, bytes);
        assertThat(send.partSize()).isEqualTo(PART);
        assertThat(send.parts()).hasSize(2);
        List<Part> parts = List.of(
                new Part(1, TestObjects.put(send.parts().get(0), Arrays.copyOf(bytes, PART))),
                new Part(2, TestObjects.put(send.parts().get(1), Arrays.copyOfRange(bytes, PART, bytes.length))));
        SignedUpload signed = signed(send.join());
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() ->
                        batches.join(new SignedUpload(signed.uploadId(), signed.expires(), "x"), sha256(bytes), parts))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.FORBIDDEN);
        batches.join(signed, sha256(bytes), parts);
        batches.join(signed, sha256(bytes), parts);
        batches.verify(ANN, repo.name(), sha256(bytes), bytes.length);

        assertThat(ask(Operation.UPLOAD, PYTHON, bytes)).isInstanceOf(Known.class);
    }

    @Test
    void parts_are_for_those_who_know_them() {
        assertThat(ask(Operation.UPLOAD, BASIC, fresh(THRESHOLD))).isInstanceOf(Send.class);
    }

    @Test
    void huggingface_hub_sends_each_object_in_its_own_way_and_git_lfs_all_in_one() {
        List<Asked> mixed = List.of(asked(fresh(1000)), asked(fresh(THRESHOLD)));

        BatchAnswer python = batches.batch(ANN, repo.name(), new BatchRequest(Operation.UPLOAD, PYTHON, mixed), VISIT);
        BatchAnswer gitLfs = batches.batch(ANN, repo.name(), new BatchRequest(Operation.UPLOAD, GIT_LFS, mixed), VISIT);

        assertThat(python.inParts()).isFalse();
        assertThat(python.objects())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Send.class),
                        second -> assertThat(second).isInstanceOf(SendParts.class));
        assertThat(gitLfs.inParts()).isTrue();
        assertThat(gitLfs.objects()).hasOnlyElementsOfType(SendParts.class);
    }

    @Test
    void asking_again_while_the_bytes_are_on_their_way_gives_the_same_place() {
        byte[] bytes = fresh(1000);

        Send first = (Send) ask(Operation.UPLOAD, PYTHON, bytes);
        Send second = (Send) ask(Operation.UPLOAD, PYTHON, bytes);

        assertThat(second.href().getPath()).isEqualTo(first.href().getPath());
    }

    @Test
    void each_object_has_its_own_error_and_the_others_go_on() {
        byte[] good = fresh(1000);
        byte[] known = fresh(1000);
        TestObjects.put(((Send) ask(Operation.UPLOAD, PYTHON, known)).href(), known);
        batches.verify(ANN, repo.name(), sha256(known), known.length);

        List<ObjectAnswer> answers = batches.batch(
                        ANN,
                        repo.name(),
                        new BatchRequest(
                                Operation.UPLOAD,
                                BASIC,
                                List.of(
                                        new Asked("XYZ", 1),
                                        new Asked("", 1),
                                        new Asked(sha256(good).hex().toUpperCase(Locale.ROOT), 1000),
                                        new Asked(sha256(good).hex(), -1),
                                        new Asked(sha256(fresh(10)).hex(), (5L << 40) + 1),
                                        new Asked(sha256(known).hex(), 999),
                                        asked(good))),
                        VISIT)
                .objects();

        assertThat(answers.subList(0, 6))
                .allSatisfy(answer -> assertThat(((Refused) answer).status()).isEqualTo(422));
        assertThat(answers.get(6)).isInstanceOf(Send.class);
    }

    @Test
    void what_is_too_long_for_one_put_goes_through_the_hub_where_a_client_sends_no_parts() {
        Asked asked = new Asked(sha256(fresh(10)).hex(), (5L << 30) + 1);
        BatchAnswer answer =
                batches.batch(ANN, repo.name(), new BatchRequest(Operation.UPLOAD, BASIC, List.of(asked)), VISIT);
        assertThat(answer.objects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Send.class,
                        send -> assertThat(send.href())
                                .asString()
                                .startsWith("http://hub.lan:48888/")
                                .contains("/info/lfs/multipart/", "signature="));
    }

    @Test
    void what_the_repository_has_not_is_not_found_for_itself() {
        byte[] theirs = fresh(1000);
        Send send = (Send) batches.batch(
                        ANN, other.name(), new BatchRequest(Operation.UPLOAD, BASIC, List.of(asked(theirs))), VISIT)
                .objects()
                .get(0);
        TestObjects.put(send.href(), theirs);
        batches.verify(ANN, other.name(), sha256(theirs), theirs.length);

        assertThat(ask(Operation.DOWNLOAD, BASIC, theirs))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void sending_and_verifying_need_the_right_to_write_and_fetching_that_to_read() {
        byte[] bytes = fresh(1000);

        assertDenied(() -> ask(READER, Operation.UPLOAD, bytes));
        assertDenied(() -> batches.verify(READER, repo.name(), sha256(bytes), bytes.length));
        assertThat(ask(READER, Operation.DOWNLOAD, bytes)).isInstanceOf(Refused.class);
        assertDenied(() -> ask(Caller.anonymous(), Operation.DOWNLOAD, bytes));
    }

    @Test
    void a_batch_has_a_bound() {
        List<Asked> many = Collections.nCopies(1001, asked(fresh(10)));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(
                        () -> batches.batch(ANN, repo.name(), new BatchRequest(Operation.UPLOAD, BASIC, many), VISIT))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.TOO_LARGE);
    }

    private ObjectAnswer ask(Operation operation, Set<String> transfers, byte[] bytes) {
        return batches.batch(ANN, repo.name(), new BatchRequest(operation, transfers, List.of(asked(bytes))), VISIT)
                .objects()
                .get(0);
    }

    private ObjectAnswer ask(Caller caller, Operation operation, byte[] bytes) {
        return batches.batch(caller, repo.name(), new BatchRequest(operation, BASIC, List.of(asked(bytes))), VISIT)
                .objects()
                .get(0);
    }

    private static Asked asked(byte[] bytes) {
        return new Asked(sha256(bytes).hex(), bytes.length);
    }

    private static SignedUpload signed(URI join) {
        String path = join.getPath();
        String[] query = join.getQuery().split("[=&]");
        return new SignedUpload(path.substring(path.lastIndexOf('/') + 1), query[1], query[3]);
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(call)
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.FORBIDDEN);
    }

    private static byte[] fresh(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    /** Ann may write, Bob may read, nobody else may anything. */
    private final class Rights extends AccessPolicy {
        @Override
        public RepoKey require(Caller caller, Action action, RepoId id) {
            boolean allowed = caller.equals(ANN) || caller.equals(READER) && action == Action.READ_FILES;
            if (!allowed) {
                throw new HubException(ErrorKind.FORBIDDEN, "no");
            }
            return id.equals(other.name()) ? other : repo;
        }

        @Override
        public boolean allows(Caller caller, Action action, RepoKey key) {
            return caller.equals(ANN);
        }
    }
}
