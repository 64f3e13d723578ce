package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** Lists of repositories: what narrows them, how they are paged, and who sees what (contract, 5.2). */
class ListsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HubUser ann = hub.newUser();

    private static List<String> ids(Answer answer) {
        return answer.expect(200).list().stream()
                .map(item -> item.asJsonObject().getString("id"))
                .toList();
    }

    private List<String> models(String query) {
        return ids(ann.http().get("/api/models?author=" + ann.name() + query));
    }

    private TestRepo model(String card) {
        TestRepo repo = ann.newModel();
        repo.commitFile("README.md", Bytes.utf8("---\n" + card + "---\n# A model\n"));
        return repo;
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_narrows_its_lists_by_every_parameter(String version, @TempDir Path home) {
        TestRepo tagged = model("""
                license: mit
                language: [en, de]
                tags: [tiny, "odd, tag"]
                datasets: [acme/rows]
                base_model: acme/base
                library_name: transformers
                pipeline_tag: fill-mask
                co2_eq_emissions: {emissions: 5}
                """);
        TestRepo plain = ann.newModel();
        TestRepo data = ann.newRepo("dataset", false);
        data.commitFile("README.md", Bytes.utf8("""
                ---
                language: en
                task_categories: [translation]
                size_categories: n<1K
                multilinguality: monolingual
                language_creators: found
                tags: ["benchmark:official"]
                ---
                Rows."""));
        TestRepo space = ann.newRepo("space", false);
        space.commitFile(
                "README.md",
                Bytes.utf8("---\nsdk: static\nmodels: [" + tagged.id() + "]\ndatasets: [" + data.id() + "]\n---\n"));
        ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                api = HfApi()
                ann, tagged, plain, data, space = sys.argv[1:6]
                def models(**more):
                    return {m.id for m in api.list_models(author=ann, **more)}
                both = {tagged, plain}
                assert models() == both
                one = {tagged}
                for narrow in ["mit", "license:mi", "nothing"]:
                    assert models(filter=narrow) == set(), narrow
                for narrow in ["license:mit", "en", "language:de", "tiny", "dataset:acme/rows", "base_model:acme/base",
                               "base_model:finetune:acme/base", "transformers", "library:transformers", "fill-mask"]:
                    assert models(filter=narrow) == one, narrow
                    assert models(filter=[narrow, "license:mit"]) == one, narrow
                    assert models(filter=[narrow, "nothing"]) == set(), narrow
                assert models(pipeline_tag="fill-mask") == one and models(pipeline_tag="other") == set()
                assert models(trained_dataset="acme/rows") == one
                assert models(trained_dataset=["acme/rows", "acme/other"]) == set()
                assert models(search=tagged.split("/")[1].upper()) == one
                assert models(search=ann[1:4]) == both and models(search="no such name") == set()
                assert models(gated=False) == both and models(gated=True) == set()
                assert models(inference="warm") == set() and models(inference_provider="all") == set()
                assert models(inference_provider=["together"]) == set()
                assert models(apps="vllm") == set() and models(apps=["ollama"]) == set()
                assert models(num_parameters="min:6B,max:128B") == set()
                for sort in ["created_at", "downloads", "last_modified", "likes", "trending_score"]:
                    assert models(sort=sort) == both, sort
                assert [m.id for m in api.list_models(author=ann, sort="created_at")] == [plain, tagged]
                assert len(models(limit=1)) == 1
                assert models(emissions_thresholds=(0, 10), cardData=True) == one

                full = {m.id: m for m in api.list_models(author=ann, full=True)}
                assert {s.rfilename for s in full[tagged].siblings} == {".gitattributes", "README.md"}
                assert len(full[tagged].sha) == 40 and full[tagged].card_data.license == "mit"
                config = {m.id: m for m in api.list_models(author=ann, fetch_config=True, cardData=True)}
                assert config[tagged].card_data.tags == ["tiny", "odd, tag"]
                short = {m.id: m for m in api.list_models(author=ann)}
                assert short[tagged].card_data is None and short[tagged].siblings is None
                assert short[tagged].pipeline_tag == "fill-mask" and "en" in short[tagged].tags

                def datasets(**more):
                    return {d.id for d in api.list_datasets(author=ann, **more)}
                assert datasets() == {data} == datasets(language="en") == datasets(filter="language:en")
                assert datasets(filter="en") == {data} == datasets(filter=["translation"])
                assert datasets(task_categories="translation") == {data} == datasets(size_categories="n<1K")
                assert datasets(multilinguality="monolingual", language_creators=["found"]) == {data}
                assert datasets(benchmark=True) == {data} == datasets(benchmark="official")
                assert datasets(benchmark="other") == set() == datasets(task_ids="x") == datasets(gated=True)
                assert datasets(dataset_name=data.split("/")[1], search=ann) == {data}
                assert datasets(dataset_name=data.split("/")[1], search="nothing") == set()
                assert [len(d.siblings) for d in api.list_datasets(author=ann, full=True)] == [2]

                def spaces(**more):
                    return {s.id for s in api.list_spaces(author=ann, **more)}
                assert spaces() == {space} == spaces(linked=True) == spaces(models=tagged) == spaces(datasets=[data])
                assert spaces(models=[plain]) == set() and spaces(search=space.split("/")[1]) == {space}
                assert spaces(filter="static") == {space}
                assert [s.sdk for s in api.list_spaces(author=ann, full=True)] == ["static"]
                """, ann.name(), tagged.id(), plain.id(), data.id(), space.id());
    }

    @Test
    void the_client_is_offered_the_tags_there_are(@TempDir Path home) throws Exception {
        String tag = RunningHub.newName("tag");
        model("license: mit\nlanguage: de\ntags: [" + tag + "]\n");
        TestRepo hidden = ann.newPrivateModel();
        hidden.commitFile("README.md", Bytes.utf8("---\ntags: [hidden-" + tag + "]\n---\n"));
        for (int i = 0; i < 60; i++) { // what was counted is good for some seconds
            if (hub.anonymous()
                    .get("/api/models-tags-by-type")
                    .expect(200)
                    .text()
                    .contains(tag)) {
                break;
            }
            Thread.sleep(500);
        }
        for (String version : List.of("2.0.0", "1.33.0")) {
            hub.stranger(version, home).run("""
                    import sys
                    from huggingface_hub import HfApi
                    tags = HfApi().get_model_tags()
                    assert {"id": sys.argv[1], "label": sys.argv[1], "type": "other"} in tags["other"], tags
                    assert {"id": "license:mit", "label": "mit", "type": "license"} in tags["license"], tags
                    assert {"id": "de", "label": "de", "type": "language"} in tags["language"], tags
                    assert "alias" not in tags and "hidden-" + sys.argv[1] not in str(tags)
                    assert isinstance(HfApi().get_dataset_tags(), dict)
                    """, tag);
        }
        assertThat(hub.anonymous().get("/api/spaces-tags-by-type").expect(200).json())
                .isNotNull();
    }

    @Test
    void pages_hold_everything_once_also_while_others_are_added() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(0, ann.newModel().id());
        }
        for (String query :
                List.of("&sort=createdAt", "&sort=createdAt&direction=-1&full=true", "&search=r&sort=createdAt")) {
            assertThat(walk(ann.http(), "/api/models?author=" + ann.name() + "&limit=3" + query, ann::newModel))
                    .as(query)
                    .containsSubsequence(expected)
                    .doesNotHaveDuplicates();
        }
        List<String> backwards = new ArrayList<>(
                walk(ann.http(), "/api/models?author=" + ann.name() + "&limit=3&sort=createdAt&direction=1", () -> {}));
        assertThat(backwards.indexOf(expected.get(0))).isGreaterThan(backwards.indexOf(expected.get(6)));
        assertThat(backwards).hasSize(10);
    }

    private List<String> walk(HubHttp http, String first, Runnable meanwhile) {
        List<String> seen = new ArrayList<>();
        Optional<String> page = Optional.of(first);
        while (page.isPresent()) {
            Answer answer = http.get(page.get());
            seen.addAll(ids(answer));
            if (seen.size() == 3) {
                meanwhile.run();
            }
            page = answer.find("Link").map(link -> {
                Matcher matcher = NEXT.matcher(link);
                assertThat(matcher.find()).as(link).isTrue();
                URI uri = URI.create(matcher.group(1));
                assertThat(uri.getScheme()).isNotNull();
                return uri.getRawPath() + '?' + uri.getRawQuery();
            });
        }
        return seen;
    }

    @Test
    void private_ones_are_seen_by_their_own_and_in_no_count() {
        TestRepo open = model("tags: [seen]\n");
        TestRepo hidden = ann.newPrivateModel();
        hidden.commitFile("README.md", Bytes.utf8("---\ntags: [seen]\nbase_model: " + open.id() + "\n---\n"));
        String query = "/api/models?author=" + ann.name() + "&filter=seen&search=" + ann.name();
        assertThat(ids(ann.http().get(query))).containsExactlyInAnyOrder(open.id(), hidden.id());
        assertThat(ids(hub.newUser().http().get(query))).containsExactly(open.id());
        assertThat(ids(hub.anonymous().get(query))).containsExactly(open.id());
        assertThat(ids(hub.siteAdmin().get(query))).hasSize(2);
        String children = "/api/models?expand=childrenModelCount&search=" + open.name();
        assertThat(only(ann.http().get(children)).getInt("childrenModelCount")).isEqualTo(1);
        assertThat(only(hub.anonymous().get(children)).getInt("childrenModelCount"))
                .isZero();
    }

    private static JsonObject only(Answer answer) {
        JsonArray list = answer.expect(200).list();
        assertThat(list).hasSize(1);
        return list.getJsonObject(0);
    }

    @Test
    void a_text_is_found_wherever_it_stands_and_however_short() {
        TestRepo repo = ann.newModel();
        String name = repo.name();
        for (String text :
                List.of(name, name.substring(1), name.substring(0, name.length() - 1), "r", ann.name() + "/r")) {
            assertThat(models("&search=" + TestRepo.quote(text.toUpperCase(Locale.ROOT))))
                    .as(text)
                    .containsExactly(repo.id());
        }
        for (String text : List.of("%", "_x", "\"", "* OR *", "'", name + "x")) {
            assertThat(models("&search=" + TestRepo.quote(text))).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=name",
                "limit=0",
                "limit=x",
                "cursor=1;drop",
                "direction=2",
                "expand=nonsense",
                "num_parameters=6B",
                "num_parameters=min:x"
            })
    void what_cannot_be_asked_is_refused(String query) {
        Answer answer = hub.anonymous().get("/api/models?" + query).expect(400);
        assertThat(answer.json().getString("error")).isNotBlank();
        if (query.startsWith("expand")) {
            assertThat(answer.errorMessage()).startsWith("\"expand\" must be one of [author, ");
        }
    }

    @Test
    void what_is_narrowed_too_much_is_refused() {
        hub.anonymous().get("/api/models?" + "filter=x&".repeat(31)).expect(200); // once is enough
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 31; i++) {
            many.append("filter=x").append(i).append('&');
        }
        hub.anonymous().get("/api/models?" + many).expect(400);
    }

    @Test
    void a_removed_repository_is_in_no_list() {
        TestRepo repo = model("tags: [gone]\n");
        assertThat(models("&filter=gone")).containsExactly(repo.id());
        ann.http()
                .delete(
                        "/api/repos/delete",
                        Json.createObjectBuilder()
                                .add("name", repo.name())
                                .add("organization", ann.name())
                                .add("type", "model")
                                .build())
                .expect(200);
        assertThat(models("&filter=gone")).isEmpty();
        assertThat(models("&search=" + repo.name())).isEmpty();
        TestRepo moved = model("tags: [gone]\n");
        JsonValue to = Json.createValue(ann.name() + "/elsewhere");
        ann.http()
                .post(
                        "/api/repos/move",
                        Json.createObjectBuilder()
                                .add("fromRepo", moved.id())
                                .add("toRepo", to)
                                .add("type", "model")
                                .build())
                .expect(200);
        assertThat(models("&search=elsewhere")).containsExactly(ann.name() + "/elsewhere");
        assertThat(models("&search=" + moved.name())).isEmpty();
    }
}
