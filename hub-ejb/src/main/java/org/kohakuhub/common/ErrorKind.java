package org.kohakuhub.common;

import java.util.Optional;

/**
 * Every way in which a request can fail by the contract: its HTTP status, and the {@code X-Error-Code} that
 * huggingface_hub turns into an exception class.
 */
public enum ErrorKind {
    /** The repository has another name now; see {@link RepoMovedException}. */
    REPO_MOVED(307, null),
    /** The request's form is wrong: malformed JSON, a missing field, a name that is no name. */
    INVALID(400, null),
    /** A repository id that breaks huggingface_hub's {@code validate_repo_id}. */
    INVALID_REPO_ID(400, null),
    /** No credential where one is needed, or one that nobody issued. */
    UNAUTHENTICATED(401, null),
    /** The caller is known and may not do this. */
    FORBIDDEN(403, null),
    /** The repository's files have to be asked for, which needs an account. */
    GATED_REPO_LOGIN(401, "GatedRepo"),
    /** The repository's files have to be asked for, and the caller was not let in. */
    GATED_REPO(403, "GatedRepo"),
    /** There is no such repository for this caller: it is missing, or private and not his. */
    REPO_NOT_FOUND(404, "RepoNotFound"),
    /** A repository without this branch, tag or commit. */
    REVISION_NOT_FOUND(404, "RevisionNotFound"),
    /** A revision without this path. */
    ENTRY_NOT_FOUND(404, "EntryNotFound"),
    /** Anything else that does not exist: a user, a token, an organization. */
    NOT_FOUND(404, null),
    /** The name is taken, or the thing is in a state that forbids the change. */
    CONFLICT(409, null),
    /** {@code parentCommit} is no longer the head of the branch. */
    STALE_PARENT(412, null),
    /** A namespace or repository has no room for the bytes. */
    QUOTA_EXCEEDED(413, null),
    /** The request's body is longer than the hub accepts. */
    TOO_LARGE(413, null),
    /** The requested range lies past the end. */
    RANGE_NOT_SATISFIABLE(416, null),
    /** The form is right and the content cannot be: a path with {@code ..}, an oid that the bytes do not have. */
    UNPROCESSABLE(422, null),
    /** Part of the hosted service only; a hub of one's own has no such thing. */
    NOT_IMPLEMENTED(501, "NotImplemented"),
    /** A part that the hub needs does not answer: the object store, the database. */
    UNAVAILABLE(503, null);

    private final int status;
    private final String code;

    ErrorKind(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The value of {@code X-Error-Code}, where the client's contract has one. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }
}
