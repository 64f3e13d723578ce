package org.kohakuhub.viewer;

import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.Sha256;

/**
 * What is in a configuration's files, judged by the first of them.
 *
 * @param columns in the datasets library's words: what the file says of itself, else what the engine makes out; none if it
 *     cannot be read
 * @param jsonList whether it is one JSON list of rows, and not a row in each line
 * @param onlyFile the digest of the configuration's file, if it has but one
 */
public record ConfigContent(Map<String, JsonValue> columns, boolean jsonList, Optional<Sha256> onlyFile) {
    /** Of a configuration that was not looked into. */
    public static final ConfigContent UNKNOWN = new ConfigContent(Map.of(), false, Optional.empty());
}
