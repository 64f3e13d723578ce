package org.kohakuhub.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.repo.FrontMatter;
import org.kohakuhub.version.TreeEntry;

class DatasetLayoutTest {
    private static List<String> layout(String yaml, String... paths) throws FrontMatter.Malformed {
        return splits(yaml, paths).stream()
                .map(split -> split.config()
                        + '/'
                        + split.name()
                        + '='
                        + String.join(
                                ",", split.files().stream().map(TreeEntry::path).toList()))
                .toList();
    }

    private static List<Split> splits(String yaml, String... paths) throws FrontMatter.Malformed {
        List<TreeEntry> files = Stream.of(paths)
                .map(path -> new TreeEntry(path, false, new GitOid("0".repeat(40)), 1, Optional.empty()))
                .toList();
        return DatasetLayout.of(files, FrontMatter.read("---\n" + yaml + "\n---\n"));
    }

    @Test
    void shards_name_their_split() throws Exception {
        assertThat(layout(
                        "",
                        "README.md",
                        "data/zoo-00000-of-00001.parquet",
                        "data/test-00000-of-00001.parquet",
                        "data/train-00001-of-00002.parquet",
                        "data/train-00000-of-00002.parquet"))
                .containsExactly(
                        "default/train=data/train-00000-of-00002.parquet,data/train-00001-of-00002.parquet",
                        "default/test=data/test-00000-of-00001.parquet",
                        "default/zoo=data/zoo-00000-of-00001.parquet");
    }

    @Test
    void the_card_says_more_than_names_do() throws Exception {
        String yaml = """
                configs:
                - config_name: one
                  data_files:
                  - split: train
                    path: one/train-*
                  - split: extra
                    path: [one/a.csv, "./one/b*"]
                - config_name: two
                  data_files: two/*.csv
                - config_name: three
                  data_dir: three
                - config_name: bad
                  data_files: [{split: "a/b", path: "**"}]
                - 7
                """;
        assertThat(layout(
                        yaml,
                        "one/train-0.csv",
                        "one/a.csv",
                        "one/bb.csv",
                        "two/x.csv",
                        "three/test.csv",
                        "three/sub/dev.csv"))
                .contains(
                        "one/train=one/train-0.csv",
                        "one/extra=one/a.csv,one/bb.csv",
                        "two/train=two/x.csv",
                        "three/validation=three/sub/dev.csv",
                        "three/test=three/test.csv");
    }

    @Test
    void folders_come_before_file_names_and_both_before_all() throws Exception {
        assertThat(layout("", "train/a.csv", "x/eval/b.csv", "c_test.csv"))
                .containsExactly("default/train=train/a.csv", "default/test=x/eval/b.csv");
        assertThat(layout("", "my-train.csv", "dev.csv", "other.csv"))
                .containsExactly("default/train=my-train.csv", "default/validation=dev.csv");
        assertThat(layout("", "a.csv", "b/c.csv", ".gitattributes")).containsExactly("default/train=a.csv,b/c.csv");
    }

    @Test
    void most_files_decide_the_format() throws Exception {
        assertThat(splits("", "a.jsonl", "b.jsonl.gz", "c.csv")).singleElement().satisfies(split -> {
            assertThat(split.format()).contains(Format.JSON);
            assertThat(split.files()).hasSize(2);
        });
        assertThat(splits("", "a.png"))
                .singleElement()
                .satisfies(split -> assertThat(split.format()).isEmpty());
        assertThat(splits("", "README.md", ".gitattributes")).isEmpty();
    }
}
