package org.kohakuhub.discussion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.discussion.Discussion.Person;

/**
 * What happened in a discussion.
 *
 * @param author empty once the account is gone
 */
public record DiscussionEvent(String id, Optional<Person> author, Instant createdAt, Happening happening) {
    /** What it was. */
    public sealed interface Happening {}

    /**
     * A comment.
     *
     * @param edits what it said before, oldest first
     */
    public record Comment(String text, boolean hidden, Optional<Edit> lastEdit, List<Edit> edits)
            implements Happening {}

    /**
     * A version of a comment.
     *
     * @param at when it was written
     */
    public record Edit(String text, Optional<Person> author, Instant at) {}

    /** It was opened, closed or merged. */
    public record StatusChange(Status status) implements Happening {}

    /** It has another title. */
    public record TitleChange(String from, String to) implements Happening {}

    /** A commit came to a pull request. */
    public record CommitAdded(String oid, String subject) implements Happening {}

    /** The ref of a pull request moved; the service tells it commit by commit. */
    record Arrival(GitOid from, GitOid to) implements Happening {}

    /** It was pinned on top of the list, or was unpinned. */
    public record PinChange(boolean pinned) implements Happening {}

    /** Nobody but those who may write can comment any more, or everybody can again. */
    public record LockChange(boolean locked) implements Happening {}
}
