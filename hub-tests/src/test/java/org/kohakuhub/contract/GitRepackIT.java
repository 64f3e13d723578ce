package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClone;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * {@code POST /admin/api/git/repack/…}, and that nobody notices a repack. {@code -Dgit.repack.seconds=120} makes it
 * longer than the usual fifteen seconds.
 */
class GitRepackIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("git.repack.seconds", 15));
    private static final int API_WRITERS = 4;
    private static final int GIT_WRITERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @TempDir
    Path home;

    private final AtomicInteger repacked = new AtomicInteger();

    private static String door(TestRepo repo) {
        return "/admin/api/git/repack/" + repo.type() + "s/" + repo.id();
    }

    @Test
    @Tag("core")
    void one_pack_is_left_that_holds_all() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newPrivateModel();
        for (int i = 0; i < 5; i++) {
            repo.commitFile(i + ".txt", Bytes.utf8("content " + i));
        }
        String head = repo.head();
        JsonObject done = hub.siteAdmin().post(door(repo)).expect(200).json();
        assertThat(done.getString("repo_id")).isEqualTo(repo.id());
        assertThat(done.getInt("packs_before")).isEqualTo(6);
        assertThat(done.getInt("packs_after")).isEqualTo(1);
        assertThat(done.getInt("bytes_after")).isPositive();
        assertThat(repo.head()).isEqualTo(head);
        GitClone.of(repo, home, "clone").assertWhole();
        assertThat(repo.download(head, "3.txt")).isEqualTo(Bytes.utf8("content 3"));
    }

    @Test
    void it_is_the_site_administrators() {
        HubUser ann = hub.newUser();
        TestRepo repo = ann.newModel();
        for (HubHttp other : List.of(ann.http(), hub.newUser().http(), hub.anonymous())) {
            other.post(door(repo)).expect(401);
        }
        hub.anonymous().with("X-Admin-Token", "wrong").post(door(repo)).expect(403);
        hub.siteAdmin().post("/admin/api/git/repack/models/nobody/nothing").expectError(404, "RepoNotFound");
        hub.siteAdmin().post("/admin/api/git/repack/models/bad..name/x--y").expectError(404, "RepoNotFound");
        hub.siteAdmin().post("/admin/api/git/repack/things/a/b").expect(404);
    }

    /** Another who repacks, or a joining of small packs that began by itself, may be first. */
    private void repack(TestRepo repo) throws InterruptedException {
        Answer answer = hub.siteAdmin().post(door(repo));
        assertThat(answer.status()).as("%s", answer).isIn(200, 409);
        if (answer.status() == 200) {
            repacked.incrementAndGet();
        }
        Thread.sleep(100);
    }

    /** As a client of the API sees it: what is listed can be read. */
    private static void read(TestRepo repo) {
        HubHttp http = hub.anonymous();
        String head = http.get(repo.api() + "/revision/main").expect(200).json().getString("sha");
        List<JsonValue> files = http.get(repo.api() + "/tree/" + head + "?recursive=true")
                .expect(200)
                .list();
        JsonObject last = files.get(files.size() - 1).asJsonObject();
        byte[] content = repo.download(head, last.getString("path"));
        assertThat(Bytes.blobId(content)).isEqualTo(last.getString("oid"));
    }

    @Test
    void who_writes_and_who_reads_notices_nothing() throws Exception {
        TestRepo repo = hub.newUser().newModel();
        Writers writers = new Writers(repo, home, LENGTH);
        for (int i = 0; i < API_WRITERS; i++) {
            writers.commitByApi(PAUSE);
        }
        for (int i = 0; i < GIT_WRITERS; i++) {
            writers.pushByGit(i == 0 ? "main" : "b" + i);
        }
        GitClone growing = GitClone.visit(repo, home, "growing", "--mirror");
        Writers.Made made = writers.cloneAndLook()
                .meanwhile(number -> {
                    growing.run("fetch", "--quiet", "--prune");
                    growing.assertWhole();
                })
                .meanwhile(number -> read(repo))
                .meanwhile(number -> repack(repo))
                .meanwhile(number -> repack(repo))
                .run();
        System.out.println(LENGTH.toSeconds() + " s: " + made.byApi() + " commits by the API, " + made.byGit()
                + " pushes by git, " + repacked + " repacks; " + made.byOthers().get(0) + " clones, "
                + made.byOthers().get(1) + " fetches and " + made.byOthers().get(2) + " reads looked at");
        assertThat(repacked.get()).isPositive();
        growing.run("fetch", "--quiet", "--prune");
        assertThat(growing.id("main")).isEqualTo(repo.head());
    }
}
