package org.kohakuhub.common;

import java.util.regex.Pattern;

/** Names one repository: {@code models/acme/tiny-bert}. The rule is huggingface_hub's {@code validate_repo_id}. */
public record RepoId(RepoType type, String namespace, String name) {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?");

    /**
     * @throws HubException {@link ErrorKind#INVALID_REPO_ID} if either segment breaks the rule
     */
    public RepoId {
        check(namespace);
        check(name);
    }

    /** Whether {@code segment} may be a namespace's or a repository's name. */
    public static boolean isSegment(String segment) {
        return SEGMENT.matcher(segment).matches()
                && !segment.contains("--")
                && !segment.contains("..")
                && !segment.endsWith(".git");
    }

    private static void check(String segment) {
        if (!isSegment(segment)) {
            throw new HubException(ErrorKind.INVALID_REPO_ID, "Invalid repository name: " + Text.shown(segment));
        }
    }

    /** {@code ns/name}, as in every {@code id} of the contract. */
    public String fullName() {
        return namespace + '/' + name;
    }

    /** The path of the repository's page, git and resolve addresses, without leading slash: {@code datasets/a/b}. */
    public String urlPath() {
        return type.urlPrefix() + fullName();
    }

    @Override
    public String toString() {
        return type.plural() + '/' + namespace + '/' + name;
    }
}
