package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Copies of repositories, and what else their settings tell (hf-api-contract.md, 4.2). */
class DuplicateIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final HubUser ANN = HUB.newUser();
    private static final HubUser BOB = HUB.newUser();
    private static final byte[] LARGE = Bytes.random(300_000, 5);

    @TempDir
    Path home;

    private static TestRepo filled() {
        TestRepo repo = ANN.newModel();
        repo.commitFile("a.txt", Bytes.utf8("a\n"));
        repo.commitLfs("sub/large.bin", LARGE);
        post(ANN.http(), repo.api() + "/branch/dev", JsonValue.EMPTY_JSON_OBJECT)
                .expect(200);
        post(
                        ANN.http(),
                        repo.api() + "/tag/main",
                        Json.createObjectBuilder().add("tag", "v1").build())
                .expect(200);
        return repo;
    }

    private static Answer post(HubHttp who, String path, JsonObject body) {
        return who.send("POST", path, "application/json", Bytes.utf8(body.toString()));
    }

    private static Answer duplicate(HubHttp who, TestRepo repo, String target) {
        return post(
                who,
                repo.api() + "/duplicate",
                Json.createObjectBuilder().add("repository", target).build());
    }

    @Tag("core")
    @Test
    void a_copy_has_history_branches_tags_and_contents_and_a_life_of_its_own() {
        TestRepo repo = filled();
        String name = BOB.name() + "/" + RunningHub.newName("copy");

        Answer made = duplicate(BOB.http(), repo, name).expect(200);

        assertThat(made.json().getString("url")).isEqualTo(HUB.url("/" + name));
        TestRepo copy = new TestRepo(BOB, "model", name);
        assertThat(copy.head()).isEqualTo(repo.head());
        assertThat(copy.refs()).isEqualTo(repo.refs());
        assertThat(copy.download("v1", "sub/large.bin")).isEqualTo(LARGE);
        copy.commitFile("b.txt", Bytes.utf8("b"));
        assertThat(repo.entry("b.txt")).isNull();
        repo.owner()
                .http()
                .delete(
                        "/api/repos/delete",
                        Json.createObjectBuilder()
                                .add("organization", ANN.name())
                                .add("name", repo.name())
                                .build())
                .expect(200);
        GitClient git = GitClient.in(home).as(BOB);
        git.run("clone", "--quiet", HUB.url(copy.web()), "clone");
        assertThat(git.at("clone").run("fsck", "--full", "--strict").strip()).isEmpty();
        assertThat(git.at("clone").run("log", "--format=%s").lines().count()).isEqualTo(4);
        assertThat(copy.download("main", "sub/large.bin")).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_duplicates_models_and_spaces(String version) {
        TestRepo repo = filled();
        TestRepo space = ANN.newRepo("space", false);
        String printed = BOB.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi, hf_hub_download
                from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError
                api = HfApi()
                me, repo, space, tail = sys.argv[1:5]
                if hasattr(api, "duplicate_repo"):
                    url = api.duplicate_repo(repo, to_id=f"{me}/m{tail}", visibility="private")
                    assert url.repo_id == f"{me}/m{tail}" and url.repo_type == "model", url
                    assert api.model_info(url.repo_id).private
                    assert open(hf_hub_download(url.repo_id, "a.txt", revision="v1")).read() == "a\\n"
                    try:
                        api.duplicate_repo(repo, to_id=f"{me}/m{tail}")
                        raise SystemExit("twice")
                    except HfHubHTTPError as e:
                        assert e.response.status_code == 409
                    assert api.duplicate_repo(repo, to_id=f"{me}/m{tail}", exist_ok=True).repo_id == f"{me}/m{tail}"
                    try:
                        api.duplicate_repo(me + "/missing")
                        raise SystemExit("found")
                    except RepositoryNotFoundError:
                        pass
                if hasattr(api, "duplicate_space"):
                    url = api.duplicate_space(space, to_id=f"{me}/s{tail}")
                else:
                    url = api.duplicate_repo(space, to_id=f"{me}/s{tail}", repo_type="space")
                assert url.repo_type == "space", url
                assert api.space_info(f"{me}/s{tail}").sdk == "static"
                print("done")
                """, BOB.name(), repo.id(), space.id(), RunningHub.newName("d"));
        assertThat(printed).contains("done");
    }

    @Test
    void a_copy_needs_the_right_to_read_here_and_to_make_there() {
        TestRepo repo = filled();
        TestRepo hidden = ANN.newPrivateModel();
        duplicate(BOB.http(), hidden, BOB.name() + "/x").expectError(404, "RepoNotFound");
        duplicate(HUB.anonymous(), repo, BOB.name() + "/x").expect(401);
        duplicate(BOB.readOnly(), repo, BOB.name() + "/x").expect(403);
        duplicate(BOB.http(), repo, ANN.name() + "/x").expect(403);
        duplicate(BOB.http(), repo, "nobody-at-all/x").expect(404);
        duplicate(BOB.http(), repo, "x").expect(400);
        duplicate(BOB.http(), repo, BOB.name() + "/..").expect(400);
        GatedDoorsIT.gate(repo, "auto");
        duplicate(BOB.http(), repo, BOB.name() + "/x").expectError(403, "GatedRepo");
        assertThat(ANN.http().get("/api/models/" + BOB.name() + "/x").status()).isEqualTo(404);
        String mine = ANN.name() + "/" + RunningHub.newName("mine");
        duplicate(ANN.http(), repo, mine).expect(200);
        assertThat(ANN.http().get("/api/models/" + mine).json().getString("gated"))
                .isEqualTo("auto");
        String secret = ANN.name() + "/" + RunningHub.newName("secret");
        duplicate(ANN.http(), hidden, secret).expect(200);
        assertThat(ANN.http().get("/api/models/" + secret).json().getBoolean("private"))
                .isTrue();
    }

    @Test
    void settings_tell_when_files_are_lfs_files_and_who_says_so() {
        TestRepo repo = ANN.newModel();
        JsonObject change = Json.createObjectBuilder()
                .add("lfs_threshold_bytes", 2_000)
                .add("description", "Ours")
                .add("discussionsDisabled", true)
                .build();
        ANN.http().put(repo.api() + "/settings", change).expect(200);
        JsonObject lfs =
                ANN.http().get(repo.api() + "/settings/lfs").expect(200).json();
        assertThat(lfs.getInt("lfs_threshold_bytes")).isEqualTo(2_000);
        assertThat(lfs.getInt("lfs_threshold_bytes_effective")).isEqualTo(2_000);
        assertThat(lfs.getString("lfs_threshold_bytes_source")).isEqualTo("repository");
        assertThat(lfs.get("lfs_suffix_rules")).isEqualTo(JsonValue.NULL);
        assertThat(lfs.getString("lfs_suffix_rules_source")).isEqualTo("server_default");
        assertThat(lfs.getJsonArray("lfs_suffix_rules_effective").size()).isGreaterThan(20);
        assertThat(lfs.getJsonObject("server_defaults").getInt("lfs_threshold_bytes"))
                .isGreaterThan(2_000);
        BOB.http().get(repo.api() + "/settings/lfs").expect(403);
        HUB.anonymous().get(repo.api() + "/settings/lfs").expect(401);
        ANN.http()
                .put(
                        repo.api() + "/settings",
                        Json.createObjectBuilder()
                                .add("discussionsDisabled", "x")
                                .build())
                .expect(400);
    }

    @Test
    void a_folders_size_is_that_of_its_files() {
        TestRepo repo = filled();
        assertThat(size(repo, "/treesize/main/sub")).isEqualTo(LARGE.length);
        assertThat(size(repo, "/treesize/main/a.txt")).isEqualTo(2);
        assertThat(size(repo, "/treesize/main")).isGreaterThan(LARGE.length + 2);
        assertThat(size(repo, "/treesize/main/")).isEqualTo(size(repo, "/treesize/main"));
        ANN.http().get(repo.api() + "/treesize/main/none").expectError(404, "EntryNotFound");
        ANN.http().get(repo.api() + "/treesize/none/sub").expectError(404, "RevisionNotFound");
        GatedDoorsIT.gate(repo, "auto");
        BOB.http().get(repo.api() + "/treesize/main").expectError(403, "GatedRepo");
    }

    private static long size(TestRepo repo, String path) {
        return ANN.http()
                .get(repo.api() + path)
                .expect(200)
                .json()
                .getJsonNumber("size")
                .longValue();
    }
}
