package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Statistics and Croissant metadata of what the datasets library pushes. */
class DatasetStatisticsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final HubUser ann = hub.newUser();
    private static final HubUser bob = hub.newUser();
    private static final TestRepo rows = new TestRepo(ann, "dataset", ann.name() + "/counted");
    private static final TestRepo secret = new TestRepo(ann, "dataset", ann.name() + "/secret");

    @BeforeAll
    static void push(@TempDir Path home) {
        ann.datasets("5.2.0", home).run("""
                import sys
                from datasets import ClassLabel, Dataset, DatasetDict, Features, List, Value
                features = Features({
                    "number": Value("int64"),
                    "score": Value("float32"),
                    "label": ClassLabel(names=["bad", "good"]),
                    "text": Value("string"),
                    "tags": List(Value("string")),
                    "inner": {"a": Value("bool")},
                })
                def rows(count):
                    return Dataset.from_dict({
                        "number": list(range(count)),
                        "score": [n / 2 for n in range(count)],
                        "label": [n % 2 for n in range(count)],
                        "text": [f"row {n}" for n in range(count)],
                        "tags": [["x"] * (n % 3) for n in range(count)],
                        "inner": [{"a": True}] * count,
                    }, features=features)
                DatasetDict({"train": rows(100), "test": rows(10)}).push_to_hub(sys.argv[1], num_shards={"train": 2, "test": 1})
                rows(5).push_to_hub(sys.argv[2], private=True)
                """, rows.id(), secret.id());
    }

    private static Answer statistics(HubHttp who, TestRepo dataset, String split) {
        return who.get("/api/datasets-server/statistics?dataset=" + TestRepo.quote(dataset.id())
                + "&config=default&split=" + split);
    }

    private static JsonObject column(JsonObject found, String name) {
        return found.getJsonArray("statistics").stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("column_name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void columns_are_counted() {
        Answer answer = statistics(hub.anonymous(), rows, "train");
        JsonObject found = answer.expect(200).json();

        assertThat(answer.header("X-Revision")).isEqualTo(rows.head());
        assertThat(found.getInt("num_examples")).isEqualTo(100);
        assertThat(found.getBoolean("partial")).isFalse();
        assertThat(found.getJsonArray("statistics"))
                .extracting(each -> each.asJsonObject().getString("column_name")
                        + ' '
                        + each.asJsonObject().getString("column_type"))
                .containsExactly("label class_label", "number int", "score float", "tags list", "text string_text");
        JsonObject number = column(found, "number").getJsonObject("column_statistics");
        assertThat(number.getJsonObject("histogram").toString())
                .isEqualTo("{\"hist\":[10,10,10,10,10,10,10,10,10,10],"
                        + "\"bin_edges\":[0,10,20,30,40,50,60,70,80,90,99]}");
        assertThat(number.getJsonNumber("mean").doubleValue()).isEqualTo(49.5);
        assertThat(number.getJsonNumber("median").doubleValue()).isEqualTo(49.5);
        assertThat(number.getJsonNumber("std").doubleValue()).isEqualTo(29.01149);
        assertThat(column(found, "label")
                        .getJsonObject("column_statistics")
                        .getJsonObject("frequencies")
                        .toString())
                .isEqualTo("{\"bad\":50,\"good\":50}");
        assertThat(column(found, "tags").getJsonObject("column_statistics").getInt("max"))
                .isEqualTo(2);
        assertThat(hub.anonymous()
                        .get("/api/datasets-server/is-valid?dataset=" + rows.id())
                        .expect(200)
                        .json()
                        .getBoolean("statistics"))
                .isTrue();
    }

    @Test
    void a_dataset_is_described_in_croissant() {
        JsonObject found =
                hub.anonymous().get(rows.api() + "/croissant").expect(200).json();

        assertThat(found.getString("@type")).isEqualTo("sc:Dataset");
        assertThat(found.getString("conformsTo")).isEqualTo("http://mlcommons.org/croissant/1.1");
        assertThat(found.getJsonObject("@context").getString("cr")).isEqualTo("http://mlcommons.org/croissant/");
        assertThat(found.getString("name")).isEqualTo("counted");
        assertThat(found.getString("url")).isEqualTo(hub.base() + rows.web());
        assertThat(found.getJsonArray("distribution").getJsonObject(0).getString("contentUrl"))
                .isEqualTo(hub.base() + rows.web());
        JsonObject files = found.getJsonArray("distribution").getJsonObject(1);
        assertThat(files.getString("encodingFormat")).isEqualTo("application/x-parquet");
        assertThat(files.getJsonArray("includes")).hasSize(3);
        JsonObject splits = found.getJsonArray("recordSet").getJsonObject(0);
        assertThat(splits.getString("@id")).isEqualTo("default_splits");
        assertThat(splits.getJsonArray("data")).hasSize(2);
        JsonObject records = found.getJsonArray("recordSet").getJsonObject(1);
        assertThat(records.getString("@id")).isEqualTo("default");
        assertThat(records.getJsonArray("field"))
                .extracting(field -> field.asJsonObject().getString("@id")
                        + ' '
                        + field.asJsonObject().getString("dataType", "-"))
                .containsExactly(
                        "default/split sc:Text",
                        "default/number sc:Integer",
                        "default/score sc:Float",
                        "default/label sc:Integer",
                        "default/text sc:Text",
                        "default/tags sc:Text",
                        "default/inner -");
        assertThat(records.getJsonArray("field").getJsonObject(5).getBoolean("isArray"))
                .isTrue();
        assertThat(records.getJsonArray("field")
                        .getJsonObject(6)
                        .getJsonArray("subField")
                        .getJsonObject(0)
                        .getJsonObject("source")
                        .getJsonObject("transform")
                        .getString("jsonPath"))
                .isEqualTo("a");
    }

    @Test
    void files_without_features_are_looked_into() {
        TestRepo texts = ann.newRepo("dataset", false);
        texts.commitFile("README.md", Bytes.utf8("---\nlicense: mit\ntags: [tiny]\n---\n# T\n\nSome texts.\n"));
        texts.commitFile("train.csv", Bytes.utf8("a,b\n1,x\n2,\n3,x\n"));

        JsonObject label =
                column(statistics(hub.anonymous(), texts, "train").expect(200).json(), "b");
        assertThat(label.getString("column_type")).isEqualTo("string_label");
        assertThat(label.getJsonObject("column_statistics").getInt("nan_count")).isEqualTo(1);
        JsonObject found =
                hub.anonymous().get(texts.api() + "/croissant").expect(200).json();
        assertThat(found.getString("license")).isEqualTo("mit");
        assertThat(found.getString("description")).contains("Some texts");
        assertThat(found.getJsonArray("keywords").toString()).contains("tiny");
        assertThat(found.getJsonArray("recordSet").getJsonObject(0).getJsonArray("field"))
                .extracting(field -> field.asJsonObject().getString("dataType"))
                .containsExactly("sc:Text", "sc:Integer", "sc:Text");

        TestRepo junk = ann.newRepo("dataset", false);
        junk.commitLfs("data/train-00000-of-00001.parquet", Bytes.utf8("PAR1 no parquet at all PAR1"));
        statistics(hub.anonymous(), junk, "train").expect(422);
        hub.anonymous().get(junk.api() + "/croissant").expect(200);
        hub.anonymous().get(ann.newRepo("dataset", false).api() + "/croissant").expect(404);
    }

    @Test
    void what_may_not_be_read_is_not_counted_either() {
        for (HubHttp who : List.of(hub.anonymous(), bob.http())) {
            statistics(who, secret, "train").expectError(404, "RepoNotFound");
            who.get(secret.api() + "/croissant").expectError(404, "RepoNotFound");
        }
        statistics(ann.readOnly(), secret, "train").expect(200);
        ann.readOnly().get(secret.api() + "/croissant").expect(200);
        statistics(hub.anonymous(), rows, "none").expect(404);
        hub.anonymous()
                .get("/api/datasets-server/statistics?dataset=" + rows.id())
                .expect(422);

        TestRepo gated = ann.newRepo("dataset", false);
        gated.commitFile("train.csv", Bytes.utf8("a\n1\n"));
        ann.http()
                .put(
                        gated.api() + "/settings",
                        Json.createObjectBuilder().add("gated", "manual").build())
                .expect(200);
        statistics(hub.anonymous(), gated, "train").expectError(401, "GatedRepo");
        statistics(bob.http(), gated, "train").expectError(403, "GatedRepo");
        bob.http().get(gated.api() + "/croissant").expectError(403, "GatedRepo");
        ann.http().get(gated.api() + "/croissant").expect(200);
    }
}
