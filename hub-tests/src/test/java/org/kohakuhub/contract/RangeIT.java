package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * Parts of files and conditional requests (docs/hf-api-contract.md, 7.3 and 20.20; RFC 9110, sections 13 and 14), for a
 * file in git and one in the object store. A whole answer to a request for a part would be silently wrong bytes.
 */
@Tag("core")
class RangeIT {
    private static final String INLINE = "inline.txt";
    private static final String LFS = "lfs.bin";
    private static final int SIZE = 1000;
    private static final byte[] CONTENT = Bytes.random(SIZE, 5);
    private static final List<String> FILES = List.of(INLINE, LFS);

    private static final RunningHub hub = RunningHub.shared();
    private static TestRepo repo;

    @BeforeAll
    static void fill() {
        repo = hub.newUser().newModel();
        repo.upload(CONTENT);
        repo.commit(Operations.commit("Fill")
                .file(INLINE, CONTENT)
                .file("empty.txt", new byte[0])
                .lfsFile(LFS, Bytes.sha256(CONTENT), SIZE));
    }

    private static String address(String file) {
        return repo.resolve("main", file);
    }

    private static String etag(String file) {
        return '"' + (file.equals(LFS) ? Bytes.sha256(CONTENT) : Bytes.blobId(CONTENT)) + '"';
    }

    /** A request as clients make it: where the hub sends them to the store they ask that for the same range. */
    private static Answer range(String file, String range) {
        Answer answer = hub.anonymous()
                .with("Accept-Encoding", "gzip, deflate")
                .with("Range", range)
                .get(address(file));
        return answer.status() == 302 ? hub.bare().with("Range", range).get(answer.header("Location")) : answer;
    }

    private static Stream<Arguments> satisfiable() {
        Object[][] ranges = {
            {"bytes=0-9", 0, 9},
            {"bytes=0-0", 0, 0},
            {"bytes=999-999", 999, 999},
            {"bytes=100-199", 100, 199},
            {"bytes=0-", 0, 999},
            {"bytes=990-", 990, 999},
            {"bytes=-1", 999, 999},
            {"bytes=-10", 990, 999},
            {"bytes=-5000", 0, 999}, // longer than the file: all of it
            {"bytes=995-2000", 995, 999}, // clamped
            {"bytes=0-999999999999999", 0, 999}
        };
        return FILES.stream()
                .flatMap(file -> Arrays.stream(ranges).map(range -> Arguments.of(file, range[0], range[1], range[2])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("satisfiable")
    void a_range_is_answered_with_just_its_bytes(String file, String range, int first, int last) {
        Answer part = range(file, range).expect(206);

        assertThat(part.header("Content-Range")).isEqualTo("bytes " + first + '-' + last + '/' + SIZE);
        assertThat(part.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(part.find("Content-Encoding")).isEmpty();
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(CONTENT, first, last + 1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "inline.txt, bytes=1000-",
        "inline.txt, bytes=5000-6000",
        "lfs.bin, bytes=1000-",
        "lfs.bin, bytes=5000-6000"
    })
    void a_range_past_the_end_says_where_the_end_is(String file, String range) {
        Answer refused = range(file, range).expect(416);

        assertThat(refused.header("Content-Range")).isEqualTo("bytes */" + SIZE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"bytes=9-0", "bytes=a-b", "bytes=", "bytes=-", "items=0-9", "bytes=0-1,5-6", "0-9"})
    void what_is_no_single_range_of_bytes_is_ignored(String range) {
        assertThat(range(INLINE, range).expect(200).body()).isEqualTo(CONTENT);
    }

    @Test
    void no_range_fits_an_empty_file() {
        assertThat(range("empty.txt", "bytes=0-").expect(416).header("Content-Range"))
                .isEqualTo("bytes */0");
        Answer whole = hub.anonymous().get(address("empty.txt")).expect(200);
        assertThat(whole.body()).isEmpty();
        assertThat(whole.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void a_range_counts_only_while_the_file_is_the_one_that_was_begun() {
        HubHttp resuming = hub.anonymous().with("Range", "bytes=10-19");

        Answer same =
                resuming.with("If-Range", etag(INLINE)).get(address(INLINE)).expect(206);
        assertThat(same.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 10, 20));
        for (String other : List.of(
                "\"0123456789012345678901234567890123456789\"",
                "W/" + etag(INLINE), // the comparison is the strong one
                "Wed, 21 Oct 2026 07:28:00 GMT")) {
            Answer whole = resuming.with("If-Range", other).get(address(INLINE)).expect(200);
            assertThat(whole.body()).as("If-Range: %s", other).isEqualTo(CONTENT);
            assertThat(whole.find("Content-Range")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, LFS})
    void a_file_that_the_client_has_is_not_sent_again(String file) {
        String tag = etag(file);
        for (String header : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HubHttp caller = hub.anonymous().with("If-None-Match", header);
            for (Answer answer : List.of(
                    caller.get(address(file)),
                    caller.head(address(file)),
                    caller.with("Range", "bytes=0-9").get(address(file)))) {
                answer.expect(304);
                assertThat(answer.header("ETag")).isEqualTo(tag);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.find("Location")).isEmpty();
            }
        }
        hub.anonymous().with("If-None-Match", "\"other\"").get(address(file)).expect(file.equals(LFS) ? 302 : 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, LFS})
    void a_question_for_the_headers_is_answered_by_the_hub_itself(String file) {
        Answer head = hub.anonymous()
                .with("Accept-Encoding", "identity")
                .head(address(file))
                .expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(head.header("ETag")).isEqualTo(etag(file));
        assertThat(head.header("X-Repo-Commit")).isEqualTo(repo.head());
        assertThat(head.find("X-Linked-Size").isPresent()).isEqualTo(file.equals(LFS));
        assertThat(head.find("X-Linked-ETag").isPresent()).isEqualTo(file.equals(LFS));
        hub.anonymous().with("Range", "bytes=5000-").head(address(file)).expect(200); // a range is a GET's
    }
}
