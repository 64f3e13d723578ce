package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** The unmodified datasets library: what it pushes it loads again on another machine, at once and in a stream. */
class DatasetsIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String VERSION = "5.2.0";

    private static HfClient library(HubUser user, Path home, boolean xet) {
        HfClient client = user.datasets(VERSION, home);
        return xet ? client.withXet() : client;
    }

    /** Its shards are a few kilobytes, and yet large files: it removes each before the commit (contract, 9.2). */
    @ParameterizedTest(name = "by Xet: {0}")
    @ValueSource(booleans = {true, false})
    void a_pushed_dataset_is_loaded_and_streamed(boolean xet, @TempDir Path home, @TempDir Path elsewhere) {
        HubUser ann = hub.newUser();
        String id = ann.name() + "/rows";
        // rows that no other test has: shards that came by Xet before would be in Xet whoever sends them
        library(ann, home, xet).run("""
                import sys
                from datasets import Dataset, DatasetDict
                def rows(start, count):
                    return Dataset.from_dict({
                        "number": list(range(start, start + count)),
                        "text": [f"row {n} äöü {sys.argv[1]}" for n in range(start, start + count)],
                    })
                DatasetDict({"train": rows(0, 900), "test": rows(900, 100)}).push_to_hub(sys.argv[1], num_shards={"train": 3, "test": 1})
                rows(5000, 10).push_to_hub(sys.argv[1], config_name="more", split="train")
                """, id);

        TestRepo repo = new TestRepo(ann, "dataset", id);
        List<JsonObject> shards = ann.http().get(repo.api() + "/tree/main?recursive=true").expect(200).list().stream()
                .map(JsonValue::asJsonObject)
                .filter(entry -> entry.getString("path").endsWith(".parquet"))
                .toList();
        assertThat(shards).hasSize(5).allSatisfy(shard -> {
            assertThat(shard.getInt("size")).isLessThan(100_000);
            assertThat(shard.getJsonObject("lfs")).isNotNull();
            assertThat(shard.containsKey("xetHash")).isEqualTo(xet);
        });

        library(ann, elsewhere, xet).run("""
                import sys
                from datasets import load_dataset
                def check(rows, numbers):
                    assert [row["number"] for row in rows] == numbers
                    assert all(row["text"] == f"row {row['number']} äöü {sys.argv[1]}" for row in rows)
                train, test, more = list(range(900)), list(range(900, 1000)), list(range(5000, 5010))
                loaded = load_dataset(sys.argv[1])
                assert set(loaded) == {"train", "test"}
                check(loaded["train"], train)
                check(loaded["test"], test)
                check(load_dataset(sys.argv[1], "more", split="train"), more)
                check(list(load_dataset(sys.argv[1], split="train", streaming=True)), train)
                check(list(load_dataset(sys.argv[1], "more", split="train", streaming=True)), more)
                check(list(load_dataset(sys.argv[1], split="train", streaming=True).skip(450).take(3)), [450, 451, 452])
                """, id);
    }
}
