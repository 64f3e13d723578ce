package org.kohakuhub.repo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.kohakuhub.access.Role;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.common.Text;

/**
 * Who may do what with some of a repository's branches or tags. It only takes away: whoever may not write to the repository
 * gains nothing by it.
 */
public record RefRule(String id, Terms terms, Instant createdAt) {
    /**
     * What a rule says.
     *
     * @param pattern of names without {@code refs/heads/}: {@code *} and {@code ?} stand for what has no slash in it,
     *     {@code **} for anything
     * @param push who may make such refs and add to them
     * @param force who may move them to where commits are lost; of tags, who may move them at all
     * @param delete who may remove them
     */
    public record Terms(Kind kind, String pattern, Who push, Who force, Who delete) {
        private static final int LONGEST = 200;

        /**
         * Checks the pattern.
         *
         * @throws HubException INVALID if no name can match it
         */
        public Terms {
            boolean possible = pattern.length() <= LONGEST && RefNames.isValid(pattern.replaceAll("\\*+|\\?", "x"));
            if (!possible) {
                throw new HubException(
                        ErrorKind.INVALID, "No branch or tag can match the pattern " + Text.shown(pattern));
            }
        }

        Who who(Deed deed) {
            return switch (deed) {
                case PUSH -> push;
                case FORCE -> force;
                case DELETE -> delete;
            };
        }

        boolean matches(String ref) {
            return ref.startsWith(kind.folder) && NamePattern.matches(pattern, ref.substring(kind.folder.length()));
        }
    }

    /** What is done to a ref. */
    public enum Deed {
        /** Make it, or add commits to it. */
        PUSH("pushed to"),
        /** Move it so that commits are lost. */
        FORCE("rewritten"),
        /** Remove it. */
        DELETE("deleted");

        private final String participle;

        Deed(String participle) {
            this.participle = participle;
        }

        String participle() {
            return participle;
        }
    }

    /** What a rule is about. */
    public enum Kind {
        BRANCH("branch", RefNames.HEADS),
        TAG("tag", RefNames.TAGS);

        private final String text;
        private final String folder;

        Kind(String text, String folder) {
            this.text = text;
            this.folder = folder;
        }

        /** The spelling of JSON bodies and of the database. */
        public String text() {
            return text;
        }

        /**
         * The kind of this spelling.
         *
         * @throws HubException INVALID if there is none
         */
        public static Kind parse(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new HubException(
                            ErrorKind.INVALID, "Field kind must be branch or tag, not " + Text.shown(text)));
        }
    }

    /** The least role that may. The owner of a user's own namespace counts as its super-admin, as site administrators do. */
    public enum Who {
        MEMBER("member", Role.MEMBER),
        ADMIN("admin", Role.ADMIN),
        SUPER_ADMIN("super-admin", Role.SUPER_ADMIN),
        /** Not even the owner, as long as the rule stands. */
        NOBODY("nobody", null);

        private final String text;
        private final Role least;

        Who(String text, Role least) {
            this.text = text;
            this.least = least;
        }

        /** The spelling of JSON bodies and of the database. */
        public String text() {
            return text;
        }

        boolean includes(Optional<Role> role) {
            return least != null && role.filter(has -> has.atLeast(least)).isPresent();
        }

        /**
         * The value of this spelling.
         *
         * @throws HubException INVALID if there is none
         */
        public static Who parse(String text) {
            return Arrays.stream(values())
                    .filter(who -> who.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new HubException(
                            ErrorKind.INVALID,
                            "Not a role: " + Text.shown(text) + "; use member, admin, super-admin or nobody"));
        }
    }
}
