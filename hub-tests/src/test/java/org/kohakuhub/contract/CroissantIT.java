package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.Shell;
import org.kohakuhub.it.TestRepo;

/**
 * Datasets in Croissant, as the unmodified mlcroissant reads them. It clones from no other hosts than those it knows, so
 * that it has to be told where a copy of the repository is when a configuration has several files.
 */
class CroissantIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final HubUser ann = hub.newUser();
    private static final TestRepo rows = new TestRepo(ann, "dataset", ann.name() + "/rows");
    private static final TestRepo secret = new TestRepo(ann, "dataset", ann.name() + "/secret");

    /** Opens documents, and fails if the reader finds an error, or something to warn of that a card could say. */
    private static final String READER = """
            import os, sys
            import mlcroissant
            def url(dataset):
                return f"{os.environ['HF_ENDPOINT']}/api/datasets/{dataset}/croissant"
            def opened(dataset, **more):
                found = mlcroissant.Dataset(jsonld=url(dataset), **more)
                issues = found.metadata.ctx.issues
                assert not issues.errors, issues.report()
                told = {"citeAs", "license", "version"}
                assert all(any(f'/{word}"' in each for word in told) for each in issues.warnings), issues.report()
                return found
            def read(dataset, records, filters=None, **more):
                found = list(opened(dataset, **more).records(records, filters=filters))
                return [{key.removeprefix(records + "/"): value for key, value in row.items()} for row in found]
            def expect(found, wanted):
                assert found == wanted, found
            """;

    @BeforeAll
    static void push(@TempDir Path home) {
        ann.datasets("5.2.0", home).run("""
                import datetime, decimal, io, sys
                import PIL.Image
                import pyarrow as pa
                from datasets import ClassLabel, Dataset, DatasetDict, Features, Image, List, Value
                rows = {
                    "number": lambda n: n,
                    "label": lambda n: n % 2,
                    "text": lambda n: f"row {n} äöü" if n % 10 else None,
                    "tags": lambda n: ["x"] * (n % 3),
                    "grid": lambda n: [[n, 1], [2]],
                    "inner": lambda n: {"a": n, "b c": "q'"},
                    "many": lambda n: [{"k": n}] * 2,
                    "split": lambda n: -n,
                    "a b:c#d/é?": lambda n: n,
                    "a b:c#d/é!": lambda n: n + 1,
                }
                types = {
                    "number": Value("int64"),
                    "label": ClassLabel(names=["bad", "good"]),
                    "text": Value("string"),
                    "tags": List(Value("string")),
                    "grid": List(List(Value("int32"))),
                    "inner": {"a": Value("int64"), "b c": Value("string")},
                    "many": List({"k": Value("int64")}),
                    "split": Value("int32"),
                    "a b:c#d/é?": Value("int64"),
                    "a b:c#d/é!": Value("int64"),
                }
                def some(numbers):
                    columns = {name: [value(n) for n in numbers] for name, value in rows.items()}
                    return Dataset.from_dict(columns, features=Features(types))
                both = DatasetDict({"train": some(range(9)), "test": some(range(9, 13))})
                both.push_to_hub(sys.argv[1], num_shards={"train": 2, "test": 1})
                Dataset(pa.table({
                    "u64": pa.array([2 ** 60, None], pa.uint64()),
                    "f": pa.array([1.5, float("nan")]),
                    "b": pa.array([True, None]),
                    "dec": pa.array([decimal.Decimal("1.25"), None], pa.decimal128(20, 2)),
                    "tz": pa.array([datetime.datetime(2020, 1, 2, 3, 4, 5), None], pa.timestamp("us", tz="UTC")),
                    "d": pa.array([datetime.date(2020, 1, 2), None]),
                    "t": pa.array([datetime.time(1, 2, 3), None], pa.time64("us")),
                    "bin": pa.array([b"ab", None], pa.binary()),
                    "st": pa.array([{"k": 1}, None]),
                    'q"uo te': pa.array(["\\u0001", ""]),
                })).push_to_hub(sys.argv[1], config_name="my types")
                def picture(colour):
                    png = io.BytesIO()
                    PIL.Image.new("RGB", (4, 3), colour).save(png, "PNG")
                    return {"bytes": png.getvalue(), "path": "x.png"}
                red, blue = picture((255, 0, 0)), picture((0, 0, 255))
                Dataset.from_dict(
                    {"picture": [red, blue], "pictures": [[blue, red], []]},
                    features=Features({"picture": Image(), "pictures": List(Image())}),
                ).push_to_hub(sys.argv[1], config_name="repo")
                some(range(3)).push_to_hub(sys.argv[2], private=True)
                """, rows.id(), secret.id());
    }

    private static TestRepo dataset(String... pathsAndTexts) {
        TestRepo repo = ann.newRepo("dataset", false);
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            repo.commitFile(pathsAndTexts[i], Bytes.utf8(pathsAndTexts[i + 1]));
        }
        return repo;
    }

    @Test
    void a_single_file_is_read_from_the_hub(@TempDir Path home) {
        TestRepo csv = dataset("README.md", "---\nlicense: mit\n---\nTexts.\n", "train.csv", "a,b c\n1,x\n2,\n");
        TestRepo tsv = dataset("train.tsv", "a\tb\n1\tx\n");
        TestRepo lines = dataset("test.jsonl", "{\"a\":1,\"s\":{\"b\":[2]}}\n{\"a\":2,\"s\":{\"b\":[]}}\n");
        TestRepo list = dataset("some.json", " [{\"a\":1,\"s\":{\"b\":[2]}},\n{\"a\":2,\"s\":{\"b\":[]}}]");

        ann.datasets("5.2.0", home).run(READER + """
                import datetime
                csv, tsv, lines, list_of_rows, rows = sys.argv[1:]
                about = opened(csv).metadata
                expect([about.name, about.license, about.description], [csv.split("/")[1], ["mit"], "Texts."])
                expect(read(csv, "default"), [
                    {"split": b"train", "a": 1, "b_c": b"x"}, {"split": b"train", "a": 2, "b_c": None}])
                expect(read(tsv, "default"), [{"split": b"train", "a": 1, "b": b"x"}])
                def nested(split):
                    return [{"split": split, "a": 1, "s": {"default/s/b": [2]}},
                            {"split": split, "a": 2, "s": {"default/s/b": []}}]
                expect(read(lines, "default"), nested(b"test"))
                expect(read(list_of_rows, "default"), nested(b"train"))
                first, second = read(rows, "my_types")
                expect([first.pop("tz").isoformat(), first.pop("d").isoformat()],
                       ["2020-01-02T03:04:05+00:00", "2020-01-02T00:00:00"])
                expect(first, {"split": b"train", "u64": 2 ** 60, "f": 1.5, "b": True, "dec": 1.25,
                               "t": datetime.time(1, 2, 3), "bin": b"ab", "st": {"my_types/st/k": 1}, "q_uo_te": b"\\1"})
                expect([second["u64"], second["t"], second["st"], second["q_uo_te"]],
                       [None, None, {"my_types/st/k": None}, b""])
                pictures, = {each.id for each in opened(rows).metadata.record_sets} - {
                    "default", "default_splits", "my_types"}
                red, blue = read(rows, pictures)
                expect([red["picture"].getpixel((0, 0)), [each.getpixel((0, 0)) for each in red["pictures"]]],
                       [(255, 0, 0), [(0, 0, 255), (255, 0, 0)]])
                expect(blue["pictures"], [])
                """, csv.id(), tsv.id(), lines.id(), list.id(), rows.id());
    }

    @Test
    void several_files_are_read_from_a_copy_of_the_repository(@TempDir Path home) {
        TestRepo csv = dataset("train.csv", "a\n1\n2\n", "test.csv", "a\n3\n");
        TestRepo lines = dataset("x [1]/train/1.jsonl", "{\"a\":1}\n", "x [1]/test/1.jsonl", "{\"a\":3}\n");

        ann.datasets("5.2.0", home).run(READER + """
                from huggingface_hub import snapshot_download
                def copied(dataset, filters=None):
                    folder = snapshot_download(dataset, repo_type="dataset")
                    return read(dataset, "default", filters, mapping={"repo": folder})
                csv, lines, rows = sys.argv[1:]
                train = {"default/split": "train"}
                for dataset in [csv, lines]:
                    expect({(row["split"], row["a"]) for row in copied(dataset)} - {(b"train", 2)},
                           {(b"train", 1), (b"test", 3)})
                    assert all(row["split"] == b"train" for row in copied(dataset, train))
                expect(len(copied(csv, train)), 2)
                expect(len(copied(rows, train)), 9)
                found = sorted(copied(rows), key=lambda row: row["number"])
                expect([row["split"] for row in found], [b"train"] * 9 + [b"test"] * 4)
                row = found[11]
                row["grid"] = [list(each) for each in row["grid"]]
                expect(row, {
                    "split": b"test", "number": 11, "label": 1, "text": "row 11 äöü".encode(), "tags": [b"x", b"x"],
                    "grid": [[11, 1], [2]], "inner": {"default/inner/a": 11, "default/inner/b_c": b"q'"},
                    "many": [{"default/many/k": 11}] * 2, "split_2": -11, "a_b_c_d_é_": 11, "a_b_c_d_é__2": 12})
                expect(found[10]["text"], None)
                expect([row["default_splits/split_name"] for row in opened(rows).records("default_splits")],
                       ["train", "test"])
                """, csv.id(), lines.id(), rows.id());
    }

    @Test
    void private_files_are_read_by_whom_the_hub_knows(@TempDir Path home) {
        ann.datasets("5.2.0", home).run(READER + """
                import requests
                dataset, name = sys.argv[1:]
                token = os.environ["HF_TOKEN"]
                document = requests.get(url(dataset), headers={"authorization": f"Bearer {token}"}).json()
                def numbers():
                    return [row["default/number"] for row in mlcroissant.Dataset(jsonld=document).records("default")]
                try:
                    numbers()
                    raise AssertionError("read by a stranger")
                except mlcroissant.GenerationError as failed:
                    expect(failed.__cause__.response.status_code, 404)
                os.environ.update(CROISSANT_BASIC_AUTH_USERNAME=name, CROISSANT_BASIC_AUTH_PASSWORD=token)
                expect(numbers(), [0, 1, 2])
                """, secret.id(), ann.name());
    }

    @Test
    void files_have_true_names(@TempDir Path home) {
        TestRepo several = dataset("train.csv", "a\n1\n", "test.csv", "a\n3\n");
        TestRepo one = dataset("train.jsonl", "{\"a\":1}\n");

        assertThat(ids(several)).containsExactly("repo", "csv-files-for-config-default");
        assertThat(ids(one)).containsExactly("repo", "json-file-for-config-default");
        assertThat(ids(rows))
                .containsExactly(
                        "repo",
                        "parquet-files-for-config-default",
                        "parquet-file-for-config-my_types",
                        "parquet-file-for-config-repo");
        JsonObject repository = distribution(several).get(0);
        assertThat(Shell.in(home).run("git", "ls-remote", repository.getString("contentUrl"), "HEAD"))
                .startsWith(several.head());
        JsonObject file = distribution(one).get(1);
        assertThat(file.getString("sha256")).isEqualTo(Bytes.sha256(Bytes.utf8("{\"a\":1}\n")));
        assertThat(file.getString("contentUrl")).isEqualTo(hub.base() + one.resolve(one.head(), "train.jsonl"));
    }

    private static List<JsonObject> distribution(TestRepo dataset) {
        return hub.anonymous()
                .get(dataset.api() + "/croissant")
                .expect(200)
                .json()
                .getJsonArray("distribution")
                .getValuesAs(JsonObject.class);
    }

    private static List<String> ids(TestRepo dataset) {
        return distribution(dataset).stream().map(each -> each.getString("@id")).toList();
    }
}
