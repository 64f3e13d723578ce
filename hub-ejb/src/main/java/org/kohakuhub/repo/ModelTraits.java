package org.kohakuhub.repo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model's own files say where its card is silent: {@code pipeline()} of transformers refuses a model without
 * {@code library_name} and {@code pipeline_tag}.
 */
final class ModelTraits {
    /**
     * The endings of transformers' class names ({@code BertForMaskedLM}), what loads them and the task they serve; the
     * first match wins.
     */
    private static final List<Head> HEADS = List.of(
            new Head("ForCausalLM", "AutoModelForCausalLM", "AutoTokenizer", "text-generation"),
            new Head("LMHeadModel", "AutoModelForCausalLM", "AutoTokenizer", "text-generation"),
            new Head("ForMaskedLM", "AutoModelForMaskedLM", "AutoTokenizer", "fill-mask"),
            new Head(
                    "ForSequenceClassification",
                    "AutoModelForSequenceClassification",
                    "AutoTokenizer",
                    "text-classification"),
            new Head(
                    "ForTokenClassification",
                    "AutoModelForTokenClassification",
                    "AutoTokenizer",
                    "token-classification"),
            new Head("ForQuestionAnswering", "AutoModelForQuestionAnswering", "AutoTokenizer", "question-answering"),
            new Head("ForMultipleChoice", "AutoModelForMultipleChoice", "AutoTokenizer", "multiple-choice"),
            new Head(
                    "ForImageClassification",
                    "AutoModelForImageClassification",
                    "AutoImageProcessor",
                    "image-classification"),
            new Head("ForObjectDetection", "AutoModelForObjectDetection", "AutoImageProcessor", "object-detection"),
            new Head(
                    "ForSemanticSegmentation",
                    "AutoModelForSemanticSegmentation",
                    "AutoImageProcessor",
                    "image-segmentation"),
            new Head(
                    "ForAudioClassification",
                    "AutoModelForAudioClassification",
                    "AutoFeatureExtractor",
                    "audio-classification"),
            new Head("ForCTC", "AutoModelForCTC", "AutoProcessor", "automatic-speech-recognition"),
            new Head("ForSpeechSeq2Seq", "AutoModelForSpeechSeq2Seq", "AutoProcessor", "automatic-speech-recognition"),
            new Head(
                    "WhisperForConditionalGeneration",
                    "AutoModelForSpeechSeq2Seq",
                    "AutoProcessor",
                    "automatic-speech-recognition"),
            new Head("T5ForConditionalGeneration", "AutoModelForSeq2SeqLM", "AutoTokenizer", "text2text-generation"),
            new Head("BartForConditionalGeneration", "AutoModelForSeq2SeqLM", "AutoTokenizer", "text2text-generation"),
            new Head(
                    "CLIPModel",
                    "AutoModelForZeroShotImageClassification",
                    "AutoProcessor",
                    "zero-shot-image-classification"));

    private ModelTraits() {}

    static Optional<String> library(boolean diffusersIndex, boolean adapterConfig, Optional<JsonObject> config) {
        if (diffusersIndex) {
            return Optional.of("diffusers");
        }
        if (adapterConfig) {
            return Optional.of("peft");
        }
        return config.filter(told -> !CardTags.texts(told.get("model_type")).isEmpty()
                        || !CardTags.texts(told.get("architectures")).isEmpty())
                .map(told -> "transformers");
    }

    static Optional<String> task(JsonObject config) {
        return head(config).map(Head::task);
    }

    /**
     * The answer's {@code transformersInfo}, in which the client takes these names and no others.
     *
     * @param config the whole config.json
     */
    static JsonObject transformersInfo(JsonObject config) {
        JsonObjectBuilder info = Json.createObjectBuilder();
        Optional<Head> head = head(config);
        Optional<Map.Entry<String, String>> own = ownClass(config);
        info.add(
                "auto_model",
                own.map(Map.Entry::getKey).or(() -> head.map(Head::auto)).orElse("AutoModel"));
        own.ifPresent(entry -> info.add("custom_class", entry.getValue()));
        head.ifPresent(known -> info.add("pipeline_tag", known.task()).add("processor", known.processor()));
        return info.build();
    }

    /** The class that the repository brings along, by the name of what loads it: auto_map's last model. */
    private static Optional<Map.Entry<String, String>> ownClass(JsonObject config) {
        if (!(config.get("auto_map") instanceof JsonObject map)) {
            return Optional.empty();
        }
        return map.keySet().stream()
                .filter(key -> key.startsWith("AutoModel") && key.length() <= 200)
                .reduce((first, last) -> last)
                .flatMap(key -> CardTags.texts(map.get(key)).stream()
                        .findFirst()
                        .filter(text -> text.length() <= 200)
                        .map(text -> Map.entry(key, text)));
    }

    private static Optional<Head> head(JsonObject config) {
        return CardTags.texts(config.get("architectures")).stream()
                .flatMap(architecture -> HEADS.stream().filter(head -> architecture.endsWith(head.ending())))
                .findFirst();
    }

    /** How a model was made from its base, where its card does not say. */
    static String relation(int bases, boolean adapterConfig, Set<String> formats) {
        if (adapterConfig) {
            return "adapter";
        }
        if (bases > 1) {
            return "merge";
        }
        return formats.contains("gguf") ? "quantized" : "finetune";
    }

    private record Head(String ending, String auto, String processor, String task) {}
}
