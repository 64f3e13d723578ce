package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.RepoType;

class CardTagsTest {
    private static List<String> tags(RepoType type, String yaml) throws Exception {
        return CardTags.of(type, FrontMatter.read("---\n" + yaml + "---\n").orElseThrow());
    }

    @Test
    void flattens_a_models_card() throws Exception {
        assertThat(tags(RepoType.MODEL, """
                        license: mit
                        language: [en, de]
                        datasets: glue
                        tags: [tiny, tiny, {odd: one}]
                        library_name: transformers
                        pipeline_tag: fill-mask
                        base_model: acme/bert
                        base_model_relation: finetune
                        """))
                .containsExactly(
                        "transformers",
                        "tiny",
                        "dataset:glue",
                        "en",
                        "de",
                        "base_model:acme/bert",
                        "license:mit",
                        "fill-mask",
                        "base_model:finetune:acme/bert");
    }

    @Test
    void flattens_a_datasets_card_with_prefixes() throws Exception {
        assertThat(tags(RepoType.DATASET, """
                        language: en
                        size_categories: ["1K<n<10K"]
                        task_categories: [text-classification]
                        tags: [news]
                        """))
                .containsExactly(
                        "task_categories:text-classification", "language:en", "size_categories:1K<n<10K", "news");
    }

    @Test
    void a_tag_is_found_in_its_column_and_a_part_of_one_is_not() {
        String column = TagList.write(List.of("license:mit", "en"));
        assertThat(column).contains(TagList.needle("en"));
        assertThat(column).doesNotContain(TagList.needle("mit"), TagList.needle("e"));
        assertThat(TagList.read(column)).containsExactly("license:mit", "en");
    }

    @Test
    void a_tag_with_quotes_is_left_out_because_it_would_be_found_as_another() throws Exception {
        assertThat(tags(RepoType.MODEL, "tags: ['odd\"tag', fine]\n")).containsExactly("fine");
    }
}
