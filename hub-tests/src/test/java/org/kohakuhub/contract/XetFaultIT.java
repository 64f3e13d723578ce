package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.OwnHub;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** The server dies in the middle of an upload, and what was there before and comes after is whole. */
class XetFaultIT {
    private static final int MEGABYTES = 300;

    /** Uploads by Xet in a process that ends once the file {@code give-up} is there: it would try for minutes else. */
    private static final String UPLOAD = """
            import os, sys, threading, time
            os.environ.pop("HF_HUB_DISABLE_XET")
            repo, path, give_up = sys.argv[1:]
            def watch():
                while not os.path.exists(give_up):
                    time.sleep(0.1)
                print("gave up", flush=True)
                os._exit(0)
            threading.Thread(target=watch, daemon=True).start()
            from huggingface_hub import HfApi
            HfApi().upload_file(repo_id=repo, path_or_fileobj=path, path_in_repo="large.bin")
            print("uploaded", flush=True)
            """;

    private static final String DOWNLOAD = """
            import hashlib, os, sys
            os.environ.pop("HF_HUB_DISABLE_XET")
            from huggingface_hub import hf_hub_download
            with open(hf_hub_download(sys.argv[1], "large.bin"), "rb") as file:
                print(hashlib.file_digest(file, "sha256").hexdigest())
            """;

    private static final String MAKE = """
            import hashlib, os, sys
            with open(sys.argv[1], "wb") as file:
                for _ in range(int(sys.argv[2])):
                    file.write(os.urandom(1 << 20))
            with open(sys.argv[1], "rb") as file:
                print(hashlib.file_digest(file, "sha256").hexdigest())
            """;

    @TempDir
    Path folder;

    @Test
    void an_upload_that_the_server_s_death_cut_off_is_done_again() throws Exception {
        try (OwnHub own = new OwnHub(Files.createDirectory(folder.resolve("data")), Map.of())) {
            RunningHub hub = own.start();
            HubUser ann = hub.newUser();
            TestRepo repo = ann.newModel();
            Path file = folder.resolve("large.bin");
            HfClient first = client(ann, "first");
            String sha256 = first.run(MAKE, file.toString(), Integer.toString(MEGABYTES));
            Path giveUp = folder.resolve("give-up");

            CompletableFuture<String> upload = CompletableFuture.supplyAsync(
                    () -> first.run(UPLOAD, repo.id(), file.toString(), giveUp.toString()));
            waitForXorb(hub, upload);
            own.kill();
            Files.createFile(giveUp);
            assertThat(upload.get(60, TimeUnit.SECONDS)).endsWith("gave up");

            own.start();
            assertThat(repo.entry("large.bin")).isNull();
            List<JsonObject> left = swept(hub);
            tell("after the kill", left);
            assertThat(left).as("what was accepted waits for its shard").anyMatch(one -> is(one, "condemn_xorb"));

            String said = client(ann, "second").run(UPLOAD, repo.id(), file.toString(), folder + "/never");
            assertThat(said).endsWith("uploaded");
            assertThat(repo.entry("large.bin").getInt("size")).isEqualTo(MEGABYTES << 20);
            assertThat(client(ann, "third").run(DOWNLOAD, repo.id())).isEqualTo(sha256);

            left = swept(hub);
            tell("after the second upload", left);
            assertThat(left).as("the xorbs of before are those of now").noneMatch(one -> is(one, "condemn_xorb"));
            assertThat(left)
                    .as("what may be swept is not what the file consists of")
                    .allMatch(one -> is(one, "remove_upload"));
        }
    }

    private HfClient client(HubUser user, String home) throws Exception {
        return user.client("2.0.0", Files.createDirectory(folder.resolve(home)));
    }

    private static void waitForXorb(RunningHub hub, CompletableFuture<String> upload) throws Exception {
        while (swept(hub).stream().noneMatch(one -> is(one, "condemn_xorb"))) {
            assertThat(upload).as("the upload goes on").isNotDone();
            Thread.sleep(20);
        }
    }

    private static List<JsonObject> swept(RunningHub hub) {
        return hub.siteAdmin().get("/admin/api/xet/sweep").expect(200).json().getJsonArray("waiting").stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }

    private static boolean is(JsonObject waiting, String step) {
        return waiting.getString("step").equals(step);
    }

    private static void tell(String when, List<JsonObject> left) {
        System.out.printf(Locale.ROOT, "%s, %d things wait for the sweep%n", when, left.size());
        left.forEach(one -> System.out.println("  " + one));
    }
}
