package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/** The unmodified git-lfs with many files, with a broken transfer, and with a file longer than one PUT may be. */
class GitLfsTransfersIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final int MANY = 500;

    @TempDir
    Path home;

    private HubUser ann;
    private TestRepo repo;
    private GitClone clone;

    @BeforeEach
    void clone_a_repository() {
        ann = hub.newUser();
        repo = ann.newModel();
        clone = GitClone.of(repo, home, "clone");
        clone.run("lfs", "install", "--local");
    }

    private static JsonObject upload(Answer batch) {
        return batch.expect(200).json().getJsonArray("objects").getJsonObject(0).getJsonObject("actions");
    }

    @Test
    void five_hundred_files_go_and_come_back() throws IOException {
        Files.createDirectories(clone.folder().resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.write(clone.folder().resolve("many/" + i + ".bin"), Bytes.random(2000 + i, i));
        }
        clone.run("add", "many");
        clone.run("commit", "--quiet", "-m", "Many");
        clone.run("lfs", "push", "--all", "origin");
        clone.push("main");

        GitClone other = GitClone.visit(repo, home, "other");
        other.run("lfs", "install", "--local");
        other.run("lfs", "pull");
        for (int i = 0; i < MANY; i++) {
            assertThat(Files.readAllBytes(other.folder().resolve("many/" + i + ".bin")))
                    .as("%d", i)
                    .isEqualTo(Bytes.random(2000 + i, i));
        }
        assertThat(other.run("lfs", "fsck")).contains("OK");
    }

    @Test
    void a_push_that_broke_off_sends_only_what_is_missing() throws IOException {
        byte[] first = Bytes.random(50_000, 1);
        byte[] second = Bytes.random(60_000, 2);
        Files.write(clone.folder().resolve("first.bin"), first);
        clone.run("add", "first.bin");
        clone.run("commit", "--quiet", "-m", "First");
        // as if the client had died between two objects of its push, and within the second
        repo.upload(first);
        Files.write(clone.folder().resolve("second.bin"), second);
        clone.run("add", "second.bin");
        clone.run("commit", "--quiet", "-m", "Second");
        String address = upload(repo.batch("upload", Bytes.sha256(second), second.length))
                .getJsonObject("upload")
                .getString("href");
        hub.bare().send("PUT", address, null, Arrays.copyOf(second, 30_000));

        Shell.Result push = clone.with("GIT_TRACE", "1").attempt("push", "origin", "main");
        assertThat(push.status()).as("%s", push).isZero();
        assertThat(repo.head()).isEqualTo(clone.id("HEAD"));
        assertThat(repo.download("main", "first.bin")).isEqualTo(first);
        assertThat(repo.download("main", "second.bin")).isEqualTo(second);
    }

    /** The address that clients without parts are given above 5 GiB, with a short file. */
    @Test
    void the_hub_makes_the_parts_of_a_whole_file() {
        byte[] content = Bytes.random((int) RunningHub.MULTIPART_BYTES + 5, 3);
        String oid = Bytes.sha256(content);
        JsonObject actions = upload(repo.batch("upload", oid, content.length));
        String address = actions.getJsonObject("upload").getString("href");

        assertThat(hub.bare()
                        .send("PUT", address, null, Arrays.copyOf(content, 12_000_000))
                        .status())
                .as("too short")
                .isEqualTo(422);
        assertThat(hub.bare()
                        .send("PUT", address, null, Arrays.copyOf(content, content.length + 1))
                        .status())
                .as("too long")
                .isEqualTo(422);
        assertThat(hub.bare()
                        .send("PUT", address.replace("signature=", "signature=0"), null, content)
                        .status())
                .isEqualTo(403);
        repo.verify(actions, oid, content.length).expect(422);
        hub.bare().send("PUT", address, null, content).expect(200);
        hub.bare().send("PUT", address, null, content).expect(200); // the answer was lost
        repo.verify(actions, oid, content.length).expect(200);
        String stored = repo.batch("download", oid, content.length)
                .expect(200)
                .json()
                .getJsonArray("objects")
                .getJsonObject(0)
                .getJsonObject("actions")
                .getJsonObject("download")
                .getString("href");
        assertThat(hub.bare().get(stored).expect(200).body()).isEqualTo(content);
    }

    @Test
    void other_bytes_through_the_hub_are_refused_when_verified() {
        byte[] content = Bytes.random((int) RunningHub.MULTIPART_BYTES, 4);
        byte[] other = content.clone();
        other[1000]++;
        JsonObject actions = upload(repo.batch("upload", Bytes.sha256(content), content.length));
        hub.bare()
                .send("PUT", actions.getJsonObject("upload").getString("href"), null, other)
                .expect(200);
        repo.verify(actions, Bytes.sha256(content), content.length).expect(422);
    }

    /** Minutes, and three times the file's size on the disk: by hand. */
    @Test
    @EnabledIfSystemProperty(named = "git.lfs.large", matches = "true")
    void a_file_of_more_than_five_gibibytes_goes_by_plain_git_lfs() throws Exception {
        Path file = clone.folder().resolve("large.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 0; at < 5; at++) {
                sparse.seek(at << 30);
                sparse.write(Bytes.random(1000, at));
            }
            sparse.setLength((5L << 30) + 12_345);
        }
        clone.run("add", "large.bin");
        clone.run("commit", "--quiet", "-m", "Large");
        String oid = clone.run("lfs", "ls-files", "--long").split(" ")[0];
        Files.delete(file);
        long start = System.nanoTime();
        clone.push("main");
        System.out.println("git-lfs sent 5 GiB in " + (System.nanoTime() - start) / 1_000_000_000 + " s");

        String address = hub.anonymous().get(repo.resolve("main", "large.bin")).header("Location");
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        try (InputStream in = java.net.URI.create(address).toURL().openStream()) {
            byte[] buffer = new byte[1 << 20];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(oid);
    }
}
