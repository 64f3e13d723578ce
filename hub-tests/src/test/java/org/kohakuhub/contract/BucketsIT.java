package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.xet.format.Packed;
import org.kohakuhub.xet.format.ShardBytes;

/** Buckets (hf-api-contract.md, 13), request by request: rights, bad input, pages, ranges. */
class BucketsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HubUser ann = hub.newUser();
    private final String api = "/api/buckets/" + ann.name() + "/box";

    @BeforeEach
    void make() {
        ann.http().post(api, JsonValue.EMPTY_JSON_OBJECT).expect(200);
    }

    private Packed send(byte[] content) {
        JsonObject grant = ann.http().get(api + "/xet-write-token").expect(200).json();
        Cas cas = new Cas(hub, grant.getString("casUrl"), grant.getString("accessToken"));
        Packed packed = Packed.of(content);
        cas.xorb(packed.xorb().hash(), packed.body()).expect(200);
        cas.shard(new ShardBytes()
                        .file(packed.file(), null, ShardBytes.ProvenTerm.all(packed.xorb()))
                        .xorb(packed.xorb())
                        .bytes())
                .expect(200);
        return packed;
    }

    private Packed sendFresh() {
        return send(Bytes.random(5_000, ThreadLocalRandom.current().nextLong()));
    }

    private static String add(String path, String hash) {
        return Json.createObjectBuilder()
                .add("type", "addFile")
                .add("path", path)
                .add("xetHash", hash)
                .add("mtime", 1_700_000_000_123L)
                .build()
                .toString();
    }

    private Answer batch(HubHttp who, String... lines) {
        return who.send("POST", api + "/batch", "application/x-ndjson", Bytes.utf8(String.join("\n", lines)));
    }

    private List<String> pages(String first) {
        List<String> paths = new ArrayList<>();
        String next = first;
        while (next != null) {
            Answer page = ann.http().get(next).expect(200);
            page.list().forEach(entry -> paths.add(entry.asJsonObject().getString("path")));
            Matcher link = NEXT.matcher(page.find("Link").orElse(""));
            next = link.find() ? link.group(1) : null;
        }
        return paths;
    }

    @Test
    @Tag("core")
    void a_file_is_read_whole_and_in_parts_by_both_spellings() {
        byte[] content = Bytes.random(300_000, ThreadLocalRandom.current().nextLong());
        Packed packed = send(content);
        batch(ann.http(), add("a b/ü+%.bin", packed.file().hex())).expect(200);
        String web = "/buckets/" + ann.name() + "/box/resolve/";
        for (String path : List.of("a%20b%2F%C3%BC%2B%25.bin", "a%20b/%C3%BC%2B%25.bin")) {
            Answer head = hub.anonymous().head(web + path).expect(200);
            assertThat(head.header("X-Xet-Hash")).isEqualTo(packed.file().hex());
            assertThat(head.header("X-Linked-Size")).isEqualTo("300000");
            assertThat(head.header("Content-Length")).isEqualTo("300000");
            assertThat(head.header("Link")).contains("<" + hub.url(api + "/xet-read-token") + ">; rel=\"xet-auth\"");
            assertThat(hub.anonymous().get(web + path).expect(200).body()).isEqualTo(content);
            Answer part = hub.anonymous().with("Range", "bytes=1000-1009").get(web + path);
            assertThat(part.expect(206).body()).isEqualTo(Arrays.copyOfRange(content, 1000, 1010));
            hub.anonymous().with("Range", "bytes=300000-").get(web + path).expect(416);
        }
        hub.anonymous().get(web + "missing").expectError(404, "EntryNotFound");
        hub.anonymous().get(web + "..%2Fx").expectError(404, "EntryNotFound");
        JsonObject entry = ann.http().get(api + "/tree").expect(200).list().getJsonObject(0);
        assertThat(entry.getString("mtime")).isEqualTo("2023-11-14T22:13:20.123Z");
    }

    @Test
    void listings_come_in_pages() {
        String hash = sendFresh().file().hex();
        String[] lines = IntStream.range(0, 250)
                .mapToObj(i -> add("d" + i % 10 + "/f" + i, hash))
                .toArray(String[]::new);
        batch(ann.http(), lines).expect(200);
        assertThat(pages(api + "/tree?limit=40"))
                .hasSize(250)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(pages(api + "/tree/d3%2F?recursive=true&limit=7"))
                .hasSize(25)
                .allMatch(p -> p.startsWith("d3/"));
        assertThat(pages(api + "/tree?recursive=false&limit=3")).hasSize(10).contains("d0", "d9");
        assertThat(pages(api + "/tree/d3?recursive=False&limit=4")).hasSize(25);
        assertThat(pages(api + "/tree/nothing")).isEmpty();
        ann.http().get(api + "/tree?cursor=%00").expect(400);
        ann.http().get(api + "/tree?limit=0").expect(400);

        for (int i = 0; i < 5; i++) {
            ann.http()
                    .post("/api/buckets/me/more" + i, JsonValue.EMPTY_JSON_OBJECT)
                    .expect(200);
        }
        Answer two = ann.http().get("/api/buckets/me?limit=2&search=MORE").expect(200);
        assertThat(two.list()).hasSize(2);
        assertThat(two.header("Link")).contains("search=MORE").contains("rel=\"next\"");
    }

    @Test
    void strangers_see_and_change_nothing_of_a_private_bucket() {
        String hash = sendFresh().file().hex();
        batch(ann.http(), add("secret.bin", hash)).expect(200);
        JsonObject hidden = Json.createObjectBuilder().add("private", true).build();
        HubUser bob = hub.newUser();
        bob.http().put(api + "/settings", hidden).expect(403);
        ann.readOnly().put(api + "/settings", hidden).expect(403);
        ann.http().put(api + "/settings", hidden).expect(200);
        String web = "/buckets/" + ann.name() + "/box/resolve/secret.bin";
        JsonObject nothing = Json.createObjectBuilder()
                .add("paths", Json.createArrayBuilder())
                .build();
        for (HubHttp who : List.of(bob.http(), hub.anonymous())) {
            who.get(api).expectError(404, "RepoNotFound");
            who.delete(api).expectError(404, "RepoNotFound");
            who.get(api + "/tree").expectError(404, "RepoNotFound");
            who.post(api + "/paths-info", nothing).expectError(404, "RepoNotFound");
            who.get(api + "/xet-read-token").expectError(404, "RepoNotFound");
            who.get(api + "/xet-write-token").expectError(404, "RepoNotFound");
            who.put(api + "/settings", hidden).expectError(404, "RepoNotFound");
            who.get(web).expectError(404, "RepoNotFound");
            batch(who, add("x", hash)).expectError(404, "RepoNotFound");
            assertThat(who.get("/api/buckets/" + ann.name()).expect(200).list()).isEmpty();
        }
        ann.readOnly().get(web).expect(200);
        ann.readOnly().get(api + "/xet-write-token").expect(403);
        batch(ann.readOnly(), add("x", hash)).expect(403);
        hub.anonymous().get("/api/buckets/me").expect(401);
        hub.anonymous()
                .post("/api/buckets/" + ann.name() + "/new", JsonValue.EMPTY_JSON_OBJECT)
                .expect(401);
        bob.http()
                .post("/api/buckets/" + ann.name() + "/new", JsonValue.EMPTY_JSON_OBJECT)
                .expect(403);
        ann.http().get("/api/buckets/me/box").expectError(404, "RepoNotFound");
    }

    /** A token is a name and not a right: it is worth what its user may do now, and only where it was made for. */
    @Test
    void tokens_open_their_own_bucket_only() {
        Packed packed = sendFresh();
        batch(ann.http(), add("a.bin", packed.file().hex())).expect(200);
        JsonObject read =
                hub.anonymous().get(api + "/xet-read-token").expect(200).json();
        Cas cas = new Cas(hub, read.getString("casUrl"), read.getString("accessToken"));
        assertThat(cas.file(packed.file()).expect(200).body()).isEqualTo(packed.content());
        cas.xorb(packed.xorb().hash(), packed.body()).expect(403);
        TestRepo repo = ann.newModel();
        Cas.reading(repo).file(packed.file()).expect(404);
        Packed elsewhere = Cas.writing(repo)
                .upload(Bytes.random(3_000, ThreadLocalRandom.current().nextLong()));
        cas.file(elsewhere.file()).expect(404);

        ann.http()
                .put(
                        api + "/settings",
                        Json.createObjectBuilder().add("private", true).build())
                .expect(200);
        cas.file(packed.file()).expect(404);
    }

    @Test
    void lines_fail_by_themselves() {
        String hash = sendFresh().file().hex();
        String unknown = "ab".repeat(32);
        Answer some = batch(
                ann.http(),
                add("good", hash),
                add("../bad", hash),
                add("bad", unknown),
                add("short", "abc"),
                add("x".repeat(1025), hash),
                "",
                "{\"type\":\"deleteFile\",\"path\":\"missing\"}");
        JsonObject told = some.expect(200).json();
        assertThat(told.getBoolean("success")).isFalse();
        assertThat(told.getInt("processed")).isEqualTo(6);
        assertThat(told.getInt("succeeded")).isEqualTo(2);
        assertThat(told.getJsonArray("failed").stream()
                        .map(failed -> failed.asJsonObject().getString("path")))
                .containsExactlyInAnyOrder("../bad", "bad", "short", "x".repeat(1025));
        batch(ann.http(), add("bad", unknown)).expect(422);
        JsonObject info = ann.http().get(api).expect(200).json();
        assertThat(info.getInt("totalFiles")).isEqualTo(1);
        assertThat(info.getInt("size")).isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"type\":\"other\",\"path\":\"a\"}",
                "{\"type\":\"addFile\",\"path\":\"a\",\"xetHash\":1,\"mtime\":0}",
                "{\"type\":\"addFile\",\"path\":\"a\",\"xetHash\":\"x\",\"mtime\":-1}",
                "{\"type\":\"addFile\",\"path\":\"a\",\"xetHash\":\"x\",\"mtime\":1e30}",
                "{\"type\":\"deleteFile\",\"path\":7}"
            })
    void what_is_no_batch_is_refused(String line) {
        batch(ann.http(), line).expect(400);
    }

    @Test
    void there_are_bounds() {
        String many = IntStream.range(0, 1_001)
                .mapToObj(i -> "{\"type\":\"deleteFile\",\"path\":\"a" + i + "\"}")
                .collect(Collectors.joining("\n"));
        batch(ann.http(), many).expect(413);
        var paths = Json.createArrayBuilder();
        IntStream.range(0, 1_001).forEach(i -> paths.add("a" + i));
        ann.http()
                .post(
                        api + "/paths-info",
                        Json.createObjectBuilder().add("paths", paths).build())
                .expect(400);
        ann.http()
                .post(
                        api + "/paths-info",
                        Json.createObjectBuilder().add("paths", 1).build())
                .expect(400);
        ann.http()
                .post("/api/buckets/me/bad..name", JsonValue.EMPTY_JSON_OBJECT)
                .expect(400);
        ann.http().get("/api/buckets/nobody-there-" + ann.name()).expect(404);
        Answer taken = ann.http().post("/api/buckets/me/BOX", JsonValue.EMPTY_JSON_OBJECT);
        assertThat(taken.expect(409).json().getString("url")).isEqualTo(hub.url("/buckets/" + ann.name() + "/box"));
    }
}
