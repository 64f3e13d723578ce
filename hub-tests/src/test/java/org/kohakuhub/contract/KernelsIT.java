package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** The fourth type of repository: kernels, which the library of that name runs. */
class KernelsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String LIBRARY = "0.17.2";
    private static final String KERNEL = "kernel";

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();

    @Test
    void the_library_runs_them_by_revision_and_version() {
        String kernel = ann.newRepo(KERNEL, false).id();
        ClientCases.run(ann.kernels(LIBRARY, home), home, "kernels_library.py", kernel);
    }

    /** The suite starts its hubs with {@code KOHAKU_HUB_TRUSTED_KERNEL_PUBLISHERS=trusted-kernels}. */
    @Test
    void the_operator_names_publishers_that_are_trusted() {
        JsonObject trusted =
                Json.createObjectBuilder().add("name", "trusted-kernels").build();
        assertThat(ann.http().post("/org/create", trusted).status()).isIn(200, 409); // from an earlier run

        assertThat(overview("trusted-kernels").getBoolean("trustedKernelPublisher"))
                .isTrue();
        assertThat(overview(ann.newOrganization()).getBoolean("trustedKernelPublisher"))
                .isFalse();
    }

    private static JsonObject overview(String organization) {
        return hub.anonymous()
                .get("/api/organizations/" + organization + "/overview")
                .expect(200)
                .json();
    }

    @Test
    @Tag("core")
    void files_of_both_kinds_are_committed_and_read() {
        TestRepo kernel = ann.newRepo(KERNEL, false);
        byte[] code = Bytes.random(100_000, 7);
        kernel.commitFile("README.md", Bytes.utf8("---\nlicense: mit\ntags: [gemm]\n---\n"));
        kernel.commitLfs("build/torch-cpu/ops.so", code);

        assertThat(kernel.download("main", "build/torch-cpu/ops.so")).isEqualTo(code);
        assertThat(kernel.entry("build/torch-cpu/ops.so").getJsonObject("lfs").getString("oid"))
                .isEqualTo(Bytes.sha256(code));
        JsonObject info = ann.http().get(kernel.api()).expect(200).json();
        assertThat(info.keySet())
                .contains("id", "author", "downloads", "gated", "lastModified", "likes", "private", "sha")
                .doesNotContain("siblings", "modelId", "sdk");
        assertThat(info.getString("sha")).isEqualTo(kernel.head());
        assertThat(ann.http()
                        .get(kernel.api() + "?expand=siblings")
                        .expect(200)
                        .json()
                        .getJsonArray("siblings"))
                .hasSize(3);
        ann.http().get(kernel.api() + "?expand=sdk").expect(400);
    }

    @Test
    void they_are_found_in_lists_and_liked() {
        TestRepo kernel = ann.newRepo(KERNEL, false);
        kernel.commitFile("README.md", Bytes.utf8("---\nlicense: mit\ntags: [gemm]\n---\n"));
        TestRepo model = ann.newModel();

        assertThat(ids("/api/kernels?author=" + ann.name() + "&filter=gemm&filter=license:mit"))
                .containsExactly(kernel.id());
        assertThat(ids("/api/kernels?search=" + kernel.id())).containsExactly(kernel.id());
        assertThat(ids("/api/models?author=" + ann.name())).containsExactly(model.id());
        assertThat(ann.http()
                        .get("/api/quicksearch?type=kernel&q=" + kernel.name())
                        .expect(200)
                        .json()
                        .getJsonArray("kernels"))
                .hasSize(1);
        ann.http().post(kernel.api() + "/like", JsonValue.EMPTY_JSON_OBJECT).expect(200);
        ann.client("2.0.0", home).run("""
                import sys
                from huggingface_hub import HfApi
                api = HfApi()
                assert api.list_liked_repos(sys.argv[1]).kernels == [sys.argv[2]]
                """, ann.name(), kernel.id());
    }

    private List<String> ids(String list) {
        return ann.http().get(list).expect(200).list().stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    @Test
    void strangers_see_and_change_none_that_is_private() {
        TestRepo kernel = ann.newRepo(KERNEL, true);
        kernel.commitFile("a.txt", Bytes.utf8("a"));
        HubUser eve = hub.newUser();

        for (String path : new String[] {kernel.api(), kernel.api() + "/refs", kernel.resolve("main", "a.txt")}) {
            eve.http().get(path).expectError(404, "RepoNotFound");
        }
        Answer commit = kernel.commitAs(
                eve.http(), "main", Operations.commit("Not mine").file("b.txt", Bytes.utf8("b")));
        commit.expectError(404, "RepoNotFound");
        assertThat(ids("/api/kernels?author=" + ann.name())).containsExactly(kernel.id());
        assertThat(eve.http()
                        .get("/api/kernels?author=" + ann.name())
                        .expect(200)
                        .list())
                .isEmpty();
    }

    @Test
    void a_name_that_is_not_there_is_told_in_the_contract_s_terms() {
        for (String path : new String[] {
            "/api/kernels/acme/fast",
            "/api/kernels/acme/fast/revision/main",
            "/api/kernels/fast",
            "/kernels/acme/fast/resolve/main/a.txt"
        }) {
            ann.http().get(path).expectError(404, "RepoNotFound");
        }
    }

    @Test
    void one_is_moved_and_its_old_name_leads_to_it() {
        TestRepo kernel = ann.newRepo(KERNEL, false);
        String moved = ann.name() + "/" + RunningHub.newName("k");
        JsonObject body = Json.createObjectBuilder()
                .add("fromRepo", kernel.id())
                .add("toRepo", moved)
                .add("type", KERNEL)
                .build();

        ann.http().post("/api/repos/move", body).expect(200);

        assertThat(ann.http().get(kernel.api()).expect(307).header("Location")).isEqualTo("/api/kernels/" + moved);
        assertThat(ann.http()
                        .head(kernel.resolve("main", ".gitattributes"))
                        .expect(307)
                        .header("Location"))
                .isEqualTo("/kernels/" + moved + "/resolve/main/.gitattributes");
    }
}
