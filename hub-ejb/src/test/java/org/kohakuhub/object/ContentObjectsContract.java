package org.kohakuhub.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.kohakuhub.object.TestObjects.HERE;
import static org.kohakuhub.object.TestObjects.sha256;
import static org.kohakuhub.object.WithObjects.fresh;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;

/** Bytes are named only after their sha256 was seen, and only for the repository whose door they came through. */
interface ContentObjectsContract extends WithObjects {
    @Test
    default void what_was_uploaded_and_verified_can_be_read() throws IOException {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().send(repo, bytes);
        assertThat(hub().contents.granted(repo, List.of(sha256(bytes)))).isEmpty();

        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);

        assertThat(hub().contents.granted(repo, List.of(sha256(bytes))))
                .containsOnly(Map.entry(sha256(bytes), new ObjectInfo(sha256(bytes), bytes.length)));
        URI address = hub().contents
                .download(repo, sha256(bytes), ContentDisposition.attachment("a.bin"), "application/octet-stream", HERE)
                .orElseThrow();
        assertThat(TestObjects.get(address)).isEqualTo(bytes);
        try (InputStream part =
                hub().contents.open(repo, sha256(bytes), 2, bytes.length - 3).orElseThrow()) {
            assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 2, bytes.length - 1));
        }
        assertThat(hub().store.head(upload.key())).isEmpty();
        assertThat(hub().contents.locate(repo, List.of(sha256(bytes), sha256(fresh())), HERE))
                .hasSize(1)
                .hasEntrySatisfying(sha256(bytes), located -> {
                    assertThat(located.info().size()).isEqualTo(bytes.length);
                    assertThat(TestObjects.get(located.address())).isEqualTo(bytes);
                });
    }

    @Test
    default void verifying_again_is_success() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        hub().send(repo, bytes);

        ObjectInfo first = hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);
        ObjectInfo again = hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);

        assertThat(again).isEqualTo(first);
        assertRefused(repo, sha256(bytes), bytes.length + 1);
    }

    @Test
    default void other_bytes_than_said_are_refused_and_nothing_is_named() {
        RepoKey repo = hub().newRepository();
        Sha256 claimed = sha256(fresh());
        byte[] sent = fresh();
        UploadInFlight upload = hub().open(repo, claimed, sent.length);
        TestObjects.put(hub().uploads.address(upload, HERE), sent);
        List<String> before = hub().contentKeys();

        assertRefused(repo, claimed, sent.length);

        assertThat(hub().contents.granted(repo, List.of(claimed, sha256(sent)))).isEmpty();
        assertThat(hub().contentKeys()).isEqualTo(before);
        assertThat(hub().store.head(upload.key())).isEmpty();
        assertThat(hub().isOpen(upload)).isFalse();
    }

    @Test
    default void bytes_of_another_length_are_refused_unread() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().open(repo, sha256(bytes), bytes.length);
        TestObjects.put(hub().uploads.address(upload, HERE), Arrays.copyOf(bytes, bytes.length - 1));

        assertRefused(repo, sha256(bytes), bytes.length);
        assertThat(hub().store.copies).isZero();

        // the address still works, and the right bytes are welcome
        TestObjects.put(hub().uploads.address(upload, HERE), bytes);
        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);
        assertThat(hub().contents.granted(repo, List.of(sha256(bytes)))).hasSize(1);
    }

    @Test
    default void what_was_never_sent_is_refused() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        hub().open(repo, sha256(bytes), bytes.length);

        assertRefused(repo, sha256(bytes), bytes.length);
    }

    @Test
    default void a_client_that_writes_again_after_the_proof_changes_nothing() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().send(repo, bytes);
        URI kept = hub().uploads.address(upload, HERE);
        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);

        TestObjects.put(kept, fresh());

        assertThat(hub().store.getRange(hub().placeOf(sha256(bytes)), 0, 100)).isEqualTo(bytes);
    }

    @Test
    default void a_client_that_writes_while_the_proof_runs_changes_nothing() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().send(repo, bytes);
        URI kept = hub().uploads.address(upload, HERE);
        hub().store.afterCopy = () -> TestObjects.put(kept, fresh());

        hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length);

        assertThat(hub().store.getRange(hub().placeOf(sha256(bytes)), 0, 100)).isEqualTo(bytes);
    }

    @Test
    default void a_client_that_writes_before_the_bytes_are_sealed_is_found_out() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        UploadInFlight upload = hub().send(repo, bytes);
        URI kept = hub().uploads.address(upload, HERE);
        hub().store.beforeCopy = () -> TestObjects.put(kept, fresh());

        assertRefused(repo, sha256(bytes), bytes.length);
        assertThat(hub().contents.granted(repo, List.of(sha256(bytes)))).isEmpty();
    }

    @Test
    default void knowing_a_hash_is_no_right() {
        RepoKey mine = hub().newRepository();
        RepoKey theirs = hub().newRepository();
        byte[] bytes = fresh();
        hub().send(theirs, bytes);
        hub().contents.verifyUploaded(theirs, sha256(bytes), bytes.length);

        assertRefused(mine, sha256(bytes), bytes.length);
        assertThat(hub().contents.locate(mine, List.of(sha256(bytes)), HERE)).isEmpty();
        assertThat(hub().contents.download(mine, sha256(bytes), ContentDisposition.inline("a"), "text/plain", HERE))
                .isEmpty();
        assertThat(hub().contents.open(mine, sha256(bytes), 0, 1)).isEmpty();
    }

    @Test
    default void who_has_the_bytes_too_gets_the_right_and_they_are_stored_once() {
        RepoKey mine = hub().newRepository();
        RepoKey theirs = hub().newRepository();
        byte[] bytes = fresh();
        hub().send(theirs, bytes);
        hub().contents.verifyUploaded(theirs, sha256(bytes), bytes.length);
        String place = hub().placeOf(sha256(bytes));
        List<String> before = hub().contentKeys();

        // a hash with other bytes proves nothing, although the hub knows the right ones
        UploadInFlight pretended = hub().open(mine, sha256(bytes), bytes.length);
        TestObjects.put(hub().uploads.address(pretended, HERE), fresh());
        assertRefused(mine, sha256(bytes), bytes.length);

        hub().send(mine, bytes);
        hub().contents.verifyUploaded(mine, sha256(bytes), bytes.length);

        assertThat(hub().contents.granted(mine, List.of(sha256(bytes)))).hasSize(1);
        assertThat(hub().placeOf(sha256(bytes))).isEqualTo(place);
        assertThat(hub().contentKeys()).isEqualTo(before);
    }

    @Test
    default void of_two_that_bring_the_same_bytes_at_once_one_finds_the_place_and_both_get_the_right()
            throws Exception {
        byte[] bytes = fresh();
        List<RepoKey> repos = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            repos.add(hub().newRepository());
        }
        repos.forEach(repo -> hub().send(repo, bytes));
        List<String> before = hub().contentKeys();
        List<Callable<ObjectInfo>> work = new ArrayList<>();
        for (RepoKey repo : repos) {
            work.add(() -> hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length));
            work.add(() -> hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length));
        }

        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<ObjectInfo> verified : threads.invokeAll(work)) {
                assertThat(verified.get().sha256()).isEqualTo(sha256(bytes));
            }
        } finally {
            threads.shutdown();
        }

        for (RepoKey repo : repos) {
            assertThat(hub().contents.granted(repo, List.of(sha256(bytes)))).hasSize(1);
        }
        List<String> added = new ArrayList<>(hub().contentKeys());
        added.removeAll(before);
        assertThat(added).containsExactly(hub().placeOf(sha256(bytes)));
    }

    @Test
    default void an_upload_to_a_repository_that_was_deleted_meanwhile_gives_nothing() {
        RepoKey repo = hub().newRepository();
        byte[] bytes = fresh();
        hub().send(repo, bytes);
        hub().store.afterCopy = () -> hub().deleteRepository(repo);
        List<String> before = hub().contentKeys();

        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().contents.verifyUploaded(repo, sha256(bytes), bytes.length))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.REPO_NOT_FOUND);

        assertThat(hub().contentKeys()).isEqualTo(before);
    }

    @Test
    default void a_copy_gives_the_rights_that_the_source_has_and_no_others() {
        RepoKey source = hub().newRepository();
        RepoKey target = hub().newRepository();
        List<Sha256> wanted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] bytes = fresh();
            hub().send(source, bytes);
            hub().contents.verifyUploaded(source, sha256(bytes), bytes.length);
            wanted.add(sha256(bytes));
        }
        byte[] foreign = fresh();
        RepoKey third = hub().newRepository();
        hub().send(third, foreign);
        hub().contents.verifyUploaded(third, sha256(foreign), foreign.length);
        List<Sha256> asked = new ArrayList<>(wanted);
        asked.add(sha256(foreign));
        for (int i = 0; i < 1200; i++) { // more than one statement takes
            asked.add(sha256(("none " + i).getBytes(UTF_8)));
        }

        hub().ledger.grantFrom(source, target, asked);
        hub().ledger.grantFrom(source, target, asked);

        assertThat(hub().contents.granted(target, asked)).containsOnlyKeys(wanted);
    }

    private void assertRefused(RepoKey repo, Sha256 sha256, long size) {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> hub().contents.verifyUploaded(repo, sha256, size))
                .extracting(HubException::kind)
                .isEqualTo(ErrorKind.UNPROCESSABLE);
    }
}
