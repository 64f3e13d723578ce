package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.ShardBytes.ProvenTerm;

/** What of stored chunks and files a CAS token opens, and what it tells nobody. */
@Tag("core")
class XetReadingIT {
    private static final RunningHub HUB = RunningHub.shared();

    private static HubUser ann;
    private static TestRepo repo;
    private static TestRepo hidden;
    private static Packed stored;

    @BeforeAll
    static void a_world() {
        ann = HUB.newUser();
        repo = ann.newModel();
        hidden = ann.newPrivateModel();
        stored = Cas.committed(repo, 300_000);
    }

    @Test
    void a_token_opens_the_files_of_its_repository_only() {
        TestRepo other = ann.newModel();
        for (Cas cas : List.of(Cas.reading(other), Cas.writing(other))) {
            cas.plan(stored.file(), "bytes=0-9").expectError(404, "");
            cas.http().get(cas.url() + "/v1/reconstructions/" + stored.file()).expectError(404, "");
            cas.file(stored.file()).expectError(404, "");
            cas.http().head(cas.url() + "/v1/files/" + stored.file()).expect(404);
        }
        other.commitAnswer("main", Cas.link(stored)).expect(422);
        assertThat(other.entry("a.bin")).isNull();

        Packed through = Cas.writing(repo).upload(Bytes.fresh(2_000));
        other.commitAnswer("main", Cas.link(through)).expect(422);
        hidden.commitAnswer("main", Cas.link(through)).expect(422);
        assertThat(other.entry("a.bin")).isNull();
    }

    @Test
    void dedup_queries_tell_little_and_never_fail() {
        Cas cas = Cas.reading(hidden);
        XetHash known = stored.xorb().chunks().hash(0);

        byte[] told = cas.chunk(known).expect(200).body();

        assertThat(Bytes.base64(told))
                .isNotEqualTo(Bytes.base64(cas.chunk(known).body())); // each keyed anew
        for (int i = 0; i < stored.xorb().chunks().count(); i++) {
            assertThat(contains(told, stored.xorb().chunks().hash(i).bytes())).isFalse();
        }
        Stream.of(
                        new XetHash(0, 0, 0, 0),
                        new XetHash(-1, -1, -1, -1),
                        stored.file(),
                        stored.xorb().hash())
                .map(cas::chunk)
                .forEach(answer -> answer.expectError(404, ""));
        cas.http().get(cas.url() + "/v1/chunks/default-merkledb/" + known).expect(200);
        for (int i = 0; i < 200; i++) {
            cas.chunk(new XetHash(i, i, i, i << 10)).expect(404);
        }
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=300000-300001              | 416",
                "bytes=300000-                    | 416",
                "bytes=999999999999-9999999999999 | 416",
                "bytes=0-9,20-29                  | 400",
                "bytes=9-2                        | 400",
                "bytes=-5                         | 400",
                "bytes=-                          | 400",
                "bytes=a-b                        | 400",
                "bytes=0x0-0x9                    | 400",
                "bytes=+1-9                       | 400",
                "bytes=9223372036854775808-       | 400",
                "bytes=0-99999999999999999999     | 400",
                "chunks=0-9                       | 400",
                "0-9                              | 400",
                "bytes=299999-99999999            | 200",
                "bytes=0-                         | 200"
            })
    void a_range_of_a_plan_is_one_of_the_file(String range, int status) {
        Cas cas = Cas.reading(repo);
        for (String version : List.of("v1", "v2")) {
            Answer answer = cas.http()
                    .with("Range", range)
                    .get(cas.url() + '/' + version + "/reconstructions/" + stored.file());
            if (status == 200) {
                answer.expect(200);
            } else {
                answer.expectError(status, "");
            }
        }
    }

    @Test
    void a_file_that_nobody_has_has_no_plan() {
        Cas cas = Cas.reading(repo);
        for (XetHash hash : List.of(
                new XetHash(0, 0, 0, 0),
                stored.xorb().hash(),
                Packed.of(Bytes.fresh(9)).file())) {
            cas.plan(hash, "bytes=0-9").expectError(404, "");
            cas.http().get(cas.planUrl(hash.hex())).expectError(404, "");
            cas.file(hash).expectError(404, "");
        }
        cas.http().get(cas.url() + "/v3/reconstructions/" + stored.file()).expect(404);
        cas.http().get(cas.url() + "/v2/file-chunk-hashes/" + stored.file()).expect(404);
    }

    /** Beside a file's chunks may lie those of a private one: the store sees to it that they stay there. */
    @Test
    void an_address_of_chunks_opens_these_and_no_others() {
        TestRepo mine = HUB.newUser().newModel();
        Cas cas = Cas.writing(mine);
        ProvenTerm some = ProvenTerm.of(stored.xorb(), 1, 2);
        int from = stored.xorb().chunks().unpackedStart(1);
        byte[] part = Arrays.copyOfRange(stored.content(), from, from + some.bytes());
        XetHash file = ShardBytes.fileHash(List.of(stored.xorb()), List.of(some));
        cas.shard(new ShardBytes().file(file, Packed.of(part).sha256(), some).bytes())
                .expect(200);

        JsonObject run = cas.plan(file, "bytes=0-")
                .expect(200)
                .json()
                .getJsonObject("xorbs")
                .getJsonArray(stored.xorb().hash().hex())
                .getJsonObject(0);
        String url = run.getString("url");
        JsonObject bytes = run.getJsonArray("ranges").getJsonObject(0).getJsonObject("bytes");
        int first = bytes.getInt("start");
        int last = bytes.getInt("end");

        assertThat(first).isEqualTo(stored.xorb().chunks().storedStart(1));
        assertThat(last).isEqualTo(stored.xorb().chunks().storedStart(2) - 1);
        Answer right = ranged(url, first, last).expect(206);
        assertThat(right.body()).isEqualTo(Arrays.copyOfRange(stored.body(), first, last + 1));
        // S3Proxy calls a signed header that is missing forbidden, MinIO calls it malformed
        List.of(HUB.bare().get(url), HUB.bare().head(url))
                .forEach(answer -> assertThat(answer.status()).as("%s", answer).isIn(400, 403));
        List.of(
                        ranged(url, 0, last),
                        ranged(url, first - 1, last),
                        ranged(url, first, last + 1),
                        ranged(url, first + 1, last),
                        ranged(url, 0, stored.body().length - 1),
                        HUB.bare()
                                .with("Range", "bytes=0-9," + first + '-' + last)
                                .get(url),
                        ranged(url.replaceFirst("X-Amz-Expires=[0-9]+", "X-Amz-Expires=604800"), first, last),
                        ranged(url.replaceFirst("X-Amz-Date=[0-9]{4}", "X-Amz-Date=2020"), first, last),
                        ranged(url.replaceFirst("X-Amz-SignedHeaders=host%3Brange", "X-Amz-SignedHeaders=host"), 0, 9),
                        ranged(
                                otherDigit(url, url.indexOf("X-Amz-Signature=") + "X-Amz-Signature=".length()),
                                first,
                                last),
                        ranged(url.substring(0, url.indexOf('?')), first, last))
                .forEach(answer -> assertThat(answer.status()).as("%s", answer).isEqualTo(403));
    }

    private static String otherDigit(String url, int at) {
        return url.substring(0, at) + (url.charAt(at) == '0' ? '1' : '0') + url.substring(at + 1);
    }

    private static Answer ranged(String url, int first, int last) {
        return HUB.bare().with("Range", "bytes=" + first + '-' + last).get(url);
    }
}
