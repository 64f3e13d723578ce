package org.kohakuhub.web.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.version.TreeEntry;
import org.kohakuhub.viewer.Split;

class CroissantSplitsTest {
    private static Split split(String name, String... paths) {
        List<TreeEntry> files = Stream.of(paths)
                .map(path -> new TreeEntry(path, false, new GitOid("0".repeat(40)), 1, Optional.empty()))
                .toList();
        return new Split("default", name, files, Optional.of(Format.CSV), "");
    }

    @Test
    void the_narrowest_expression_is_taken() {
        assertThat(CroissantSplits.regex(List.of(split("train", "data/train-0.csv", "data/train-1.csv"))))
                .contains("data/(train)-.+$");
        assertThat(CroissantSplits.regex(List.of(split("train", "train.csv"), split("test", "test.csv"))))
                .contains("(train|test)\\..+$");
        assertThat(CroissantSplits.regex(List.of(split("train", "v1.0/train/a.csv"), split("test", "v1.0/test/a.csv"))))
                .contains("v1\\.0/(train|test)/.+$");
        assertThat(CroissantSplits.regex(List.of(split("a", "x/a.csv"), split("ab", "y/ab.csv"))))
                .contains("(?:.*/)?(ab|a)\\..+$");
    }

    @Test
    void a_folder_may_be_the_split() {
        assertThat(CroissantSplits.regex(List.of(split("train", "x/train/a.csv", "x/train/b.csv"))))
                .contains("x/(train)/.+$");
        assertThat(CroissantSplits.regex(List.of(split("train", "x(1)/train/a.csv", "x(1)/train/b.csv"))))
                .contains("(?:.*/)?(train)/.+$");
    }

    @Test
    void there_is_none_where_a_path_does_not_tell() {
        assertThat(CroissantSplits.regex(List.of(split("train", "train.csv"), split("validation", "dev.csv"))))
                .isEmpty();
        assertThat(CroissantSplits.regex(List.of(split("train", "all.csv")))).isEmpty();
    }
}
