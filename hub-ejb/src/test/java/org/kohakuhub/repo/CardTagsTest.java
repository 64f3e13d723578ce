package org.kohakuhub.repo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kohakuhub.common.RepoType;

class CardTagsTest {
    private static List<String> tags(RepoType type, String yaml) throws Exception {
        return of(type, yaml).stream().map(Tag::text).toList();
    }

    private static List<Tag> of(RepoType type, String yaml) throws Exception {
        return CardTags.of(type, card(yaml));
    }

    private static JsonObject card(String yaml) throws Exception {
        return FrontMatter.read("---\n" + yaml + "---\n").orElseThrow();
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
                        """))
                .containsExactly(
                        "transformers",
                        "tiny",
                        "dataset:glue",
                        "en",
                        "de",
                        "base_model:acme/bert",
                        "license:mit",
                        "fill-mask");
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
    void what_a_model_was_made_from_is_told_or_guessed() throws Exception {
        assertThat(CardTags.bases(card("base_model: acme/bert\n"), "finetune"))
                .containsExactly(new Tag("base_model", "base_model:finetune:acme/bert"));
        assertThat(ModelTraits.relation(1, true, Set.of("gguf"))).isEqualTo("adapter");
        assertThat(ModelTraits.relation(2, false, Set.of())).isEqualTo("merge");
        assertThat(ModelTraits.relation(1, false, Set.of("gguf"))).isEqualTo("quantized");
        assertThat(ModelTraits.relation(1, false, Set.of("safetensors"))).isEqualTo("finetune");
    }

    @Test
    void other_spellings_find_the_same() throws Exception {
        String model = "language: en\nlicense: mit\npipeline_tag: fill-mask\n";
        assertThat(CardTags.aliases(RepoType.MODEL, of(RepoType.MODEL, model), card(model)))
                .containsExactly(Tag.alias("language:en"), Tag.alias("pipeline_tag:fill-mask"));
        String dataset = "language: en\ntask_categories: [translation]\nsize_categories: n<1K\n";
        assertThat(CardTags.aliases(RepoType.DATASET, of(RepoType.DATASET, dataset), card(dataset)))
                .containsExactly(Tag.alias("translation"), Tag.alias("en"));
        String space = "models: [acme/bert]\ndatasets: acme/rows\ntags: ['hub:linked']\n";
        assertThat(CardTags.aliases(RepoType.SPACE, of(RepoType.SPACE, space), card(space)))
                .containsExactly(Tag.alias(Tag.LINKED), Tag.alias("models:acme/bert"), Tag.alias("datasets:acme/rows"));
        assertThat(of(RepoType.SPACE, space)).isEmpty();
    }
}
