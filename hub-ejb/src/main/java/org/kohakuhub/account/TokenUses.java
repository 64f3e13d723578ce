package org.kohakuhub.account;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which tokens were used, and writes it down every few minutes for all of them in one transaction: reading a
 * public file must not wait for SQLite's only writer. What a crash loses are minutes of a column that people look at.
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TokenUses {
    private static final System.Logger log = System.getLogger(TokenUses.class.getName());

    private final Map<String, Long> usedAt = new ConcurrentHashMap<>();
    private final Sessions sessions;

    /** For the container's proxy. */
    protected TokenUses() {
        this(null);
    }

    @Inject
    public TokenUses(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The token of this id was used now. */
    public void note(String tokenId, long now) {
        usedAt.merge(tokenId, now, Math::max);
    }

    @Schedule(hour = "*", minute = "*/5", persistent = false, info = "last use of tokens, old sessions")
    public void flush() {
        Map<String, Long> batch = Map.copyOf(usedAt);
        try {
            sessions.tidy(batch);
            batch.forEach(usedAt::remove); // not those that were used again meanwhile
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "The last use of tokens was not written; it will be with the next round", e);
        }
    }
}
