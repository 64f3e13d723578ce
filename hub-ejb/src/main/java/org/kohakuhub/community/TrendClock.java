package org.kohakuhub.community;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.kohakuhub.config.DownloadConfig;

/**
 * Lets the downloads of the last thirty days and the trend grow old: what was counted as it came is counted anew every
 * ten minutes, by one node for all, some hundred repositories in one transaction.
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TrendClock {
    /** The reference service tells the downloads of so many days. */
    static final int MONTH = 30;

    static final int WEEK = 7;

    /** A like is somebody's judgement, a download often a machine's habit. */
    static final int LIKE = 10;

    private static final String CHORE = "trends";
    private static final Duration EVERY = Duration.ofMinutes(9);
    private static final int BATCH = 200;
    private static final System.Logger log = System.getLogger(TrendClock.class.getName());

    private final DownloadRows rows;
    private final ChoreRows chores;
    private final DownloadConfig config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected TrendClock() {
        this(null, null, null, null);
    }

    @Inject
    public TrendClock(DownloadRows rows, ChoreRows chores, DownloadConfig config, InstantSource clock) {
        this.rows = rows;
        this.chores = chores;
        this.config = config;
        this.clock = clock;
    }

    @Schedule(hour = "*", minute = "*/10", persistent = false, info = "trends")
    public void onTime() {
        long now = clock.millis();
        try {
            if (chores.take(CHORE, now, now + EVERY.toMillis())) {
                refresh();
            }
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "Trends were not counted; they will be with the next round", e);
        }
    }

    /** Counts anew for all repositories. */
    void refresh() {
        long now = clock.millis();
        int today = DownloadRows.day(now);
        String after = "";
        while (true) {
            List<String> batch = rows.moving(after, today - MONTH, BATCH);
            if (batch.isEmpty()) {
                break;
            }
            rows.refresh(batch, today - MONTH, today - WEEK, LIKE);
            after = batch.get(batch.size() - 1);
        }
        rows.forgetVisits((now - config.keep().toMillis()) / config.bucket().toMillis());
    }
}
