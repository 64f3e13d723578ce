package org.kohakuhub.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.object.TestObjects.ANN;
import static org.kohakuhub.object.TestObjects.HERE;
import static org.kohakuhub.object.TestObjects.sha256;
import static org.kohakuhub.object.WithObjects.fresh;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore.Part;

/** Uploads in parts, renewed uploads, and the sweep of those that nobody finished. */
interface UploadContract extends WithObjects {
    @Test
    default void an_upload_in_parts_is_joined_once_or_twice_and_verified() {
        RepoKey repo = hub().newRepository();
        int partSize = 5 << 20;
        byte[] bytes = new byte[partSize + 1000];
        new Random(ThreadLocalRandom.current().nextLong()).nextBytes(bytes);
        UploadInFlight upload = openInParts(repo, bytes, partSize);
        List<URI> addresses = hub().uploads.partAddresses(upload, HERE);
        assertThat(addresses).hasSize(2);
        List<Part> parts = List.of(
                new Part(1, TestObjects.put(addresses.get(0), Arrays.copyOf(bytes, partSize))),
                new Part(2, TestObjects.put(addresses.get(1), Arrays.copyOfRange(bytes, partSize, bytes.length))));

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().uploads.join(upload.id(), sha256(bytes), parts.subList(0, 1)))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().uploads.join(upload.id(), sha256(new byte[0]), parts))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.NOT_FOUND);
        hub().uploads.join(upload.id(), sha256(bytes), parts);
        hub().uploads.join(upload.id(), sha256(bytes), parts);
        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);

        assertThat(hub().store.getRange(hub().placeOf(sha256(bytes)), 0, bytes.length))
                .isEqualTo(bytes);
    }

    @Test
    default void asking_again_renews_an_upload_of_the_same_shape_only() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = new byte[6 << 20];
        ThreadLocalRandom.current().nextBytes(bytes);
        UploadInFlight single = hub().open(repo, sha256(bytes), bytes.length);
        UploadInFlight parts = openInParts(repo, bytes, 5 << 20);

        assertThat(parts.id()).isNotEqualTo(single.id());
        assertThat(openInParts(repo, bytes, 5 << 20)).isEqualTo(parts);

        List<URI> addresses = hub().uploads.partAddresses(parts, HERE);
        hub().uploads
                .join(
                        parts.id(),
                        sha256(bytes),
                        List.of(
                                new Part(1, TestObjects.put(addresses.get(0), Arrays.copyOf(bytes, 5 << 20))),
                                new Part(2, TestObjects.put(addresses.get(1), new byte[1 << 20]))));
        // its parts were joined, the store would take no more
        assertThat(openInParts(repo, bytes, 5 << 20).id()).isNotEqualTo(parts.id());
    }

    @Test
    default void a_body_that_breaks_off_is_the_clients_fault() {
        RepoKey repo = hub().newRepository();
        UploadInFlight upload = openInParts(repo, fresh(), 5 << 20);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        };

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().receiver.receive(upload.id(), broken))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.INVALID);
    }

    private UploadInFlight openInParts(RepoKey repo, byte[] bytes, long partSize) {
        return hub().uploads
                .open(repo, ANN, List.of(new Uploads.Wanted(sha256(bytes), bytes.length, Optional.of(partSize))))
                .get(sha256(bytes));
    }

    @Test
    default void the_sweep_takes_what_nobody_finished_and_nothing_else() {
        RepoKey repo = hub().newRepository();
        byte[] kept = fresh();
        hub().send(repo, kept);
        hub().contents.verifyUploaded(repo, sha256(kept), kept.length);
        UploadInFlight unverified = hub().send(repo, fresh());
        UploadInFlight unjoined = openInParts(repo, new byte[100], 5 << 20);
        List<Part> sent = List.of(new Part(
                1, TestObjects.put(hub().uploads.partAddresses(unjoined, HERE).get(0), new byte[100])));
        RepoKey gone = hub().newRepository();
        UploadInFlight orphan = hub().send(gone, fresh());
        hub().deleteRepository(gone);

        hub().sweep.sweep();
        assertThat(hub().store.head(unverified.key())).isPresent();
        assertThat(hub().store.head(orphan.key())).isPresent();

        hub().clock.pass(UploadLife.ROW.plusHours(1));
        hub().sweep.sweep();
        assertThat(hub().isOpen(unverified)).isFalse();
        assertThat(hub().store.head(unverified.key())).isPresent(); // a late PUT may still be running

        UploadInFlight young = hub().send(repo, fresh());
        hub().clock.pass(UploadLife.PROMISE.minus(UploadLife.ROW));
        assertThat(hub().sweep.sweep()).isGreaterThanOrEqualTo(4);

        assertThat(hub().store.head(unverified.key())).isEmpty();
        assertThat(hub().store.head(orphan.key())).isEmpty();
        assertThat(hub().store.head(young.key())).isPresent();
        assertThat(hub().store.getRange(hub().placeOf(sha256(kept)), 0, 100)).isEqualTo(kept);
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().store
                        .completeMultipart(
                                unjoined.key(), unjoined.parts().orElseThrow().multipartId(), sent))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
        hub().contents.verifyUploaded(repo, young.sha256(), young.size());
    }

    @Test
    default void an_upload_that_is_renewed_outlives_the_sweep() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().send(repo, bytes);

        for (int i = 0; i < 3; i++) {
            hub().clock.pass(UploadLife.ROW.minusHours(1));
            assertThat(hub().open(repo, sha256(bytes), bytes.length)).isEqualTo(upload);
            hub().sweep.sweep();
        }

        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);
    }

    @Test
    default void a_copy_whose_promise_a_sweeper_took_is_not_named() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        hub().send(repo, bytes);
        // the proof takes days, and the sweeper comes by
        hub().store.afterCopy = () -> {
            hub().clock.pass(UploadLife.PROMISE.plusHours(1));
            hub().sweep.sweep();
        };

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length));

        assertThat(hub().contents.granted(repo, List.of(sha256(bytes)))).isEmpty();
    }
}
