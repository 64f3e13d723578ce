package org.kohakuhub.repo;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's own files say where its card is silent: {@code pipeline()} of transformers refuses a model without
 * {@code library_name} and {@code pipeline_tag}.
 */
final class ModelTraits {
    /** Endings of transformers' class names ({@code BertForMaskedLM}) and the task they serve; the first match wins. */
    private static final Map<String, String> TASKS = new LinkedHashMap<>();

    static {
        TASKS.put("ForCausalLM", "text-generation");
        TASKS.put("LMHeadModel", "text-generation");
        TASKS.put("ForMaskedLM", "fill-mask");
        TASKS.put("ForSequenceClassification", "text-classification");
        TASKS.put("ForTokenClassification", "token-classification");
        TASKS.put("ForQuestionAnswering", "question-answering");
        TASKS.put("ForMultipleChoice", "multiple-choice");
        TASKS.put("ForImageClassification", "image-classification");
        TASKS.put("ForObjectDetection", "object-detection");
        TASKS.put("ForSemanticSegmentation", "image-segmentation");
        TASKS.put("ForAudioClassification", "audio-classification");
        TASKS.put("ForCTC", "automatic-speech-recognition");
        TASKS.put("ForSpeechSeq2Seq", "automatic-speech-recognition");
        TASKS.put("WhisperForConditionalGeneration", "automatic-speech-recognition");
        TASKS.put("T5ForConditionalGeneration", "text2text-generation");
        TASKS.put("BartForConditionalGeneration", "text2text-generation");
        TASKS.put("CLIPModel", "zero-shot-image-classification");
    }

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
        for (String architecture : CardTags.texts(config.get("architectures"))) {
            for (Map.Entry<String, String> ending : TASKS.entrySet()) {
                if (architecture.endsWith(ending.getKey())) {
                    return Optional.of(ending.getValue());
                }
            }
        }
        return Optional.empty();
    }
}
