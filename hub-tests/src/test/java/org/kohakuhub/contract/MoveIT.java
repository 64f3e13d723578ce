package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.GitClient;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Point 19: a renamed repository answers 307 under its old name, which keeps method and body. */
@Tag("core")
class MoveIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();
    private final TestRepo repo = ann.newModel();

    private static Answer move(HubHttp http, String from, String to) {
        String body = Json.createObjectBuilder()
                .add("fromRepo", from)
                .add("toRepo", to)
                .add("type", "model")
                .build()
                .toString();
        return http.send("POST", "/api/repos/move", "application/json", Bytes.utf8(body));
    }

    @Test
    void the_old_name_leads_to_the_new_one_for_the_api_for_files_and_for_git() throws Exception {
        repo.commitFile("a.txt", Bytes.utf8("a\n"));
        String head = repo.head();
        String name = ann.name() + "/renamed";
        move(ann.http(), repo.id(), name).expect(200);

        Answer info = ann.http().get(repo.api() + "?expand=sha").expect(307);
        assertThat(info.header("Location")).isEqualTo("/api/models/" + name + "?expand=sha");
        assertThat(ann.http().head(repo.resolve("main", "a.txt")).expect(307).header("Location"))
                .isEqualTo("/" + name + "/resolve/main/a.txt");
        Answer commit = repo.commitAnswer("main", Operations.commit("Old name").file("b.txt", Bytes.utf8("b")));
        assertThat(commit.status()).isEqualTo(307);
        assertThat(commit.header("Location")).isEqualTo("/api/models/" + name + "/commit/main");

        GitClient git = GitClient.in(home).as(ann);
        git.run("clone", "--quiet", hub.url(repo.web()), "clone");
        assertThat(git.at("clone").run("rev-parse", "HEAD").strip()).isEqualTo(head);
        ann.client("2.0.0", home).run("""
                import sys
                from huggingface_hub import HfApi, hf_hub_download
                api = HfApi()
                old, new = sys.argv[1:3]
                assert api.model_info(old).id == new
                assert open(hf_hub_download(old, "a.txt")).read() == "a\\n"
                api.upload_file(repo_id=old, path_in_repo="c.txt", path_or_fileobj=b"c\\n")
                assert "c.txt" in api.list_repo_files(new)
                api.move_repo(from_id=new, to_id=new + "-again")
                assert api.model_info(old).id == new + "-again"
                assert api.model_info(new).id == new + "-again"
                """, repo.id(), name);
        Files.writeString(home.resolve("clone/d.txt"), "d");
        git.at("clone").run("add", "d.txt");
        git.at("clone").run("commit", "--quiet", "-m", "d");
        git.at("clone").run("pull", "--quiet", "--rebase");
        git.at("clone").run("push", "--quiet");
    }

    @Test
    void a_repository_that_takes_the_old_name_comes_first() {
        move(ann.http(), repo.id(), ann.name() + "/elsewhere").expect(200);
        ann.http()
                .send(
                        "POST",
                        "/api/repos/create",
                        "application/json",
                        Bytes.utf8("{\"type\":\"model\",\"name\":\"" + repo.name() + "\"}"))
                .expect(200);
        ann.http().get(repo.api()).expect(200);
    }

    @Test
    void only_who_manages_it_moves_a_repository_and_only_to_where_he_may() {
        HubUser bob = hub.newUser();
        String to = ann.name() + "/other";
        assertThat(move(bob.http(), repo.id(), to).status()).isEqualTo(403);
        assertThat(move(ann.readOnly(), repo.id(), to).status()).isEqualTo(403);
        assertThat(move(ann.http(), repo.id(), bob.name() + "/theirs").status()).isEqualTo(403);
        assertThat(move(ann.http(), repo.id(), ann.name()).status()).isEqualTo(400);
        TestRepo taken = ann.newModel();
        assertThat(move(ann.http(), repo.id(), taken.id()).status()).isEqualTo(409);
        assertThat(move(ann.http(), ann.name() + "/missing", to).errorCode()).isEqualTo("RepoNotFound");
        ann.http().get(repo.api()).expect(200);
        String organization = ann.newOrganization();
        move(ann.http(), repo.id(), organization + "/ours").expect(200);
        ann.http().get("/api/models/" + organization + "/ours").expect(200);
    }

    /** Where a private repository is now is nobody else's business. */
    @Test
    void the_old_name_of_a_private_repository_is_missing_to_strangers() {
        TestRepo hidden = ann.newPrivateModel();
        move(ann.http(), hidden.id(), ann.name() + "/hidden").expect(200);
        hub.newUser().http().get(hidden.api()).expectError(404, "RepoNotFound");
        ann.http().get(hidden.api()).expect(307);
    }
}
