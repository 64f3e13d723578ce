package org.kohakuhub.community;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.Digests;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.DownloadConfig;

/**
 * Counts downloads: whoever fetches files of a repository within one stretch of time ({@code download_time_bucket_seconds})
 * downloads it once. Who that is, is a user, or else an address; the database is told a digest that is good for that
 * stretch only.
 *
 * <p>A note costs a look into a map. Every few seconds all of them are written in one transaction. Nodes that saw the same
 * visitor count him once, because the row of his visit is unique; what a crash loses are the seconds since the last
 * writing, what a failed database delays is written later.
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DownloadCounter {
    /** Beyond this, visits are not counted until the next writing: memory has an end, and nobody has so many guests. */
    private static final int MOST_VISITS = 100_000;

    private static final System.Logger log = System.getLogger(DownloadCounter.class.getName());

    private final Map<DownloadRows.Visit, Long> files = new ConcurrentHashMap<>();
    private final DownloadRows rows;
    private final AccountConfig accounts;
    private final DownloadConfig config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected DownloadCounter() {
        this(null, null, null, null);
    }

    @Inject
    public DownloadCounter(DownloadRows rows, AccountConfig accounts, DownloadConfig config, InstantSource clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Somebody fetches something of a repository that he was let into.
     *
     * @param address where he is, if he has no name
     * @param sent how many files he is given now: none where he only asks before he fetches elsewhere
     */
    public void note(RepoKey repo, Caller caller, String address, int sent) {
        long now = clock.millis();
        long bucket = now / config.bucket().toMillis();
        boolean known = !caller.isAnonymous();
        String visitor = visitor(bucket, known ? caller.userId() : address);
        DownloadRows.Visit visit = new DownloadRows.Visit(repo.id(), bucket, visitor, known, DownloadRows.day(now));
        if (files.size() < MOST_VISITS || files.containsKey(visit)) {
            files.merge(visit, (long) sent, Long::sum);
        }
    }

    private String visitor(long bucket, String who) {
        MessageDigest digest = Digests.sha256();
        digest.update(accounts.sessionSecret().value().getBytes(StandardCharsets.UTF_8));
        digest.update((":" + bucket + ':' + who).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** Writes down what was noted. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "count downloads")
    public void flush() {
        if (files.isEmpty()) {
            return;
        }
        Map<DownloadRows.Visit, Long> batch = new HashMap<>();
        for (DownloadRows.Visit visit : files.keySet()) {
            Long count = files.remove(visit);
            if (count != null) {
                batch.put(visit, count);
            }
        }
        try {
            rows.write(batch);
        } catch (RuntimeException e) {
            batch.forEach((visit, count) -> files.merge(visit, count, Long::sum));
            log.log(Level.WARNING, "Downloads were not counted; they will be with the next round", e);
        }
    }

    /** What was noted last before the hub goes down. */
    @PreDestroy
    void stop() {
        flush();
    }
}
