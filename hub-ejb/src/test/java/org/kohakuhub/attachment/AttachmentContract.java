package org.kohakuhub.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.database.TestDatabase;
import org.kohakuhub.object.Leftovers;
import org.kohakuhub.object.TestObjects;

/** What is kept, for how much of it there is room, and what a failure leaves behind. */
interface AttachmentContract {
    byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    String PREFIX = "attachments/";

    TestDatabase database();

    TestObjects objects();

    /** With a transaction around the call, as the container has it. */
    final class Ledger extends AttachmentLedger {
        private final TestDatabase database;

        Ledger(TestDatabase database, TestObjects objects) {
            super(objects.ledger, objects.clock);
            this.database = database;
            em = database.entityManager();
        }

        @Override
        public void name(String userId, Attachment attachment) {
            database.inTransaction(() -> {
                super.name(userId, attachment);
                return null;
            });
        }
    }

    private AttachmentService service() {
        return new AttachmentService(
                new AccessPolicy(null),
                new Ledger(database(), objects()),
                objects().ledger,
                objects().store,
                new Leftovers(objects().store, objects().ledger),
                TestObjects.CONFIG);
    }

    private Caller newUser() {
        String id = Ids.next(objects().clock);
        database()
                .inTransaction(() -> database()
                        .entityManager()
                        .createNativeQuery("insert into account (id, kind, name, normalized_name, created_at)"
                                + " values (?1, 'user', ?2, ?2, 0)")
                        .setParameter(1, id)
                        .setParameter(2, "u" + id)
                        .executeUpdate());
        return Caller.user(id, "u" + id);
    }

    private static byte[] png(int size) {
        return Arrays.copyOf(PNG, size);
    }

    private Attachment keep(Caller caller, byte[] bytes) {
        return service().keep(caller, "image/png", bytes.length, new ByteArrayInputStream(bytes));
    }

    private void assertRefused(ErrorKind kind, Caller caller, String type, long length, InputStream body) {
        assertThatThrownBy(() -> service().keep(caller, type, length, body))
                .isInstanceOfSatisfying(
                        HubException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }

    @BeforeEach
    default void empty() {
        objects().store.delete(objects().store.keys(PREFIX));
    }

    @Test
    default void what_is_kept_is_found_under_its_name_and_no_other() {
        byte[] bytes = png(100_000);
        Attachment kept = keep(newUser(), bytes);
        assertThat(kept.fileName()).matches("[0-9a-f]{32}\\.png");
        assertThat(service().find(kept.fileName())).isEqualTo(kept);
        assertThat(kept.size()).isEqualTo(bytes.length);
        assertThat(TestObjects.get(service().address(kept, TestObjects.HERE))).isEqualTo(bytes);
        for (String other :
                List.of(kept.id(), kept.id() + ".jpg", "0".repeat(32) + ".png", "..", kept.id() + ".png/")) {
            assertThatThrownBy(() -> service().find(other)).hasMessageContaining("no such attachment");
        }
    }

    @Test
    default void the_sweep_takes_what_no_row_names_and_leaves_the_rest() {
        Attachment kept = keep(newUser(), png(100));
        String promised = objects().ledger.promiseAttachment("f".repeat(32));
        objects().store.put(promised, PNG);
        objects().clock.pass(Duration.ofDays(4));
        objects().sweep.sweep();
        assertThat(objects().store.keys(PREFIX)).containsExactly(kept.key());
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, 10485761, 1",
        "image/png, -1, 10485761",
        "image/png, 20, 10485761",
        "audio/wav, 10485761, 1",
        "video/mp4, 52428801, 1"
    })
    default void what_is_too_large_is_refused_however_long_it_was_said_to_be(String type, long said, int size) {
        assertRefused(ErrorKind.TOO_LARGE, newUser(), type, said, new ByteArrayInputStream(png(size)));
        assertThat(objects().store.keys(PREFIX)).isEmpty();
    }

    @Test
    default void videos_may_be_larger() {
        byte[] video = new byte[11 << 20];
        System.arraycopy("....ftypisom".getBytes(StandardCharsets.US_ASCII), 0, video, 0, 12);
        Attachment kept = service().keep(newUser(), "video/mp4", -1, new ByteArrayInputStream(video));
        assertThat(kept.fileName()).endsWith(".mp4");
        assertThat(kept.size()).isEqualTo(video.length);
    }

    @Test
    default void a_body_that_breaks_off_leaves_nothing() {
        InputStream body = new InputStream() {
            private int left = 5_000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("the sender is gone");
                }
                return png(5_000)[5_000 - left--] & 0xff;
            }
        };
        assertRefused(ErrorKind.INVALID, newUser(), "image/png", 9_000, body);
        assertThat(objects().store.keys(PREFIX)).isEmpty();
    }

    @Test
    default void strangers_readers_and_other_files_are_refused() {
        Caller ann = newUser();
        assertRefused(ErrorKind.UNAUTHENTICATED, Caller.anonymous(), "image/png", 16, new ByteArrayInputStream(PNG));
        Caller reader = new Caller(ann.userId(), ann.username(), false, false);
        assertRefused(ErrorKind.FORBIDDEN, reader, "image/png", 16, new ByteArrayInputStream(PNG));
        for (String type : List.of("", "text/html", "image/svg+xml", "image/jpeg")) {
            assertRefused(ErrorKind.INVALID, ann, type, 16, new ByteArrayInputStream(PNG));
        }
        assertRefused(ErrorKind.INVALID, ann, "image/png", 0, InputStream.nullInputStream());
        assertThat(objects().store.keys(PREFIX)).isEmpty();
    }

    private void pretend(Caller caller, int files, long bytes) {
        database().inTransaction(() -> {
            EntityManager em = database().entityManager();
            for (int i = 0; i < files; i++) {
                String id = Ids.next(objects().clock) + "0".repeat(8);
                em.createNativeQuery("insert into attachment (id, user_id, content_type, size, object_key, created_at)"
                                + " values (?1, ?2, 'image/png', ?3, ?1, ?4)")
                        .setParameter(1, id)
                        .setParameter(2, caller.userId())
                        .setParameter(3, bytes)
                        .setParameter(4, objects().clock.millis())
                        .executeUpdate();
            }
            return null;
        });
    }

    @Test
    default void a_user_may_attach_so_many_files_a_day() {
        Caller ann = newUser();
        pretend(ann, 999, 1);
        keep(ann, PNG);
        assertRefused(ErrorKind.FORBIDDEN, ann, "image/png", 16, new ByteArrayInputStream(PNG));
        keep(newUser(), PNG);
        objects().clock.pass(Duration.ofDays(1));
        keep(ann, PNG);
    }

    @Test
    default void a_user_may_attach_so_many_bytes_a_day_whether_he_tells_or_not() {
        Caller ann = newUser();
        pretend(ann, 1, (1L << 30) - 100);
        byte[] larger = png(101);
        assertRefused(ErrorKind.FORBIDDEN, ann, "image/png", 101, new ByteArrayInputStream(larger));
        assertRefused(ErrorKind.FORBIDDEN, ann, "image/png", -1, new ByteArrayInputStream(larger));
        assertThat(objects().store.keys(PREFIX)).isEmpty();
        keep(ann, png(100));
    }

    @Test
    default void what_was_attached_outlives_the_account_as_comments_do() {
        Caller ann = newUser();
        Attachment kept = keep(ann, PNG);
        database()
                .inTransaction(() -> database()
                        .entityManager()
                        .createNativeQuery("delete from account where id = ?1")
                        .setParameter(1, ann.userId())
                        .executeUpdate());
        assertThat(service().find(kept.fileName())).isEqualTo(kept);
    }
}
