package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.it.Wiretap;
import org.kohakuhub.it.Wiretap.Seen;

/** Through whichever door a content came in, it goes out by every other, byte by byte. */
class CrossDoorsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String PATH = "dir/weights.bin";
    private static final Map<Door, Uploaded> UPLOADED = new EnumMap<>(Door.class);

    /** Several chunks, of at most 131,072 bytes each. */
    private static final int SOME_MB = 3_000_001;

    @TempDir
    static Path sources;

    @TempDir
    Path home;

    /** How a content came. */
    enum Door {
        /** The client with hf_xet. */
        XET(SOME_MB),
        /** The client without it, in one PUT. */
        LFS_BASIC(SOME_MB),
        /** The client without it, in parts. */
        LFS_MULTIPART((int) RunningHub.MULTIPART_BYTES + 1_000_001),
        /** The batch API, then a commit of the bare oid. */
        LFS_AND_BARE_COMMIT(SOME_MB),
        /** git-lfs sends the content, then git pushes the pointer. */
        GIT_PUSH(SOME_MB),
        /** In the commit itself, where no rule of the repository says otherwise. */
        INLINE(3_001),
        /** By LFS to one path, then by Xet to another: the hub has it twice. */
        LFS_THEN_XET(SOME_MB);

        private final int size;

        Door(int size) {
            this.size = size;
        }

        boolean isXet() {
            return this == XET || this == LFS_THEN_XET;
        }

        /** No whole copy is in the object store, to which a GET would be redirected. */
        boolean isSentByHub() {
            return this == XET || this == INLINE;
        }

        String path() {
            return this == INLINE ? "dir/notes.txt" : PATH;
        }
    }

    /** How it is read. */
    enum Reader {
        PLAIN_GET,
        RANGED_GET,
        IF_RANGE,
        IF_NONE_MATCH,
        GIT_LFS_PULL,
        XET_CLIENT,
        HF_FILE_SYSTEM,
        OLDER_CLIENT_WITHOUT_XET
    }

    private record Uploaded(TestRepo repo, String path, byte[] content, Path source) {
        /** Asks for the file as its owner, and the object store if the hub says so: with the same header. */
        Answer get(String header, String value) {
            Answer answer = with(repo.owner().http(), header, value).get(repo.resolve("main", path));
            return answer.status() == 302 ? with(hub.bare(), header, value).get(answer.header("Location")) : answer;
        }

        private static HubHttp with(HubHttp http, String header, String value) {
            return header == null ? http : http.with(header, value);
        }

        Answer head() {
            return repo.owner().http().head(repo.resolve("main", path)).expect(200);
        }
    }

    private static synchronized Uploaded uploaded(Door door) throws IOException {
        if (!UPLOADED.containsKey(door)) {
            UPLOADED.put(door, upload(door));
        }
        return UPLOADED.get(door);
    }

    private static Uploaded upload(Door door) throws IOException {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        byte[] content = Bytes.random(door.size, new SecureRandom().nextLong());
        Path folder = Files.createDirectory(sources.resolve(door.name()));
        Path source = Files.write(folder.resolve("source"), content);
        HfClient client = ann.client("2.0.0", folder);
        try (Wiretap tap = Wiretap.before(hub)) {
            switch (door) {
                case XET -> {
                    send(client.withXet().at(tap.base()), repo, door.path(), source);
                    assertWentBy(tap, seen -> seen.is("POST", "/v2/shards"), "/info/lfs/");
                }
                case LFS_BASIC -> {
                    send(client.at(tap.base()), repo, door.path(), source);
                    assertWentBy(
                            tap, seen -> seen.is("POST", "/info/lfs/objects/batch"), "/info/lfs/multipart", "/xet/");
                }
                case LFS_MULTIPART -> {
                    send(client.at(tap.base()), repo, door.path(), source);
                    assertWentBy(tap, seen -> seen.is("POST", "/info/lfs/multipart/"), "/xet/");
                }
                case LFS_AND_BARE_COMMIT -> {
                    repo.upload(content);
                    repo.commit(Operations.commit("Link").lfsFile(door.path(), Bytes.sha256(content), content.length));
                }
                case GIT_PUSH -> {
                    push(ann, repo, tap, folder, door.path(), content);
                    assertWentBy(tap, seen -> seen.is("POST", "/git-receive-pack"), "/xet/", "/commit/");
                }
                case INLINE -> {
                    send(client.withXet().at(tap.base()), repo, door.path(), source);
                    assertWentBy(tap, seen -> seen.is("POST", "/commit/"), "/info/lfs", "/xet/");
                }
                case LFS_THEN_XET -> {
                    send(client.at(tap.base()), repo, "first.bin", source);
                    assertWentBy(tap, seen -> seen.is("POST", "/info/lfs/objects/batch"), "/xet/");
                    send(client.withXet().at(tap.base()), repo, door.path(), source);
                    assertWentBy(tap, seen -> seen.is("POST", "/v2/shards"), "/info/lfs/");
                }
            }
        }
        return new Uploaded(repo, door.path(), content, source);
    }

    private static void send(HfClient client, TestRepo repo, String path, Path source) {
        client.run("""
                import sys
                from huggingface_hub import HfApi
                HfApi().upload_file(repo_id=sys.argv[1], path_in_repo=sys.argv[2], path_or_fileobj=sys.argv[3])
                """, repo.id(), path, source.toString());
    }

    private static void push(HubUser ann, TestRepo repo, Wiretap tap, Path folder, String path, byte[] content)
            throws IOException {
        GitClient git = GitClient.in(folder).as(ann);
        git.run("clone", "--quiet", tap.base() + repo.web(), "clone");
        git = git.at("clone");
        git.run("lfs", "install", "--local");
        Path file = folder.resolve("clone").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        git.run("add", path);
        git.run("commit", "--quiet", "-m", "Add weights");
        git.run("push", "--quiet", "origin", "main");
    }

    private static void assertWentBy(Wiretap tap, Predicate<Seen> door, String... others) {
        List<Seen> requests = tap.take();
        assertThat(requests).anyMatch(seen -> door.test(seen) && seen.status() == 200);
        for (String other : others) {
            assertThat(requests).noneMatch(seen -> seen.path().contains(other));
        }
    }

    @ParameterizedTest
    @EnumSource(Reader.class)
    @Tag("core")
    void what_came_by_xet_leaves_by(Reader reader) throws IOException {
        assertReads(Door.XET, reader);
    }

    @ParameterizedTest(name = "{0} is read by {1}")
    @MethodSource("otherCells")
    void what_came_by_any_door_leaves_by_any_other(Door door, Reader reader) throws IOException {
        assertReads(door, reader);
    }

    static Stream<Arguments> otherCells() {
        Set<Door> doors = EnumSet.complementOf(EnumSet.of(Door.XET));
        return doors.stream().flatMap(door -> Arrays.stream(Reader.values()).map(reader -> Arguments.of(door, reader)));
    }

    private void assertReads(Door door, Reader reader) throws IOException {
        Uploaded file = uploaded(door);
        switch (reader) {
            case PLAIN_GET -> assertWhole(file.get(null, null), file);
            case RANGED_GET -> assertRanges(door, file);
            case IF_RANGE -> assertIfRange(file);
            case IF_NONE_MATCH -> assertIfNoneMatch(file);
            case GIT_LFS_PULL -> assertPulled(file);
            case XET_CLIENT ->
                assertDownloaded(file.repo().owner().client("2.0.0", home).withXet(), file, door.isXet());
            case HF_FILE_SYSTEM -> assertBlocks(file);
            case OLDER_CLIENT_WITHOUT_XET ->
                assertDownloaded(file.repo().owner().client("1.33.0", home), file, false);
        }
    }

    private static void assertWhole(Answer answer, Uploaded file) {
        answer.expect(200);
        assertThat(answer.header("Content-Length")).isEqualTo(Long.toString(file.content().length));
        assertThat(answer.body()).isEqualTo(file.content());
    }

    private static void assertPart(Uploaded file, String range, int first, int last) {
        Answer answer = file.get("Range", "bytes=" + range).expect(206);
        assertThat(answer.header("Content-Range"))
                .isEqualTo("bytes " + first + '-' + last + '/' + file.content().length);
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(last + 1 - first));
        assertThat(answer.body()).as(range).isEqualTo(Arrays.copyOfRange(file.content(), first, last + 1));
    }

    private static void assertRanges(Door door, Uploaded file) {
        int size = file.content().length;
        assertPart(file, "0-0", 0, 0);
        assertPart(file, "0-1023", 0, 1023);
        // a third of the file: in one of some megabytes this is over the edges of chunks
        assertPart(file, size / 3 + "-" + 2 * (size / 3), size / 3, 2 * (size / 3));
        assertPart(file, size - 1000 + "-", size - 1000, size - 1);
        assertPart(file, "-1000", size - 1000, size - 1);
        assertPart(file, size - 1 + "-" + (size - 1), size - 1, size - 1);
        // the read-ahead of HfFileSystem asks past the end
        assertPart(file, size - 10 + "-" + (size + 4095), size - 10, size - 1);
        Answer past = file.get("Range", "bytes=" + size + '-').expect(416);
        if (door.isSentByHub() || past.find("Content-Range").isPresent()) { // S3Proxy does not tell the size
            assertThat(past.header("Content-Range")).isEqualTo("bytes */" + size);
        }
    }

    /** RFC 9110, 13.1.5. */
    private static void assertIfRange(Uploaded file) {
        Answer same = conditional(file, file.head().header("ETag")).expect(206);
        assertThat(same.body()).isEqualTo(Arrays.copyOfRange(file.content(), 5, 100));
        assertWhole(conditional(file, "\"another\""), file);
    }

    private static Answer conditional(Uploaded file, String tag) {
        HubHttp owner = file.repo().owner().http().with("Range", "bytes=5-99").with("If-Range", tag);
        Answer answer = owner.get(file.repo().resolve("main", file.path()));
        return answer.status() == 302
                ? hub.bare().with("Range", "bytes=5-99").with("If-Range", tag).get(answer.header("Location"))
                : answer;
    }

    private static void assertIfNoneMatch(Uploaded file) {
        String tag = file.head().header("ETag");
        Answer same = file.get("If-None-Match", tag).expect(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertWhole(file.get("If-None-Match", "\"another\""), file);
    }

    private void assertPulled(Uploaded file) throws IOException {
        GitClient git = GitClient.in(home).as(file.repo().owner());
        git.run("clone", "--quiet", hub.url(file.repo().web()), "clone");
        git.at("clone").run("lfs", "pull");
        assertThat(Files.readAllBytes(home.resolve("clone").resolve(file.path())))
                .isEqualTo(file.content());
        assertThat(git.at("clone").run("status", "--porcelain")).isEmpty();
        git.at("clone").run("lfs", "fsck");
    }

    private void assertDownloaded(HfClient client, Uploaded file, boolean byXet) throws IOException {
        try (Wiretap tap = Wiretap.before(hub)) {
            client.at(tap.base())
                    .run("""
                    import sys
                    from pathlib import Path
                    from huggingface_hub import hf_hub_download
                    repo, path, source = sys.argv[1:]
                    assert Path(hf_hub_download(repo, path)).read_bytes() == Path(source).read_bytes()
                    """, file.repo().id(), file.path(), file.source().toString());
            List<Seen> requests = tap.take();
            assertThat(requests.stream().anyMatch(seen -> seen.is("GET", "/v2/reconstructions/")))
                    .as("whether it came by Xet")
                    .isEqualTo(byXet);
            assertThat(requests.stream().anyMatch(seen -> seen.is("GET", "/resolve/")))
                    .as("whether it came by plain HTTP")
                    .isEqualTo(!byXet);
        }
    }

    /** What datasets, pandas and pyarrow do with hf:// addresses. */
    private void assertBlocks(Uploaded file) {
        file.repo()
                .owner()
                .client("2.0.0", home)
                .withXet()
                .run("""
                import sys
                from pathlib import Path
                from huggingface_hub import HfFileSystem
                repo, path, source = sys.argv[1:]
                content = Path(source).read_bytes()
                size = len(content)
                fs = HfFileSystem()
                name = f"{repo}/{path}"
                assert fs.info(name)["size"] == size
                places = [(0, 4), (size // 2, 700), (2, 2), (size - 8, 8), (size - 3, 100), (size // 3, size // 3), (size, 5)]
                for block in (1 << 10, 1 << 16):
                    with fs.open(name, "rb", block_size=block) as file:
                        for start, length in places:
                            file.seek(start)
                            assert file.read(length) == content[start : start + length], (block, start, length)
                with fs.open(name, "rb", block_size=0) as stream:
                    assert stream.read(1000) == content[:1000]
                    assert stream.read() == content[1000:]
                assert fs.cat_file(name, start=size // 3, end=-10) == content[size // 3 : -10]
                assert fs.read_bytes(name) == content
                """, file.repo().id(), file.path(), file.source().toString());
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void a_file_is_described_as_what_it_is(Door door) throws IOException {
        Uploaded file = uploaded(door);
        String size = Long.toString(file.content().length);
        String sha256 = Bytes.sha256(file.content());
        Answer head = file.head();
        assertThat(head.header("Content-Length")).isEqualTo(size);
        assertThat(head.header("X-Repo-Commit")).isEqualTo(file.repo().head());
        if (door == Door.INLINE) {
            assertThat(head.header("ETag")).isEqualTo('"' + Bytes.blobId(file.content()) + '"');
            assertThat(head.find("X-Linked-Size")).isEmpty();
            assertThat(head.find("X-Linked-ETag")).isEmpty();
        } else {
            assertThat(head.header("X-Linked-Size")).isEqualTo(size);
            assertThat(head.header("X-Linked-ETag")).isEqualTo('"' + sha256 + '"');
        }

        String xetHash = head.find("X-Xet-Hash").orElse(null);
        if (door.isXet()) {
            assertThat(xetHash).matches("[0-9a-f]{64}").isNotEqualTo(sha256);
            String address =
                    hub.url(file.repo().api() + "/xet-read-token/" + file.repo().head());
            assertThat(head.header("Link")).contains('<' + address + ">; rel=\"xet-auth\"");
            file.repo().owner().http().get(address).expect(200);
        } else {
            assertThat(xetHash).isNull();
            assertThat(head.find("Link")).isEmpty();
        }

        JsonObject asked = Json.createObjectBuilder()
                .add("paths", Json.createArrayBuilder().add(file.path()))
                .build();
        JsonObject info = file.repo()
                .owner()
                .http()
                .post(file.repo().api() + "/paths-info/main", asked)
                .expect(200)
                .list()
                .getJsonObject(0);
        for (JsonObject entry : List.of(info, file.repo().entry(file.path()))) {
            assertThat(entry.getString("xetHash", null)).as("%s", entry).isEqualTo(xetHash);
            assertThat(entry.getInt("size")).isEqualTo(file.content().length);
            JsonValue lfs = entry.get("lfs");
            assertThat(lfs == null ? null : lfs.asJsonObject().getString("oid"))
                    .isEqualTo(door == Door.INLINE ? null : sha256);
        }
    }
}
