package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.OwnHub;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** A hub that puts everything into Xet, gives up whole copies and makes them anew for those who read them. */
class XetPolicyIT {
    private static final Map<String, String> SETTINGS = Map.of(
            "KOHAKU_HUB_XET_CONVERT", "true",
            "KOHAKU_HUB_XET_DROP_LFS_COPY", "true",
            "KOHAKU_HUB_XET_MATERIALIZE", "on-demand",
            "KOHAKU_HUB_S3_PRESIGN_SECONDS", "20");
    private static final int SIZE = 20 << 20;

    /** The worker looks for work each half minute; this machine may be busy. */
    private static final long PATIENCE_SECONDS = 75;

    private static final String UPLOAD = """
            import os, sys
            if sys.argv[3] == "xet":
                os.environ.pop("HF_HUB_DISABLE_XET")
            from huggingface_hub import HfApi
            HfApi().upload_file(repo_id=sys.argv[1], path_or_fileobj=sys.argv[2], path_in_repo="w.bin")
            """;

    private static final String DOWNLOAD = """
            import hashlib, os, sys
            if sys.argv[2] == "xet":
                os.environ.pop("HF_HUB_DISABLE_XET")
            from huggingface_hub import hf_hub_download
            with open(hf_hub_download(sys.argv[1], "w.bin"), "rb") as file:
                print(hashlib.file_digest(file, "sha256").hexdigest())
            """;

    @TempDir
    Path folder;

    private RunningHub hub;

    @Test
    void a_file_that_came_by_lfs_is_converted_read_both_ways_and_deduplicated() throws Exception {
        try (OwnHub own = new OwnHub(Files.createDirectory(folder.resolve("data")), SETTINGS)) {
            hub = own.start();
            HubUser ann = hub.newUser();
            TestRepo repo = ann.newModel();
            byte[] content = Bytes.fresh(SIZE);
            Path file = Files.write(folder.resolve("w.bin"), content);

            client(ann).run(UPLOAD, repo.id(), file.toString(), "lfs");
            long converted = within(
                    "converted",
                    () -> head(repo),
                    answer -> answer.find("X-Xet-Hash").isPresent());
            JsonObject usage = usage(repo);
            assertThat(usage.getInt("logical_bytes")).isEqualTo(SIZE);
            assertThat(usage.getInt("whole_bytes")).as("the copy is given up").isZero();
            assertThat(usage.getInt("xorb_bytes")).isBetween(SIZE, SIZE + SIZE / 100);

            assertThat(client(ann).run(DOWNLOAD, repo.id(), "xet")).isEqualTo(Bytes.sha256(content));
            assertThat(usage(repo).getInt("whole_bytes"))
                    .as("a Xet reader needs none")
                    .isZero();
            Run run = firstRun(repo);
            long signed = System.nanoTime();
            assertThat(run.fetch(hub).status()).isEqualTo(206);

            Answer streamed = get(repo).expect(200); // and it is what puts the copy on the list
            assertThat(Bytes.sha256(streamed.body())).isEqualTo(Bytes.sha256(content));
            assertThat(client(ann).run(DOWNLOAD, repo.id(), "plain")).isEqualTo(Bytes.sha256(content));
            long copied = within("copied", () -> get(repo), answer -> answer.status() == 302);
            assertThat(Bytes.sha256(repo.download("main", "w.bin"))).isEqualTo(Bytes.sha256(content));
            assertThat(usage(repo).getInt("whole_bytes")).isEqualTo(SIZE);
            assertThat(head(repo).find("X-Xet-Hash")).isPresent();

            again(ann, repo, content, file);
            Thread.sleep(Math.max(0, 22_000 - (System.nanoTime() - signed) / 1_000_000));
            assertThat(run.fetch(hub).status())
                    .as("an address whose time is over")
                    .isEqualTo(403);
            System.out.printf(Locale.ROOT, "converted after %d s, whole copy after %d s%n", converted, copied);
        }
    }

    /** The client's own upload of what the hub has chunked brings no chunk, and of what is new only that. */
    private void again(HubUser ann, TestRepo first, byte[] content, Path file) throws Exception {
        int before = usage(first).getInt("xorb_bytes");
        TestRepo same = ann.newModel();
        assertThat(sentXorbs()).isZero();
        client(ann).run(UPLOAD, same.id(), file.toString(), "xet");
        assertThat(sentXorbs()).isZero();
        assertThat(usage(same).getInt("xorb_bytes")).isEqualTo(before);
        assertThat(same.download("main", "w.bin")).isEqualTo(content);

        byte[] longer = Arrays.copyOf(content, SIZE + 100_000);
        Arrays.fill(longer, SIZE, longer.length, (byte) 'x');
        TestRepo more = ann.newModel();
        client(ann).run(UPLOAD, more.id(), Files.write(file, longer).toString(), "xet");
        assertThat(sentXorbs()).isOne();
        assertThat(usage(more).getInt("xorb_bytes") - before).isBetween(1, 400_000);
        assertThat(more.download("main", "w.bin")).isEqualTo(longer);
        assertThat(waiting()).as("no xorb without a file").isEmpty();
    }

    /** Of all clients so far, by the hub's own log. */
    private long sentXorbs() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("data/log/hub.log"))) {
            return lines.filter(line -> line.contains(" method=POST ") && line.contains("/v1/xorbs/"))
                    .count();
        }
    }

    private JsonArray waiting() {
        return hub.siteAdmin().get("/admin/api/xet/sweep").expect(200).json().getJsonArray("waiting");
    }

    private HfClient client(HubUser user) throws Exception {
        return user.client("2.0.0", Files.createTempDirectory(folder, "home"));
    }

    private JsonObject usage(TestRepo repo) {
        return hub.siteAdmin()
                .get("/admin/api/xet/usage/models/" + repo.id())
                .expect(200)
                .json();
    }

    private static Answer head(TestRepo repo) {
        return repo.owner().http().head(repo.resolve("main", "w.bin"));
    }

    private static Answer get(TestRepo repo) {
        return repo.owner().http().get(repo.resolve("main", "w.bin"));
    }

    /** The bytes of the first chunks in the object store, and the address that was signed for them. */
    private record Run(String address, int end) {
        Answer fetch(RunningHub hub) {
            return hub.bare().with("Range", "bytes=0-" + end).get(address);
        }
    }

    private static Run firstRun(TestRepo repo) {
        Cas cas = Cas.reading(repo);
        JsonObject run = cas.http()
                .with("Range", "bytes=0-9")
                .get(cas.planUrl(head(repo).header("X-Xet-Hash")))
                .expect(200)
                .json()
                .getJsonObject("xorbs")
                .values()
                .iterator()
                .next()
                .asJsonArray()
                .getJsonObject(0);
        JsonObject bytes = run.getJsonArray("ranges").getJsonObject(0).getJsonObject("bytes");
        return new Run(run.getString("url"), bytes.getInt("end"));
    }

    /** Waits until an answer is as wished; gives the seconds that it took. */
    private static long within(String what, Supplier<Answer> ask, Predicate<Answer> wish) throws InterruptedException {
        long began = System.nanoTime();
        for (Answer answer = ask.get(); !wish.test(answer); answer = ask.get()) {
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            assertThat(seconds).as("%s, last %s", what, answer.status()).isLessThan(PATIENCE_SECONDS);
            Thread.sleep(500);
        }
        return (System.nanoTime() - began) / 1_000_000_000;
    }
}
