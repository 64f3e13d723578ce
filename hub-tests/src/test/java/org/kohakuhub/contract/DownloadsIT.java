package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Whoever fetches files of a repository within a quarter of an hour downloads it once. */
class DownloadsIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();

    @TempDir
    Path home;

    private static JsonObject stats(TestRepo repo) {
        return ANN.http().get(repo.api() + "/stats").expect(200).json();
    }

    private static void awaitDownloads(TestRepo repo, long files, int downloads) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (days(repo).stream().mapToInt(day -> day.getInt("files")).sum() != files && System.nanoTime() < end) {
            Thread.sleep(250);
        }
        assertThat(days(repo).stream().mapToInt(day -> day.getInt("files")).sum())
                .isEqualTo((int) files);
        assertThat(stats(repo).getInt("downloads")).isEqualTo(downloads);
    }

    private static List<JsonObject> days(TestRepo repo) {
        return ANN.http().get(repo.api() + "/stats/recent?days=3").expect(200).json().getJsonArray("stats").stream()
                .map(day -> day.asJsonObject())
                .toList();
    }

    @Test
    void visits_are_counted_and_files_and_trends() throws InterruptedException {
        long quarter = quarter();
        TestRepo repo = ANN.newModel();
        TestRepo hidden = ANN.newPrivateModel();
        HubUser bob = HUB.newUser();
        repo.commitFile("config.json", Bytes.utf8("{}"));
        repo.commitLfs("large.bin", Bytes.random(20_000, 1));
        hidden.commitFile("config.json", Bytes.utf8("{}"));

        for (int i = 0; i < 3; i++) {
            ANN.http().get(repo.resolve("main", "config.json")).expect(200);
        }
        ANN.http().get(repo.resolve("main", "large.bin")).expect(302);
        bob.http().head(repo.resolve("main", "config.json")).expect(200); // looks, and does not download
        HubHttp nobody = HUB.anonymous().with("X-Forwarded-For", "192.0.2." + (System.nanoTime() % 200));
        nobody.get(repo.resolve("main", "missing.json")).expect(404);
        nobody.with("X-HF-Download-Counter", "1")
                .head(repo.resolve("main", "large.bin"))
                .expect(200);
        nobody.get(repo.resolve("main", "config.json")).expect(200);
        ANN.http().get(hidden.resolve("main", "config.json")).expect(200);
        String fetched = bob.client("2.0.0", home).run("""
                import sys
                from huggingface_hub import snapshot_download
                snapshot_download(sys.argv[1])
                print("fetched")
                """, repo.id());
        assertThat(fetched).contains("fetched");

        assumeTrue(quarter == quarter(), "the clock struck a quarter, which makes two visits of one");
        awaitDownloads(repo, 8, 3); // .gitattributes, config.json and large.bin are the client's
        JsonObject today = days(repo).get(days(repo).size() - 1);
        assertThat(today.getString("date"))
                .isEqualTo(LocalDate.ofEpochDay(quarter / 96).toString());
        assertThat(today.getInt("authenticated")).isEqualTo(2);
        assertThat(today.getInt("anonymous")).isEqualTo(1);
        JsonObject info = ANN.http().get(repo.api()).expect(200).json();
        assertThat(info.getInt("downloads")).isEqualTo(3);

        ANN.http().post(hidden.api() + "/like").expect(200); // which puts it before others of as many downloads
        assertThat(trending(ANN.http())).contains(repo.id(), hidden.id());
        assertThat(trending(bob.http())).contains(repo.id()).doesNotContain(hidden.id());
        assertThat(trending(HUB.anonymous())).contains(repo.id()).doesNotContain(hidden.id());
    }

    /** Between its HEAD and its plan the client fetches nothing of the hub; the older one does not say that it downloads. */
    @Test
    void a_download_by_xet_counts_once_and_so_does_a_plain_one(
            @TempDir Path sender, @TempDir Path reader, @TempDir Path olderReader) throws InterruptedException {
        long quarter = quarter();
        TestRepo repo = ANN.newModel();
        assertThat(ANN.client("2.0.0", sender).withXet().run("""
                import os, sys
                from huggingface_hub import HfApi
                HfApi().upload_file(path_or_fileobj=os.urandom(300_000), path_in_repo="large.bin", repo_id=sys.argv[1])
                print("sent")
                """, repo.id())).contains("sent");
        String download = """
                import os, sys
                from huggingface_hub import hf_hub_download
                assert os.path.getsize(hf_hub_download(sys.argv[1], "large.bin")) == 300_000
                print("fetched")
                """;
        assertThat(HUB.newUser().client("2.0.0", reader).withXet().run(download, repo.id()))
                .contains("fetched");
        assertThat(HUB.newUser().client("1.33.0", olderReader).withXet().run(download, repo.id()))
                .contains("fetched");
        HUB.newUser().http().get(repo.resolve("main", "large.bin"));

        assumeTrue(quarter == quarter(), "the clock struck a quarter, which makes two visits of one");
        awaitDownloads(repo, 3, 3);
    }

    /** Who is asked for by a proxy is the one that the proxy saw, not whom he names himself. */
    @Test
    void nobody_inflates_a_number_by_making_up_addresses() throws InterruptedException {
        long quarter = quarter();
        TestRepo repo = ANN.newModel();
        repo.commitFile("a.txt", Bytes.utf8("a"));
        for (int i = 0; i < 5; i++) {
            HUB.anonymous()
                    .with("X-Forwarded-For", "198.51.100." + i + ", 203.0.113.77")
                    .get(repo.resolve("main", "a.txt"))
                    .expect(200);
        }

        assumeTrue(quarter == quarter(), "the clock struck a quarter, which makes two visits of one");
        awaitDownloads(repo, 5, 1);
    }

    private static long quarter() {
        return System.currentTimeMillis() / 900_000;
    }

    private static List<String> trending(HubHttp who) {
        return who
                .get("/api/trending?repo_type=model&days=2&limit=100")
                .expect(200)
                .json()
                .getJsonArray("trending")
                .stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void bad_questions_are_refused() {
        TestRepo hidden = ANN.newPrivateModel();
        HUB.newUser().http().get(hidden.api() + "/stats").expectError(404, "RepoNotFound");
        HUB.anonymous().get(hidden.api() + "/stats/recent").expectError(404, "RepoNotFound");
        ANN.http().get(hidden.api() + "/stats/recent?days=x").expect(400);
        ANN.http().get(hidden.api() + "/stats/recent?days=-1").expect(400);
        HUB.anonymous().get("/api/trending?repo_type=x").expect(400);
        assertThat(HUB.anonymous()
                        .get("/api/trending?days=9999")
                        .expect(200)
                        .json()
                        .getJsonObject("period")
                        .getInt("days"))
                .isEqualTo(365);
    }
}
