package org.kohakuhub.object;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.Sha256;

/**
 * The life of the rights that repositories have to contents, and of contents without any. Each public method is one
 * transaction or part of the caller's; none touches the object store.
 */
@Stateless
public class Grants {
    private final GrantRows grants;
    private final StoreIntents intents;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected Grants() {
        this(null, null, null);
    }

    @Inject
    public Grants(GrantRows grants, StoreIntents intents, InstantSource clock) {
        this.grants = grants;
        this.intents = intents;
        this.clock = clock;
    }

    /**
     * A content that a repository has a right to.
     *
     * @param used when the right was given, or used for a commit last
     */
    public record Granted(Sha256 sha256, long size, Instant used) {}

    /**
     * A content that no repository has a right to.
     *
     * @param since it was not before this that somebody last showed that he has it
     */
    public record Unclaimed(Sha256 sha256, long size, Instant since) {}

    /** The repository's contents, a page of them in the order of their sha256. */
    public List<Granted> page(RepoKey repo, Optional<Sha256> after, int limit) {
        return grants.page(repo.id(), hex(after), limit);
    }

    /** Takes the right to contents away from a repository, and tells how many it had. */
    public int revoke(RepoKey repo, Collection<Sha256> contents) {
        return grants.revoke(repo.id(), contents, Long.MAX_VALUE);
    }

    /** The same for those that were not used since {@code before}. */
    public int revokeUnused(RepoKey repo, Collection<Sha256> contents, Instant before) {
        return grants.revoke(repo.id(), contents, before.toEpochMilli());
    }

    /** Repositories with rights that were not used since {@code before}, a page of them in the order of their ids. */
    public List<RepoKey> repositories(Instant before, Optional<RepoKey> after, int limit) {
        return grants.repositories(before.toEpochMilli(), after.map(RepoKey::id).orElse(""), limit);
    }

    /** Whole copies that no repository has a right to since {@code before}, a page of them in the order of their sha256. */
    public List<Unclaimed> unclaimed(Instant before, Optional<Sha256> after, int limit) {
        return grants.unclaimed(before.toEpochMilli(), hex(after), limit);
    }

    private static String hex(Optional<Sha256> after) {
        return after.map(Sha256::hex).orElse("");
    }

    /** Gives the whole copies up of contents to which still nobody has a right; the bytes are swept later. */
    public int forget(Collection<Sha256> contents, Instant before) {
        int forgotten = 0;
        for (Sha256 content : contents) {
            Optional<String> key = grants.forget(content, before.toEpochMilli());
            key.ifPresent(unused -> intents.giveUp(unused, clock.millis()));
            forgotten += key.isPresent() ? 1 : 0;
        }
        return forgotten;
    }
}
