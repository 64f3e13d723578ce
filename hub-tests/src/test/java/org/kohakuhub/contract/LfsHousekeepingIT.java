package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** {@code lfs-files} (hf-api-contract.md, 10): what a repository has in large files, and its deletion for good. */
class LfsHousekeepingIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();

    private static byte[] fresh() {
        return Bytes.random(2_000, ThreadLocalRandom.current().nextLong());
    }

    private static JsonObject deletion(boolean rewrite, String... oids) {
        var list = Json.createArrayBuilder();
        List.of(oids).forEach(list::add);
        return Json.createObjectBuilder()
                .add("deletions", Json.createObjectBuilder().add("sha", list).add("rewriteHistory", rewrite))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0"})
    @Tag("core")
    void a_client_lists_and_deletes(String version) {
        String repo = ann.newRepo("dataset", false).id();
        ann.client(version, home).run("""
                import os, sys
                from huggingface_hub import HfApi, hf_hub_download
                from huggingface_hub.errors import EntryNotFoundError
                api, repo, kind = HfApi(), sys.argv[1], {"repo_type": "dataset"}
                def upload(path, content, revision="main"):
                    api.upload_file(repo_id=repo, path_in_repo=path, path_or_fileobj=content, revision=revision, **kind)
                upload("keep.bin", os.urandom(1000))
                upload("deep/drop.bin", os.urandom(2000))
                api.create_branch(repo, branch="side", **kind)
                upload("side.bin", os.urandom(3000), "side")
                api.create_tag(repo, tag="v1", revision="side", tag_message="tagged", **kind)
                files = {file.filename: file for file in api.list_lfs_files(repo, **kind)}
                assert sorted(files) == ["deep/drop.bin", "keep.bin", "side.bin"], files
                assert files["deep/drop.bin"].size == 2000 and len(files["deep/drop.bin"].oid) == 64
                assert files["side.bin"].ref == "refs/heads/side" and files["keep.bin"].ref == "refs/heads/main"
                api.permanently_delete_lfs_files(repo, [files["deep/drop.bin"], files["side.bin"]], **kind)
                for revision in ["main", "side", "v1"]:
                    assert set(api.list_repo_files(repo, revision=revision, **kind)) == {".gitattributes", "keep.bin"}, revision
                titles = [commit.title for commit in api.list_repo_commits(repo, revision="side", **kind)]
                assert len(titles) == 4, titles
                assert [file.filename for file in api.list_lfs_files(repo, **kind)] == ["keep.bin"]
                assert os.path.getsize(hf_hub_download(repo, "keep.bin", revision="v1", **kind)) == 1000
                keep = list(api.list_lfs_files(repo, **kind))
                api.permanently_delete_lfs_files(repo, keep, rewrite_history=False, **kind)
                assert "keep.bin" in api.list_repo_files(repo, **kind)
                try:
                    hf_hub_download(repo, "keep.bin", force_download=True, **kind)
                    raise AssertionError
                except EntryNotFoundError:
                    pass
                """, repo);
    }

    @Test
    void pages_rights_and_bad_input() {
        TestRepo repo = ann.newPrivateModel();
        byte[] one = fresh();
        repo.commitLfs("one.bin", one);
        repo.commitLfs("two.bin", fresh());
        repo.upload(fresh());
        String files = repo.api() + "/lfs-files";
        String batch = files + "/batch";
        Answer first = ann.http().get(files + "?limit=2").expect(200);
        assertThat(first.list()).hasSize(2);
        assertThat(first.header("Link")).contains("rel=\"next\"");
        assertThat(ann.http().get(files).expect(200).list()).hasSize(3).anySatisfy(entry -> {
            assertThat(entry.asJsonObject().containsKey("ref")).isFalse(); // no commit names it yet
        });
        for (HubHttp stranger : List.of(hub.newUser().http(), hub.anonymous())) {
            stranger.get(files).expectError(404, "RepoNotFound");
            stranger.post(batch, deletion(false, Bytes.sha256(one))).expectError(404, "RepoNotFound");
        }
        ann.readOnly().get(files).expect(403);
        ann.readOnly().post(batch, deletion(true, Bytes.sha256(one))).expect(403);
        ann.http().post(batch, deletion(true, "nonsense")).expect(400);
        ann.http().post(batch, Json.createObjectBuilder().build()).expect(400);
        ann.http().get(files + "?cursor=x").expect(400);

        ann.http().post(batch, deletion(false, Bytes.sha256(one))).expect(200);
        ann.http().head(repo.resolve("main", "one.bin")).expect(404);
        ann.http().get(repo.resolve("main", "one.bin")).expectError(404, "EntryNotFound");
        // the right is gone: a commit of the same oid needs the bytes again
        repo.commitLfs("again.bin", one);
        ann.http().head(repo.resolve("main", "one.bin")).expect(200);
    }

    @Test
    void the_sweep_is_the_site_administrators() {
        hub.anonymous().get("/admin/api/lfs/sweep").expect(401);
        ann.http().post("/admin/api/lfs/sweep").expect(401);
        TestRepo repo = ann.newModel();
        byte[] content = fresh();
        repo.upload(content);
        JsonObject plan =
                hub.siteAdmin().get("/admin/api/lfs/sweep").expect(200).json();
        assertThat(plan.getBoolean("dry_run")).isTrue();
        assertThat(plan.getJsonArray("waiting"))
                .anySatisfy(waiting ->
                        assertThat(waiting.asJsonObject().getString("oid")).isEqualTo(Bytes.sha256(content)));
        hub.siteAdmin().post("/admin/api/lfs/sweep").expect(200);
        assertThat(ann.http().get(repo.api() + "/lfs-files").expect(200).list()).hasSize(1);
    }
}
