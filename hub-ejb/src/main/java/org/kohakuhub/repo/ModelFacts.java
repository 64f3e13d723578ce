package org.kohakuhub.repo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * The small JSON files of a model, and the answer's {@code config} that is made from them.
 *
 * @param config config.json
 * @param tokenizer tokenizer_config.json
 * @param pipeline diffusers' model_index.json
 * @param adapter peft's adapter_config.json
 * @param chatTemplate chat_template.jinja
 */
record ModelFacts(
        Optional<JsonObject> config,
        Optional<JsonObject> tokenizer,
        Optional<JsonObject> pipeline,
        Optional<JsonObject> adapter,
        Optional<String> chatTemplate) {
    private static final List<String> TOLD = List.of("architectures", "model_type", "auto_map", "quantization_config");
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "pad_token", "unk_token", "cls_token", "sep_token", "mask_token");

    /** Of what one field of config is told at most, in characters. */
    private static final int LONGEST = 64 * 1024;

    /** The part of the files that is told; empty where there is none of them. */
    Optional<JsonObject> told() {
        JsonObjectBuilder told = Json.createObjectBuilder();
        config.ifPresent(object -> TOLD.forEach(key -> add(told, key, object.get(key))));
        tokenizer
                .map(ModelFacts::tokens)
                .filter(tokens -> !tokens.isEmpty())
                .ifPresent(tokens -> told.add("tokenizer_config", tokens));
        chatTemplate.filter(text -> text.length() <= LONGEST).ifPresent(text -> told.add("chat_template_jinja", text));
        pipeline.ifPresent(object -> addObject(told, "diffusers", only(object, List.of("_class_name"))));
        adapter.ifPresent(
                object -> addObject(told, "peft", only(object, List.of("base_model_name_or_path", "task_type"))));
        JsonObject object = told.build();
        return config.isEmpty() && object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    /** The word that stands for a missing one, by tokenizer_config.json. */
    static Optional<String> maskToken(JsonObject tokenizer) {
        return token(tokenizer.get("mask_token"));
    }

    private static JsonObject tokens(JsonObject tokenizer) {
        JsonObjectBuilder told = Json.createObjectBuilder();
        TOKENS.forEach(key -> token(tokenizer.get(key)).ifPresent(text -> told.add(key, text)));
        add(told, "chat_template", tokenizer.get("chat_template"));
        return told.build();
    }

    /** A token is its text, or an object with the text as its content. */
    private static Optional<String> token(JsonValue value) {
        JsonValue text = value instanceof JsonObject object ? object.get("content") : value;
        return text instanceof JsonString string && string.getString().length() <= 1_000
                ? Optional.of(string.getString())
                : Optional.empty();
    }

    private static JsonObject only(JsonObject object, List<String> keys) {
        JsonObjectBuilder told = Json.createObjectBuilder();
        keys.forEach(key -> add(told, key, object.get(key)));
        return told.build();
    }

    private static void addObject(JsonObjectBuilder told, String key, JsonObject value) {
        if (!value.isEmpty()) {
            told.add(key, value);
        }
    }

    private static void add(JsonObjectBuilder told, String key, JsonValue value) {
        if (value != null
                && value.getValueType() != JsonValue.ValueType.NULL
                && value.toString().length() <= LONGEST) {
            told.add(key, value);
        }
    }
}
