package org.kohakuhub.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * One happening that is told to one webhook.
 *
 * @param payload a JSON object, without what names the webhook
 * @param state {@code pending}, {@code done} or {@code failed}
 * @param attempts how often it was tried
 * @param outcome of the last attempt
 */
public record Delivery(
        String id, String payload, String state, int attempts, Instant createdAt, Optional<Outcome> outcome) {
    /**
     * What came of an attempt.
     *
     * @param status of the answer, if there was one
     * @param answer how it began
     * @param error why there was none
     */
    public record Outcome(Optional<Integer> status, Optional<String> answer, Optional<String> error, long tookMillis) {
        /** Whether the receiver has it. */
        public boolean isGood() {
            return status.map(code -> code >= 200 && code < 300).orElse(false);
        }
    }
}
