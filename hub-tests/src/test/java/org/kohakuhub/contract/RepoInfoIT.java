package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** What one repository's answer tells, field by field as the client reads it (contract, 5.1). */
class RepoInfoIT {
    private static final RunningHub hub = RunningHub.shared();

    private final HubUser ann = hub.newUser();

    private JsonObject info(TestRepo repo, String query) {
        return ann.http().get(repo.api() + query).expect(200).json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_reads_every_field_of_a_model(String version, @TempDir Path home) {
        TestRepo base = ann.newModel();
        TestRepo repo = ann.newModel();
        TestRepo space = ann.newRepo("space", false);
        repo.commitFile(
                "README.md",
                Bytes.utf8("---\nlicense: mit\nbase_model: " + base.id() + "\nwidget:\n- text: Paris"
                        + " is the [MASK] of France\nmodel-index:\n- name: tiny\n  results: []\n---\n"));
        repo.commitFile(
                "config.json", Bytes.utf8("{\"architectures\":[\"BertForMaskedLM\"],\"model_type\":\"bert\",\"x\":1}"));
        repo.commitFile(
                "tokenizer_config.json",
                Bytes.utf8("{\"mask_token\":{\"content\":\"[MASK]\"},\"bos_token\":\"<s>\",\"pad_token\":null,"
                        + "\"chat_template\":\"{{ x }}\"}"));
        repo.commitLfs(
                "model.safetensors",
                WeightFile.safetensors(
                        "{\"__metadata__\":{\"format\":\"pt\"},"
                                + "\"a\":{\"dtype\":\"F32\",\"shape\":[4,8],\"data_offsets\":[0,128]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[128,130]}}",
                        130));
        space.commitFile("README.md", Bytes.utf8("---\nsdk: static\nmodels:\n- " + repo.id() + "\n---\n"));
        ann.client(version, home).run("""
                import sys
                from typing import get_args
                from huggingface_hub import HfApi, hf_api
                api = HfApi()
                base, name, space = sys.argv[1:4]
                values = get_args(hf_api.ExpandModelProperty_T)
                assert len(values) > 25
                one = {value: api.model_info(name, expand=[value]) for value in values}
                m = api.model_info(name, expand=list(values))
                assert m.id == name and m.author == name.split("/")[0]
                assert m.base_models == [base] and m.children_model_count == 0
                assert api.model_info(base, expand="childrenModelCount").children_model_count == 1
                assert m.spaces == [space]
                assert m.config["tokenizer_config"] == {
                    "bos_token": "<s>", "mask_token": "[MASK]", "chat_template": "{{ x }}"}
                assert m.config["architectures"] == ["BertForMaskedLM"] and "x" not in m.config
                assert m.mask_token == "[MASK]" and m.widget_data == [{"text": "Paris is the [MASK] of France"}]
                assert m.safetensors.parameters == {"F32": 32, "BF16": 1} and m.safetensors.total == 33
                assert m.transformers_info.auto_model == "AutoModelForMaskedLM"
                assert m.transformers_info.processor == "AutoTokenizer"
                assert m.library_name == "transformers" and m.pipeline_tag == "fill-mask"
                assert m.model_index == [{"name": "tiny", "results": []}]
                assert m.gguf is None and m.inference is None and m.resource_group is None
                assert m.inference_provider_mapping == []
                assert m.used_storage > 130 and m.downloads == 0 and m.downloads_all_time == 0 and m.likes == 0
                assert m.gated is False and m.private is False and m.disabled is False
                assert "safetensors" in m.tags and "base_model:finetune:" + base in m.tags
                assert len(m.sha) == 40 and m.created_at <= m.last_modified
                assert {s.rfilename for s in m.siblings} >= {"model.safetensors", "config.json"}
                assert one["sha"].sha == m.sha and one["sha"].tags is None and one["sha"].siblings is None
                assert api.get_safetensors_metadata(name).parameter_count == {"F32": 32, "BF16": 1}

                usual = api.model_info(name, files_metadata=True, securityStatus=True)
                weights = next(s for s in usual.siblings if s.rfilename == "model.safetensors")
                assert weights.size == weights.lfs.size > 130 and weights.lfs.pointer_size > 100
                assert len(weights.lfs.sha256) == 64 and len(weights.blob_id) == 40
                readme = next(s for s in usual.siblings if s.rfilename == "README.md")
                assert readme.size > 50 and readme.lfs is None
                assert usual.safetensors.total == 33 and usual.card_data.license == "mit"
                assert usual.security_repo_status == {"scansDone": False, "filesWithIssues": []}
                at = api.model_info(name, revision=m.sha)
                assert at.sha == m.sha and at.safetensors.total == 33
                first = api.list_repo_commits(name)[-1].commit_id
                old = api.model_info(name, revision=first)
                assert old.sha == first and old.safetensors is None and old.tags == []
                listed = {x.id: x for x in api.list_models(author=m.author, expand=["safetensors", "baseModels", "sha"])}
                assert listed[name].base_models == [base] and listed[name].safetensors.total == 33
                assert listed[name].sha == m.sha
                assert [x.id for x in api.list_models(author=m.author, num_parameters="min:33,max:0.033K")] == [name]
                assert [x.id for x in api.list_models(author=m.author, num_parameters="min:34")] == []
                user, repo = name.split("/")
                assert api.model_info(user.upper() + "/" + repo.upper()).id == name
                """, base.id(), repo.id(), space.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_reads_every_field_of_datasets_and_spaces(String version, @TempDir Path home) {
        TestRepo data = ann.newRepo("dataset", false);
        data.commitFile(
                "README.md",
                Bytes.utf8(
                        "---\npaperswithcode_id: glue\ncitation: Us et al.\n---\n<!-- hidden -->\n# Rows\n\nOf text.\n"));
        data.commitLfs("rows.parquet", Bytes.random(20_000, 1));
        TestRepo space = ann.newRepo("space", false);
        space.commitFile("README.md", Bytes.utf8("---\nsdk: static\nmodels: gpt2\ndatasets: [glue]\n---\n"));
        ann.client(version, home).run("""
                import sys
                from typing import get_args
                from huggingface_hub import HfApi, hf_api
                api = HfApi()
                data, space = sys.argv[1:3]
                values = get_args(hf_api.ExpandDatasetProperty_T)
                for value in values:
                    api.dataset_info(data, expand=[value])
                d = api.dataset_info(data, expand=list(values))
                assert d.paperswithcode_id == "glue" and d.citation == "Us et al."
                assert d.description == "# Rows Of text.", d.description
                assert 20_000 < d.main_size < 30_000 and d.used_storage >= 20_000
                assert d.downloads == 0 and d.gated is False and len(d.sha) == 40 and len(d.siblings) == 3
                assert api.dataset_info(data).description == d.description
                assert [x.citation for x in api.list_datasets(author=d.author, expand=["citation"])] == ["Us et al."]

                values = get_args(hf_api.ExpandSpaceProperty_T)
                for value in values:
                    api.space_info(space, expand=[value])
                s = api.space_info(space, expand=list(values))
                assert s.sdk == "static" and s.models == ["gpt2"] and s.datasets == ["glue"]
                assert s.subdomain == space.lower().replace("/", "-")
                assert s.runtime.stage == "STOPPED" and s.runtime.hardware is None
                assert api.space_info(space).models == ["gpt2"]
                """, data.id(), space.id());
    }

    @Test
    void weights_that_came_by_xet_are_read_from_their_chunks(@TempDir Path home) {
        TestRepo repo = ann.newModel();
        ann.client("2.0.0", home).withXet().run("""
                import json, os, struct, sys
                from huggingface_hub import HfApi
                head = {f"layer.{i}.{sys.argv[1]}": {"dtype": "F32", "shape": [2], "data_offsets": [8 * i, 8 * i + 8]}
                        for i in range(3000)}
                text = json.dumps(head).encode()
                data = struct.pack("<Q", len(text)) + text + os.urandom(24000)
                api = HfApi()
                api.upload_file(repo_id=sys.argv[1], path_in_repo="model.safetensors", path_or_fileobj=data)
                info = api.model_info(sys.argv[1])
                assert info.safetensors.parameters == {"F32": 6000}, info.safetensors
                """, repo.id());
        assertThat(repo.entry("model.safetensors")).containsKey("xetHash");
    }

    @Test
    void gguf_files_tell_their_architecture() {
        TestRepo repo = ann.newModel();
        repo.commitLfs("tiny.Q4.gguf", WeightFile.gguf("llama", "{{ " + repo.id() + " }}"));
        JsonObject gguf = info(repo, "?expand=gguf&expand=tags").getJsonObject("gguf");
        assertThat(gguf.getInt("total")).isEqualTo(24);
        assertThat(gguf.getString("architecture")).isEqualTo("llama");
        assertThat(gguf.getInt("context_length")).isEqualTo(2048);
        assertThat(gguf.getString("chat_template")).isEqualTo("{{ " + repo.id() + " }}");
        assertThat(ann.http()
                        .get("/api/models?apps=ollama&author=" + ann.name())
                        .expect(200)
                        .list())
                .hasSize(1);
    }

    @Test
    void shards_are_added_up_and_half_a_model_has_no_size() {
        TestRepo repo = ann.newModel();
        String tensor = "{\"%s\":{\"dtype\":\"F16\",\"shape\":[10,10],\"data_offsets\":[0,200]}}";
        repo.commitLfs(
                "model-00001-of-00002.safetensors", WeightFile.safetensors(tensor.formatted("a-" + repo.name()), 200));
        repo.commitFile(
                "model.safetensors.index.json",
                Bytes.utf8("{\"metadata\":{\"total_size\":400},\"weight_map\":{"
                        + "\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"}}"));
        assertThat(info(repo, "?expand=safetensors")).doesNotContainKey("safetensors");
        repo.commitLfs(
                "model-00002-of-00002.safetensors", WeightFile.safetensors(tensor.formatted("b-" + repo.name()), 200));
        JsonObject weights = info(repo, "").getJsonObject("safetensors");
        assertThat(weights.getInt("total")).isEqualTo(200);
        assertThat(weights.getJsonObject("parameters").getInt("F16")).isEqualTo(200);
    }

    @Test
    void damaged_weights_are_no_fault_of_the_answer() {
        for (String head : new String[] {
            "not json",
            "{}x",
            "{\"a\":1}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4]}}",
            "{\"a\":{\"shape\":[1]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1]}}",
            "[".repeat(20_000)
        }) {
            TestRepo repo = ann.newModel();
            repo.commitLfs("model.safetensors", WeightFile.safetensors(head, 10));
            assertThat(info(repo, "")).as(head).doesNotContainKey("safetensors");
        }
        TestRepo repo = ann.newModel();
        repo.commitLfs("model.safetensors", Bytes.random(3, 1));
        repo.commitLfs("a.gguf", Bytes.utf8("GGUF\3\0\0\0\1\0\0\0\0\0\0\0\377\377\0\0\0\0\0\0"));
        repo.commitFile(
                "README.md", Bytes.utf8("---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]\nmodels: 3\n---\n"));
        repo.commitFile("config.json", Bytes.utf8("{\"architectures\":3,\"auto_map\":[],\"model_type\":{}}"));
        repo.commitFile("tokenizer_config.json", Bytes.utf8("[1]"));
        assertThat(info(repo, "")).doesNotContainKeys("safetensors", "gguf");
    }

    @Test
    void a_card_that_is_a_bomb_is_no_card() {
        TestRepo repo = ann.newModel();
        StringBuilder bomb = new StringBuilder("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ",").repeat(9));
            bomb.append("]\n");
        }
        repo.commitFile("README.md", Bytes.utf8(bomb + "license: mit\n---\n"));
        JsonObject info = info(repo, "");
        assertThat(info).doesNotContainKey("cardData");
        assertThat(info.getJsonArray("tags")).isEmpty();
    }

    @Test
    void objects_in_objects_without_end_are_no_configuration() {
        TestRepo repo = ann.newModel();
        repo.commitFile("config.json", Bytes.utf8("{\"model_type\":\"bert\"}"));
        repo.commitFile("config.json", Bytes.utf8("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)));

        assertThat(info(repo, "").getString("id")).isEqualTo(repo.id());
    }

    @Test
    void unknown_fields_are_refused_by_name_and_strangers_see_nothing() {
        TestRepo hidden = ann.newPrivateModel();
        Answer refused =
                ann.http().get(hidden.api() + "?expand=sha&expand=mainSize").expect(400);
        assertThat(refused.json().getString("error")).startsWith("\"expand\" must be one of [author, baseModels,");
        hub.newUser().http().get(hidden.api() + "?expand=safetensors").expectError(404, "RepoNotFound");
        assertThat(hub.anonymous().get(hidden.api() + "?blobs=true").status()).isIn(401, 404);
        JsonObject only = info(hidden, "?expand=resourceGroup");
        assertThat(only.keySet()).containsExactlyInAnyOrder("_id", "id", "resourceGroup");
        assertThat(only.isNull("resourceGroup")).isTrue();
    }
}
