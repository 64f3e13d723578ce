package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
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

/** The dataset viewer over what the datasets library pushes (docs/hf-api-contract.md, 17.2). */
class DatasetViewerIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String API = "/api/datasets-server";
    private static final HubUser ann = hub.newUser();
    private static final HubUser bob = hub.newUser();
    private static final TestRepo rows = new TestRepo(ann, "dataset", ann.name() + "/viewed");
    private static final TestRepo secret = new TestRepo(ann, "dataset", ann.name() + "/secret");

    /** 250 rows in three shards, ten in another split, and a configuration of its own with all kinds of types. */
    @BeforeAll
    static void push(@TempDir Path home) {
        ann.datasets("5.2.0", home).run("""
                import sys, datetime, decimal
                import pyarrow as pa
                from datasets import Dataset, DatasetDict
                def rows(start, count):
                    return Dataset.from_dict({
                        "number": list(range(start, start + count)),
                        "text": [f"row {n} äöü 😀" if n % 10 else None for n in range(start, start + count)],
                        "tags": [[f"t{n % 3}", "x"] for n in range(start, start + count)],
                    })
                d = DatasetDict({"train": rows(0, 250), "test": rows(250, 10)})
                d.push_to_hub(sys.argv[1], num_shards={"train": 3, "test": 1})
                utc = datetime.timezone.utc
                types = pa.table({
                    "i8": pa.array([1, None], pa.int8()),
                    "u64": pa.array([18446744073709551615, None], pa.uint64()),
                    "f": pa.array([1.5, float("nan")], pa.float64()),
                    "b": pa.array([True, None]),
                    "dec": pa.array([decimal.Decimal("12345678901234567.89"), None], pa.decimal128(20, 2)),
                    "ts": pa.array([datetime.datetime(2020, 1, 2, 3, 4, 5), None], pa.timestamp("us")),
                    "tz": pa.array([datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=utc), None], pa.timestamp("us", tz="UTC")),
                    "d": pa.array([datetime.date(2020, 1, 2), None]),
                    "bin": pa.array([b"ab", None], pa.binary()),
                    "st": pa.array([{"k": 1, "n": {"t": "q\\"\\\\"}}, None]),
                    "ll": pa.array([[[1, None], []], None], pa.list_(pa.list_(pa.int64()))),
                    'q"uo te': pa.array(["\\u0001", ""]),
                })
                Dataset(types).push_to_hub(sys.argv[1], config_name="types")
                rows(0, 5).push_to_hub(sys.argv[2], private=True)
                """, rows.id(), secret.id());
    }

    private static Answer ask(HubHttp who, String what, TestRepo dataset, String... query) {
        StringBuilder path = new StringBuilder(API + what + "?dataset=" + TestRepo.quote(dataset.id()));
        for (int i = 0; i < query.length; i += 2) {
            path.append('&').append(query[i]).append('=').append(TestRepo.quote(query[i + 1]));
        }
        return who.get(path.toString());
    }

    private static Answer train(String what, String... query) {
        String[] all = new String[query.length + 4];
        System.arraycopy(query, 0, all, 4, query.length);
        all[0] = "config";
        all[1] = "default";
        all[2] = "split";
        all[3] = "train";
        return ask(hub.anonymous(), what, rows, all);
    }

    private static List<Integer> places(Answer answer) {
        return answer.expect(200).json().getJsonArray("rows").stream()
                .map(row -> row.asJsonObject().getInt("row_idx"))
                .toList();
    }

    private static JsonObject cells(Answer answer, int row) {
        return answer.expect(200).json().getJsonArray("rows").getJsonObject(row).getJsonObject("row");
    }

    @Test
    void splits_are_those_that_were_pushed() {
        Answer answer = ask(hub.anonymous(), "/splits", rows);

        assertThat(answer.expect(200).json().getJsonArray("splits"))
                .extracting(split -> split.asJsonObject().getString("config")
                        + '/'
                        + split.asJsonObject().getString("split"))
                .containsExactlyInAnyOrder("default/train", "default/test", "types/train");
        assertThat(answer.header("X-Revision")).isEqualTo(rows.head());
        assertThat(answer.json().getJsonArray("pending")).isEmpty();
        assertThat(answer.json().getJsonArray("failed")).isEmpty();
        assertThat(ask(hub.anonymous(), "/splits", rows, "config", "types")
                        .json()
                        .getJsonArray("splits"))
                .hasSize(1);
    }

    @Test
    void rows_come_across_shards() {
        Answer answer = train("/rows", "offset", "80", "length", "100");

        assertThat(places(answer)).hasSize(100).startsWith(80, 81).endsWith(178, 179);
        assertThat(cells(answer, 3).toString())
                .isEqualTo("{\"number\":83,\"text\":\"row 83 äöü 😀\",\"tags\":[\"t2\",\"x\"]}");
        assertThat(cells(answer, 10).isNull("text")).isTrue();
        assertThat(answer.json().getInt("num_rows_total")).isEqualTo(250);
        assertThat(answer.json().getInt("num_rows_per_page")).isEqualTo(100);
        assertThat(answer.json().getBoolean("partial")).isFalse();
        assertThat(answer.json().getJsonArray("features").getJsonObject(0).toString())
                .isEqualTo(
                        "{\"feature_idx\":0,\"name\":\"number\",\"type\":{\"dtype\":\"int64\",\"_type\":\"Value\"}}");
        assertThat(places(train("/rows", "offset", "248"))).containsExactly(248, 249);
        Answer after = train("/rows", "offset", "1000");
        assertThat(places(after)).isEmpty();
        assertThat(after.json().getJsonArray("features")).hasSize(3);
        assertThat(places(train("/first-rows"))).hasSize(100);
        assertThat(train("/first-rows").json().getBoolean("truncated")).isTrue();
    }

    @Test
    void every_type_is_shown() {
        Answer answer = ask(hub.anonymous(), "/rows", rows, "config", "types", "split", "train");

        assertThat(cells(answer, 0).toString())
                .isEqualTo(
                        "{\"i8\":1,\"u64\":18446744073709551615,\"f\":1.5,\"b\":true,"
                                + "\"dec\":\"12345678901234567.89\",\"ts\":\"2020-01-02T03:04:05\","
                                + "\"tz\":\"2020-01-02T03:04:05Z\",\"d\":\"2020-01-02\",\"bin\":\"YWI=\","
                                + "\"st\":{\"k\":1,\"n\":{\"t\":\"q\\\"\\\\\"}},\"ll\":[[1,null],[]],\"q\\\"uo te\":\"\\u0001\"}");
        JsonObject nulls = cells(answer, 1);
        assertThat(nulls.keySet()).hasSize(12);
        assertThat(nulls.keySet().stream().filter(nulls::isNull)).hasSizeGreaterThanOrEqualTo(10);
        assertThat(nulls.getString("q\"uo te")).isEmpty();
    }

    @Test
    void a_filter_selects_and_orders() {
        Answer answer = train("/filter", "where", "\"number\" >= 100 AND number % 50 = 7", "orderby", "number DESC");

        assertThat(places(answer)).containsExactly(207, 157, 107);
        assertThat(answer.json().getInt("num_rows_total")).isEqualTo(3);
        assertThat(places(
                        train("/filter", "where", "text LIKE 'row 24%' AND list_contains(tags, 't1')", "length", "2")))
                .containsExactly(241, 244);
        assertThat(places(train("/filter", "where", "text IS NULL", "offset", "24")))
                .containsExactly(240);
        assertThat(places(train("/filter", "orderby", "\"number\" DESC", "length", "1")))
                .containsExactly(249);
        assertThat(places(train("/filter", "where", "text='row 1 äöü 😀'"))).containsExactly(1);
    }

    @Test
    void a_search_finds_texts() {
        Answer answer = train("/search", "query", "ROW 24");

        assertThat(places(answer)).contains(24, 241).doesNotContain(240).hasSize(10);
        assertThat(answer.json().getInt("num_rows_total")).isEqualTo(10);
        assertThat(places(train("/search", "query", "%"))).isEmpty();
        assertThat(places(train("/search", "query", "x' OR 1=1 --"))).isEmpty();
        assertThat(train("/search", "query", "t0").json().getInt("num_rows_total"))
                .isEqualTo(84);
    }

    @Test
    void sizes_and_files_are_told() {
        JsonObject size = ask(hub.anonymous(), "/size", rows).expect(200).json().getJsonObject("size");
        assertThat(size.getJsonObject("dataset").getInt("num_rows")).isEqualTo(262);
        assertThat(size.getJsonArray("splits")).hasSize(3);
        assertThat(size.getJsonArray("configs").getJsonObject(0).getInt("num_columns"))
                .isEqualTo(3);

        JsonObject valid = ask(hub.anonymous(), "/is-valid", rows).expect(200).json();
        assertThat(valid.getBoolean("viewer")).isTrue();
        JsonObject info = ask(hub.anonymous(), "/info", rows).expect(200).json();
        assertThat(info.getJsonObject("dataset_info")
                        .getJsonObject("default")
                        .getJsonObject("splits")
                        .getJsonObject("train")
                        .getInt("num_examples"))
                .isEqualTo(250);

        JsonArray files =
                ask(hub.anonymous(), "/parquet", rows).expect(200).json().getJsonArray("parquet_files");
        assertThat(files).hasSize(5);
        String url = files.getJsonObject(0).getString("url");
        assertThat(url).startsWith(hub.base() + rows.web() + "/resolve/" + rows.head() + '/');
        assertThat(hub.anonymous().head(url).expect(200).header("X-Linked-Size"))
                .isEqualTo(Integer.toString(files.getJsonObject(0).getInt("size")));
    }

    @Test
    void parquet_files_have_addresses_by_number() {
        String api = rows.api() + "/parquet";
        JsonObject all = hub.anonymous().get(api).expect(200).json();
        assertThat(all.getJsonObject("default").getJsonArray("train")).hasSize(3);
        assertThat(hub.anonymous().get(api + "/default").expect(200).json().getJsonArray("test"))
                .hasSize(1);
        assertThat(hub.anonymous().get(api + "/default/train").expect(200).list())
                .hasSize(3);

        URI file = hub.anonymous()
                .get(api + "/default/train/2.parquet")
                .expect(302)
                .location();
        assertThat(file.getPath()).contains("train-00002-of-00003");
        hub.anonymous().head(file.toString()).expect(200);
        hub.anonymous().get(api + "/default/train/3.parquet").expect(404);
        hub.anonymous().get(api + "/none").expect(404);
        hub.anonymous().get(api + "/default/train/../../x").expect(404);
    }

    @Test
    void the_viewer_has_a_host_of_its_own() {
        HubHttp there = hub.anonymous().with("Host", "datasets-server.hub.example");
        Answer answer = there.get("/parquet?dataset=" + rows.id()).expect(200);

        assertThat(answer.header("X-Revision")).isEqualTo(rows.head());
        assertThat(answer.json().getJsonArray("parquet_files").getJsonObject(0).getString("url"))
                .startsWith("http://hub.example/datasets/");
        there.get("/info?dataset=" + rows.id()).expect(200);
        there.get("/api/whoami-v2").expect(404);
    }

    @Test
    void a_private_dataset_is_missing_for_strangers() {
        for (String what : List.of("/splits", "/size", "/is-valid", "/parquet", "/info")) {
            ask(hub.anonymous(), what, secret).expectError(404, "RepoNotFound");
            ask(bob.http(), what, secret).expectError(404, "RepoNotFound");
            ask(ann.http(), what, secret).expect(200);
        }
        String[] query = {"config", "default", "split", "train", "query", "row", "where", "number=1"};
        for (String what : List.of("/rows", "/first-rows", "/search", "/filter")) {
            ask(hub.anonymous(), what, secret, query).expectError(404, "RepoNotFound");
            ask(bob.http(), what, secret, query).expectError(404, "RepoNotFound");
            ask(ann.readOnly(), what, secret, query).expect(200);
        }
        bob.http().get(secret.api() + "/parquet").expectError(404, "RepoNotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1) UNION SELECT (1",
                "1=1) -- ",
                "1=1; DROP VIEW data",
                "number IN (SELECT 1)",
                "EXISTS (SELECT * FROM data)",
                "(SELECT count(*) FROM read_csv('/etc/passwd')) > 0",
                "getenv('HOME') = 'x'",
                "read_text('/etc/passwd') = 'x'",
                "current_setting('temp_directory') = 'x'",
                "length(repeat('x', 1000000000)) > 1",
                "list_contains(range(1000000000), 5)",
                "number = ?",
                "row_number() OVER () > 1",
                "sum(number) > 1",
                "main.lower(text) = 'x'",
                "list_filter(tags, x -> x = 'a') IS NULL",
                "number = 1 ORDER BY 1",
                "/*",
                "'",
                "nope = 1",
                ""
            })
    void a_where_that_is_no_plain_expression_is_refused(String where) {
        Answer answer = train("/filter", "where", where);
        assertThat(answer.status()).as("%s", answer).isIn(400, 422);
        assertThat(answer.text()).doesNotContain("/tmp/", "kohakuhub-viewer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number LIMIT 1",
                "number; SELECT 1",
                "(SELECT 1)",
                "number UNION SELECT 1",
                "random()",
                "number) --",
                "number OFFSET 3",
                "row_number() OVER ()"
            })
    void an_order_that_is_no_plain_list_is_refused(String order) {
        assertThat(train("/filter", "orderby", order).status()).isEqualTo(400);
    }

    @Test
    void wrong_parameters_are_told() {
        hub.anonymous().get(API + "/splits").expect(422);
        hub.anonymous().get(API + "/splits?dataset=nobody/nothing").expectError(404, "RepoNotFound");
        hub.anonymous().get(API + "/splits?dataset=..%2F..%2Fetc").expectError(404, "RepoNotFound");
        ask(hub.anonymous(), "/rows", rows).expect(422);
        ask(hub.anonymous(), "/rows", rows, "config", "default", "split", "none")
                .expect(404);
        ask(hub.anonymous(), "/rows", rows, "config", "'; DROP", "split", "train")
                .expect(404);
        train("/rows", "length", "101").expect(422);
        train("/rows", "length", "-1").expect(422);
        train("/rows", "offset", "x").expect(422);
        train("/filter", "where", "x".repeat(2_001)).expect(400);
        train("/filter", "where", "(".repeat(900) + "1=1" + ")".repeat(900));
        TestRepo empty = ann.newRepo("dataset", false);
        ask(hub.anonymous(), "/splits", empty).expect(404);
    }

    @Test
    void csv_and_json_lines_are_read_and_damage_is_told() {
        TestRepo texts = ann.newRepo("dataset", false);
        texts.commitFile("train.csv", Bytes.utf8("a,b\n1,ä\n2,\"x,y\"\n"));
        assertThat(cells(ask(hub.anonymous(), "/rows", texts, "config", "default", "split", "train"), 1)
                        .toString())
                .isEqualTo("{\"a\":2,\"b\":\"x,y\"}");

        TestRepo lines = ann.newRepo("dataset", false);
        lines.commitFile("x/test.jsonl", Bytes.utf8("{\"a\":1}\n{\"a\":{\"b\":[2]}}\n"));
        assertThat(places(ask(hub.anonymous(), "/rows", lines, "config", "default", "split", "test")))
                .hasSize(2);

        TestRepo junk = ann.newRepo("dataset", false);
        junk.commitLfs("data/train-00000-of-00001.parquet", Bytes.utf8("PAR1 no parquet at all PAR1"));
        ask(hub.anonymous(), "/rows", junk, "config", "default", "split", "train")
                .expect(422);
        ask(hub.anonymous(), "/size", junk).expect(422);
    }
}
