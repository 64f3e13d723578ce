package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** Small files that are large inside, and damaged ones: each is answered, and the hub goes on. */
class DatasetViewerLimitsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final HubUser ann = hub.newUser();
    private static final String id = ann.name() + "/large";

    private static HfClient client;

    @BeforeAll
    static void push(@TempDir Path home) {
        client = ann.datasets("5.2.0", home);
        client.run("""
                import io, random, sys
                import pyarrow as pa, pyarrow.parquet as pq
                from huggingface_hub import CommitOperationAdd, HfApi
                def parquet(columns):
                    out = io.BytesIO()
                    pq.write_table(pa.table(columns), out, compression="zstd")
                    return out.getvalue()
                files = {
                    "nulls": parquet({"s": pa.nulls(20_000_000, pa.string())}),
                    "cell": parquet({"s": ["x" * 100_000_000], "n": [1]}),
                    "nested": parquet({"s": [["y" * 1_000_000] * 50] * 20}),
                    "wide": parquet({f"c{i}": ["a"] for i in range(1001)}),
                    "pages": parquet({"s": ["z" * (60_000 + i) for i in range(200)]}),
                }
                good = parquet({"s": ["a" * i for i in range(500)], "l": [[i] * 3 for i in range(500)]})
                random.seed(11)
                for n in range(10):
                    damaged = bytearray(good)
                    for _ in range(20):
                        damaged[random.randrange(4, len(damaged) - 2_000)] = random.randrange(256)
                    files[f"damaged{n}"] = bytes(damaged)
                card = "---\\nconfigs:\\n"
                for name in files:
                    card += f"- config_name: {name}\\n  data_files: {name}/*\\n"
                files = {f"{name}/train.parquet": content for name, content in files.items()}
                files["README.md"] = (card + "---\\n").encode()
                api = HfApi()
                api.create_repo(sys.argv[1], repo_type="dataset")
                api.create_commit(sys.argv[1], [CommitOperationAdd(*file) for file in files.items()],
                                  commit_message="all", repo_type="dataset")
                """, id);
    }

    private static Answer ask(String what, String config) {
        return hub.anonymous().get("/api/datasets-server" + what + "dataset=" + id + "&split=train&config=" + config);
    }

    private static JsonObject first(Answer answer) {
        return answer.expect(200).json().getJsonArray("rows").getJsonObject(0);
    }

    @Test
    void many_rows_of_nothing_are_counted() {
        assertThat(ask("/rows?offset=19999990&", "nulls").expect(200).json().getInt("num_rows_total"))
                .isEqualTo(20_000_000);
        assertThat(ask("/search?query=x&", "nulls").expect(200).json().getInt("num_rows_total"))
                .isZero();
    }

    @Test
    void a_large_cell_is_cut() {
        JsonObject row = first(ask("/rows?", "cell"));

        assertThat(row.getJsonArray("truncated_cells").getString(0)).isEqualTo("s");
        assertThat(row.getJsonObject("row").getString("s")).startsWith("xxx").hasSizeLessThan(600_000);
        assertThat(row.getJsonObject("row").getInt("n")).isEqualTo(1);
    }

    @Test
    void an_answer_has_a_length() {
        Answer page = ask("/rows?", "pages");

        assertThat(page.expect(200).body()).hasSizeLessThan(9_000_000);
        assertThat(page.json().getJsonArray("rows")).hasSize(100);
    }

    @Test
    void what_is_too_large_is_refused_and_the_next_is_served() {
        assertThat(ask("/rows?", "nested").expect(422).errorMessage()).contains("memory");
        assertThat(ask("/rows?", "wide").expect(422).errorMessage()).contains("1001 columns");
        ask("/size?", "nested").expect(200);
        first(ask("/rows?length=1&", "pages"));
    }

    @Test
    void damage_is_told_and_the_next_is_served() {
        for (int n = 0; n < 10; n++) {
            Answer answer = ask("/search?query=a&", "damaged" + n);
            assertThat(answer.status()).as("%s", answer).isIn(200, 422);
        }
        first(ask("/rows?length=1&", "pages"));
    }

    /** Its own function, where its name for the viewer is made to lead to the hub. */
    @Test
    void the_datasets_library_finds_the_viewer(@TempDir Path home) {
        HfClient elsewhere = ann.datasets("5.2.0", home);
        assertThat(elsewhere.run("""
                import socket, sys
                from urllib.parse import urlsplit
                from datasets import config
                from datasets.utils import _dataset_viewer as viewer
                host = urlsplit(config.HF_ENDPOINT).hostname
                real = socket.getaddrinfo
                socket.getaddrinfo = lambda name, *rest, **more: real(
                    host if str(name).startswith("datasets-server.") else name, *rest, **more)
                files = viewer.get_exported_parquet_files(sys.argv[1], commit_hash=None, token=None)
                print(len([file for file in files if file["config"] == "wide"]), files[0]["url"])
                """, id)).contains("1 " + hub.base() + "/datasets/" + id + "/resolve/");
    }
}
