package org.kohakuhub.webhook;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user's webhook.
 *
 * @param secret sent along, and the key of the signature
 */
public record Webhook(
        String id, URI url, List<Watched> watched, Set<Domain> domains, Optional<String> secret, boolean disabled) {
    /** What kind of happenings it is told. */
    public enum Domain {
        /** Commits, refs, settings, creation and removal. */
        REPO("repo"),
        /** Discussions, pull requests and comments. */
        DISCUSSIONS("discussions");

        private final String text;

        Domain(String text) {
            this.text = text;
        }

        /** The contract's word. */
        public String text() {
            return text;
        }
    }

    /**
     * Something that it watches.
     *
     * @param type {@code user}, {@code org} or the singular of a {@link org.kohakuhub.common.RepoType}
     * @param name the account's name, or the repository's with its namespace
     */
    public record Watched(String type, String name) {}
}
