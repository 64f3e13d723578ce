package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** {@code /api/dataset-viewer}: single files of this hub, and no other address (docs/hub-own-api.md). */
class DataFileViewerIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String API = "/api/dataset-viewer";
    private static final HubUser ann = hub.newUser();
    private static final HubUser bob = hub.newUser();
    private static final TestRepo open = ann.newRepo("dataset", false);
    private static final TestRepo secret = ann.newRepo("dataset", true);

    @BeforeAll
    static void commit() {
        byte[] csv = Bytes.utf8("n,s\n1,ä\n2,b\n3,c\n");
        open.commitFile("a b.csv", csv);
        secret.commitFile("a.csv", csv);
    }

    private static String url(TestRepo repo, String path) {
        return hub.base() + repo.resolve("main", path);
    }

    private static Answer ask(HubHttp who, String what, String url, Object... fields) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("url", url);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i + 1] instanceof Integer number) {
                body.add((String) fields[i], number);
            } else {
                body.add((String) fields[i], (String) fields[i + 1]);
            }
        }
        return who.post(API + what, body.build());
    }

    private static Answer sql(String query) {
        return ask(hub.anonymous(), "/sql", url(open, "a b.csv"), "query", query);
    }

    @Test
    void a_file_is_previewed() {
        JsonObject page = ask(hub.anonymous(), "/preview", url(open, "a b.csv"), "max_rows", 2)
                .expect(200)
                .json();

        assertThat(page.getJsonArray("columns").toString())
                .isEqualTo("[{\"name\":\"n\",\"type\":\"BIGINT\"},{\"name\":\"s\",\"type\":\"VARCHAR\"}]");
        assertThat(page.getJsonArray("rows").toString()).isEqualTo("[[1,\"ä\"],[2,\"b\"]]");
        assertThat(page.getInt("total_rows")).isEqualTo(3);
        assertThat(page.getBoolean("truncated")).isTrue();
        assertThat(page.getString("format")).isEqualTo("csv");
        assertThat(page.getInt("file_size")).isEqualTo(17);
        assertThat(ask(hub.anonymous(), "/preview", open.resolve("main", "a b.csv"))
                        .status())
                .isEqualTo(200);
        hub.anonymous().get(API + "/health").expect(200);
        assertThat(hub.anonymous().get(API + "/rate-limit").expect(200).json().getInt("max_concurrent"))
                .isPositive();
    }

    @Test
    void a_select_is_answered() {
        assertThat(sql("SELECT sum(n) AS s FROM data;")
                        .expect(200)
                        .json()
                        .getJsonArray("rows")
                        .toString())
                .isEqualTo("[[6]]");
        assertThat(sql("WITH x AS (SELECT n FROM dataset WHERE n > 1) SELECT * FROM x ORDER BY n DESC")
                        .expect(200)
                        .json()
                        .getJsonArray("rows")
                        .toString())
                .isEqualTo("[[3],[2]]");
        assertThat(sql("SELECT * FROM range(5000)").expect(200).json().getBoolean("truncated"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP VIEW data",
                "INSERT INTO data VALUES (1, 'x')",
                "SELECT 1; SELECT 2",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/proc/self/environ')",
                "SELECT * FROM glob('/**')",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM parquet_metadata('http://127.0.0.1:1/x')",
                "SELECT current_setting('allowed_paths')",
                "SELECT * FROM query('SELECT 1')",
                "COPY data TO '/tmp/x'",
                "ATTACH '/tmp/x'",
                "INSTALL httpfs",
                "PRAGMA database_list",
                "SET threads=8",
                "SELECT * FROM data) UNION (SELECT 1",
                "nonsense"
            })
    void what_is_no_select_over_the_file_is_refused(String query) {
        Answer answer = sql(query);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("/tmp/kohaku", "allowed_paths=");
    }

    /** It is killed, and the next one gets its answer. */
    @Test
    void a_query_without_end_ends() {
        long start = System.nanoTime();
        Answer answer = sql("SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7");

        answer.expect(422);
        assertThat(answer.errorMessage()).contains("longer than");
        assertThat(System.nanoTime() - start).isLessThan(40_000_000_000L);
        sql("SELECT 1").expect(200);
        sql("SELECT list(repeat('x', 1000) || range) FROM range(10000000)").expect(422);
        sql("SELECT repeat('x', 300000000)").expect(422);
        sql("SELECT 1").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "https://huggingface.co/datasets/a/b/resolve/main/a.csv",
                "file:///etc/passwd",
                "//evil.example/datasets/a/b/resolve/main/a.csv",
                "http://localhost@evil.example/datasets/a/b/resolve/main/a.csv",
                "/api/whoami-v2",
                "ftp://x",
                "not an address"
            })
    void only_addresses_of_this_hub_are_taken(String url) {
        ask(ann.http(), "/preview", url).expect(400);
        ask(ann.http(), "/sql", url, "query", "SELECT 1").expect(400);
        ask(ann.http(), "/tar/list", url).expect(400);
    }

    @Test
    void rights_are_those_of_the_file() {
        for (String what : List.of("/preview", "/sql", "/tar/list", "/tar/extract")) {
            String url = url(secret, "a.csv");
            ask(hub.anonymous(), what, url, "query", "SELECT 1", "file_name", "x")
                    .expectError(404, "RepoNotFound");
            ask(bob.http(), what, url, "query", "SELECT 1", "file_name", "x").expectError(404, "RepoNotFound");
        }
        ask(ann.http(), "/preview", url(secret, "a.csv")).expect(200);
        ask(ann.http(), "/preview", url(open, "none.csv")).expectError(404, "EntryNotFound");
        ask(ann.http(), "/preview", url(open, ".gitattributes")).expect(422);
        ask(ann.http(), "/preview", hub.base() + open.web() + "/resolve/main/..%2F..%2Fetc")
                .status();
        ask(ann.http(), "/preview", url(open, "a b.csv"), "max_rows", 0).expect(400);
    }

    @Test
    void a_tar_archive_is_looked_into() {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        entry(tar, "dir/a.txt", '0', Bytes.utf8("hello"));
        String name = "long/".repeat(30) + "b.bin";
        entry(tar, "././@LongLink", 'L', Bytes.utf8(name + '\0'));
        entry(tar, "cut", '0', Bytes.random(1_000, 1));
        tar.writeBytes(new byte[1024]);
        open.commitLfs("x.tar", tar.toByteArray());

        JsonObject list = ask(hub.anonymous(), "/tar/list", url(open, "x.tar"))
                .expect(200)
                .json();
        assertThat(list.getJsonArray("files"))
                .extracting(file -> file.asJsonObject().getString("name"))
                .containsExactly("dir/a.txt", name);
        assertThat(ask(hub.anonymous(), "/tar/extract", url(open, "x.tar"), "file_name", name)
                        .expect(200)
                        .body())
                .isEqualTo(Bytes.random(1_000, 1));
        ask(hub.anonymous(), "/tar/extract", url(open, "x.tar"), "file_name", "../x")
                .expect(404);
        ask(hub.anonymous(), "/tar/list", url(open, "a b.csv")).expect(200); // shorter than a header
        open.commitFile("y.tar", Arrays.copyOf(Bytes.random(2_000, 2), 2_000));
        ask(hub.anonymous(), "/tar/list", url(open, "y.tar")).expect(422);
    }

    private static void entry(ByteArrayOutputStream tar, String name, char type, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, String.format("%011o", content.length));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 148, "        ");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        tar.writeBytes(header);
        tar.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = Bytes.utf8(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
