package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;
import org.kohakuhub.it.Wiretap;
import org.kohakuhub.it.Wiretap.Seen;
import org.kohakuhub.xet.format.ShardBytes;
import org.kohakuhub.xet.format.XetHashing;

/**
 * The unmodified client with hf_xet, as pip installs it: what it uploads comes back byte by byte on another machine, and
 * the requests show that it went by Xet both ways.
 */
class XetClientIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String NEW = "2.0.0";

    /** How scripts begin: with a digest of files' names and contents, which is the same for the same files. */
    private static final String DIGEST = """
            import hashlib, os, sys
            from pathlib import Path
            from huggingface_hub import HfApi, hf_hub_download, snapshot_download
            from huggingface_hub.utils._runtime import is_xet_available
            assert is_xet_available()  # before its threads ask, who believe that there is none while one looks for it
            def digest(*files):
                value = hashlib.sha256()
                for name, path in sorted(files):
                    value.update(name.encode() + b"\\0")
                    with open(path, "rb") as file:
                        while block := file.read(1 << 20):
                            value.update(block)
                return value.hexdigest()
            def tree(folder):
                files = [path for path in Path(folder).rglob("*") if path.is_file() and path.name != ".gitattributes"]
                return digest(*((path.relative_to(folder).as_posix(), path) for path in files if not {".git", ".cache"} & {*path.parts}))
            """;

    private static final String UPLOAD_FILE = DIGEST + """
            repo, kind, path = sys.argv[1:]
            name = os.path.basename(path)
            assert len(HfApi().upload_file(path_or_fileobj=path, path_in_repo=name, repo_id=repo, repo_type=kind).oid) == 40
            print(digest((name, path)))
            """;

    private static final String DOWNLOAD_FILE = DIGEST + """
            repo, kind, name = sys.argv[1:]
            print(digest((name, hf_hub_download(repo, name, repo_type=kind))))
            """;

    private static final String SNAPSHOT = DIGEST + """
            print(tree(snapshot_download(sys.argv[1])))
            """;

    @TempDir
    Path home;

    @TempDir
    Path otherHome;

    private Wiretap tap;

    @BeforeEach
    void listen() throws IOException {
        tap = Wiretap.before(hub);
    }

    @AfterEach
    void hangUp() {
        tap.close();
    }

    private HfClient client(HubUser user, Path where) {
        return user.client(NEW, where).withXet().at(tap.base());
    }

    /** Of what any test has uploaded before, chunks would not be sent again. */
    private static byte[] unseen(int length) {
        return Bytes.random(length, new SecureRandom().nextLong());
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content);
    }

    private static void assertUploadedByXet(List<Seen> requests) {
        assertThat(requests)
                .anyMatch(seen -> seen.is("GET", "/xet-write-token/"))
                .anyMatch(seen -> seen.is("POST", "/v1/xorbs/") && seen.status() == 200)
                .anyMatch(seen -> seen.is("POST", "/v2/shards") && seen.status() == 200)
                .noneMatch(seen -> seen.path().contains("/info/lfs/"));
    }

    /** None of the files whose names end so came by plain HTTP. */
    private static void assertDownloadedByXet(List<Seen> requests, String suffix) {
        assertThat(requests)
                .anyMatch(seen -> seen.is("GET", "/xet-read-token/"))
                .anyMatch(seen -> seen.is("GET", "/v2/reconstructions/") && seen.status() == 200)
                .noneMatch(seen -> seen.is("GET", "/resolve/") && seen.path().endsWith(suffix));
    }

    private static long xorbBytes(List<Seen> requests) {
        return requests.stream()
                .filter(seen -> seen.is("POST", "/v1/xorbs/"))
                .mapToLong(Seen::received)
                .sum();
    }

    private void assertComesBack(String type, int size) throws IOException {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newRepo(type, false);
        byte[] content = unseen(size);
        String sent = client(ann, home)
                .run(UPLOAD_FILE, repo.id(), type, file("weights.bin", content).toString());
        assertUploadedByXet(tap.take());

        assertThat(client(ann, otherHome).run(DOWNLOAD_FILE, repo.id(), type, "weights.bin"))
                .isEqualTo(sent);
        assertDownloadedByXet(tap.take(), ".bin");
        assertThat(repo.entry("weights.bin").getJsonObject("lfs").getString("oid"))
                .isEqualTo(Bytes.sha256(content));
    }

    @Test
    @Tag("core")
    void a_file_comes_and_goes_by_xet() throws IOException {
        assertComesBack("model", 5_000_000);
    }

    /** A file of 1 GB was shown by hand; it takes the same way as one of 300 MB: five xorbs and more. */
    @ParameterizedTest(name = "{0} bytes in a {1}")
    @CsvSource({"1000, model", "1000, dataset", "5000000, space", "67108864, model", "300000000, dataset"})
    void files_of_every_size_and_type_come_back_whole(int size, String type) throws IOException {
        assertComesBack(type, size);
    }

    @Test
    void a_folder_of_320_xet_files_comes_back_whole() {
        HubUser ann = hub.newUser();
        String repo = ann.newModel().id();
        String sent = client(ann, home).run(DIGEST + """
                folder = Path("folder")
                for number in range(320):
                    path = folder / f"part{number % 7}" / f"file{number}.bin"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(os.urandom(1000 + 317 * number))
                HfApi().upload_folder(folder_path=folder, repo_id=sys.argv[1])
                print(tree(folder))
                """, repo);
        assertUploadedByXet(tap.take());
        assertThat(client(ann, otherHome).run(SNAPSHOT, repo)).isEqualTo(sent);
        List<Seen> requests = tap.take();
        assertDownloadedByXet(requests, ".bin");
        // the tree tells all that is needed of a Xet file, and one token is good for all of them
        assertThat(requests.stream().filter(seen -> seen.is("HEAD", "/resolve/")))
                .as("HEAD requests")
                .allMatch(seen -> seen.path().endsWith("/.gitattributes"));
        assertThat(requests.stream().filter(seen -> seen.is("GET", "/xet-read-token/")))
                .as("token requests")
                .hasSize(1);
    }

    @Test
    void a_folder_of_2000_small_and_3_large_files_is_committed_in_steps() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        String sent = client(ann, home).run(DIGEST + """
                folder = Path("folder")
                for number in range(2000):
                    path = folder / f"part{number % 20}" / f"file{number}.txt"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(f"content of {number}\\n")
                for number in range(3):
                    (folder / f"large{number}.bin").write_bytes(os.urandom(9_000_000 + number))
                HfApi().upload_folder(folder_path=folder, repo_id=sys.argv[1])
                print(tree(folder))
                """, repo.id());
        List<Seen> requests = tap.take();
        assertUploadedByXet(requests);
        assertThat(requests.stream().filter(seen -> seen.is("POST", "/commit/")))
                .as("commits")
                .hasSizeGreaterThan(1)
                .allMatch(seen -> seen.status() == 200);
        client(ann, otherHome).run(DIGEST + """
                folder = Path(snapshot_download(sys.argv[1], allow_patterns=["*.bin", "part7/*"]))
                assert len(list(folder.rglob("*.txt"))) == 100
                assert all(path.read_text() == f"content of {path.stem[4:]}\\n" for path in folder.rglob("*.txt"))
                assert len(list(folder.glob("*.bin"))) == 3
                """, repo.id());
        assertDownloadedByXet(tap.take(), ".bin");
        // all of them: by git, as the client asks twice for each small file
        GitClient git = GitClient.in(otherHome);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        git.at("clone").run("lfs", "pull");
        assertThat(client(ann, otherHome).run(DIGEST + """
                print(tree("clone"))
                """)).isEqualTo(sent);
    }

    @Test
    void a_large_folder_of_the_older_client_comes_back_whole() {
        HubUser ann = hub.newUser();
        String repo = ann.newRepo("dataset", false).id();
        HfClient older = ann.client("1.33.0", home).withXet().at(tap.base());
        String sent = older.run(DIGEST + """
                import contextlib
                folder = Path("folder")
                folder.mkdir()
                for number in range(40):
                    (folder / f"file{number}.bin").write_bytes(os.urandom(10_000 * number + 1))
                    (folder / f"file{number}.txt").write_text(f"content of {number}\\n")
                with contextlib.redirect_stdout(sys.stderr):
                    HfApi().upload_large_folder(repo_id=sys.argv[1], repo_type="dataset", folder_path=folder, print_report=False)
                print(tree(folder))
                """, repo);
        assertUploadedByXet(tap.take());
        assertThat(ann.client("1.33.0", otherHome).withXet().at(tap.base()).run(DIGEST + """
                print(tree(snapshot_download(sys.argv[1], repo_type="dataset")))
                """, repo))
                .isEqualTo(sent);
        assertDownloadedByXet(tap.take(), ".bin");
    }

    /**
     * The client cuts by content: an insertion changes the chunk that it falls in, and those behind it until a cut is
     * where one was. What is new is sent, each chunk with its header of 8 bytes (docs/xet-protocol.md, 5.1 and 7.2).
     */
    @Test
    void only_what_changed_is_sent_again() throws IOException {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        byte[] content = unseen(64 << 20);
        HfClient client = client(ann, home);
        String original = file("a.bin", content).toString();
        client.run(UPLOAD_FILE, repo.id(), "model", original);
        assertThat(xorbBytes(tap.take())).isGreaterThan(64 << 20);

        client.run(UPLOAD_FILE, repo.id(), "model", file("again.bin", content).toString());
        List<Seen> again = tap.take();
        assertThat(again).anyMatch(seen -> seen.is("POST", "/v2/shards"));
        assertThat(xorbBytes(again)).as("the same again").isZero();

        byte[] here = edited(content, content.length / 2);
        String sentHere = client.run(
                UPLOAD_FILE, repo.id(), "model", file("here.bin", here).toString());
        assertThat(xorbBytes(tap.take())).as("edited, same machine").isEqualTo(newIn(here, content));

        HfClient elsewhere = client(ann, otherHome);
        byte[] there = edited(content, content.length / 3);
        String sentThere = elsewhere.run(
                UPLOAD_FILE, repo.id(), "model", file("there.bin", there).toString());
        assertThat(xorbBytes(tap.take())).as("edited, another machine").isEqualTo(newIn(there, content));

        assertThat(client.run(DOWNLOAD_FILE, repo.id(), "model", "there.bin")).isEqualTo(sentThere);
        assertThat(elsewhere.run(DOWNLOAD_FILE, repo.id(), "model", "here.bin")).isEqualTo(sentHere);
    }

    private static byte[] edited(byte[] content, int place) {
        byte[] inserted = unseen(1000);
        byte[] edited = new byte[content.length + inserted.length];
        System.arraycopy(content, 0, edited, 0, place);
        System.arraycopy(inserted, 0, edited, place, inserted.length);
        System.arraycopy(content, place, edited, place + inserted.length, content.length - place);
        return edited;
    }

    /** How many bytes of a xorb the chunks take that {@code old} does not have. */
    private static long newIn(byte[] edited, byte[] old) throws IOException {
        Set<XetHash> known =
                ShardBytes.chunks(old).stream().map(XetClientIT::hash).collect(Collectors.toSet());
        return ShardBytes.chunks(edited).stream()
                .filter(chunk -> !known.contains(hash(chunk)))
                .mapToLong(chunk -> 8 + chunk.length)
                .sum();
    }

    private static XetHash hash(byte[] chunk) {
        return XetHashing.chunk(chunk, 0, chunk.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write"})
    void tokens_of_a_private_repository_do_not_exist_for_strangers(String scope) {
        HubUser ann = hub.newUser();
        TestRepo hidden = ann.newPrivateModel();
        String missing = "/api/models/" + ann.name() + "/missing";
        String call = "/xet-" + scope + "-token/main";
        ann.http().get(hidden.api() + call).expect(200);
        for (HubHttp caller : List.of(hub.newUser().http(), hub.anonymous())) {
            String expected = told(caller, missing + call, "missing");
            assertThat(told(caller, hidden.api() + call, hidden.name())).isEqualTo(expected);
            assertThat(expected).startsWith("404 RepoNotFound");
        }
    }

    /** Status, code and body, with the repository's name taken out. */
    private static String told(HubHttp caller, String path, String name) {
        Answer answer = caller.get(path);
        return (answer.status() + " " + answer.errorCode() + ' ' + answer.text()).replace(name, "NAME");
    }
}
