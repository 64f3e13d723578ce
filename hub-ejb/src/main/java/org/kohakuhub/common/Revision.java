package org.kohakuhub.common;

/** What a client names to get a commit: a branch, a tag, a whole ref, or the commit itself. */
public sealed interface Revision {
    /** A branch, a tag, a full ref such as {@code refs/pr/1}, or a commit's abbreviated id; the version store decides. */
    record Named(String ref) implements Revision {
        /**
         * @throws HubException {@link ErrorKind#REVISION_NOT_FOUND} if no ref can have this name
         */
        public Named {
            if (!RefNames.isValid(ref)) {
                throw new HubException(ErrorKind.REVISION_NOT_FOUND, "Invalid rev id: " + Text.shown(ref));
            }
        }

        @Override
        public String toString() {
            return ref;
        }
    }

    /** A commit by its full id. */
    record Exact(GitOid oid) implements Revision {
        @Override
        public String toString() {
            return oid.hex();
        }
    }

    /**
     * Reads a revision as it stands in a path or body.
     *
     * @throws HubException {@link ErrorKind#REVISION_NOT_FOUND} if nothing can be named so
     */
    static Revision parse(String text) {
        return GitOid.looksLike(text) ? new Exact(new GitOid(text)) : new Named(text);
    }
}
