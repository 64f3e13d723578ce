package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.config.LfsConfig;
import org.kohakuhub.config.XetConfig;
import org.kohakuhub.config.XetConfig.Materialize;
import org.kohakuhub.xet.XetJob.Kind;

/** The list of work that nodes share. Each public method is one short transaction. */
@Stateless
public class XetJobs {
    /** Who takes a job has it for so long, and asks for more in time if he lives. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_REPEAT = Duration.ofMinutes(1);
    private static final int MOST_ATTEMPTS = 10;
    private static final Duration NEVER = Duration.ofDays(36_500);
    private static final int AT_ONCE = 100;

    private final JobRows rows;
    private final XetConfig config;
    private final LfsConfig lfs;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected XetJobs() {
        this(null, null, null, null);
    }

    @Inject
    public XetJobs(JobRows rows, XetConfig config, LfsConfig lfs, InstantSource clock) {
        this.rows = rows;
        this.config = config;
        this.lfs = lfs;
        this.clock = clock;
    }

    /** Somebody without Xet reads this content: where the policy says so, the next one gets a whole copy. */
    public void readPlainly(Sha256 sha256) {
        if (config.materialize() == Materialize.ON_DEMAND) {
            rows.add(sha256, Kind.MATERIALIZE, clock.millis());
        }
    }

    /** Puts onto the list what the policy wants done and nobody has begun. */
    public void enlist() {
        if (config.convert()) {
            rows.wanting(Kind.CONVERT, lfs.thresholdBytes(), AT_ONCE)
                    .forEach(sha256 -> rows.add(sha256, Kind.CONVERT, clock.millis()));
        }
        if (config.materialize() == Materialize.ALWAYS) {
            rows.wanting(Kind.MATERIALIZE, 0, AT_ONCE)
                    .forEach(sha256 -> rows.add(sha256, Kind.MATERIALIZE, clock.millis()));
        }
    }

    /** Takes a job that nobody works on, if there is one. */
    public Optional<XetJob> take() {
        Optional<XetJob> due = rows.due(clock.millis());
        return due.flatMap(job -> keep(job, job.attempts() + 1));
    }

    /** Keeps a job for longer; empty if somebody else has it by now. */
    public Optional<XetJob> keep(XetJob job) {
        return keep(job, job.attempts());
    }

    private Optional<XetJob> keep(XetJob job, int attempts) {
        long until = clock.millis() + LEASE.toMillis();
        return rows.take(job, attempts, until)
                ? Optional.of(new XetJob(job.sha256(), job.kind(), attempts, until))
                : Optional.empty();
    }

    /** The work is done, or of no use any more. */
    public void done(XetJob job) {
        rows.done(job);
    }

    /**
     * The work failed: it is tried again later, each time after twice as long.
     *
     * @return whether it is; it stays on the list all the same
     */
    public boolean failed(XetJob job) {
        boolean again = job.attempts() < MOST_ATTEMPTS;
        Duration wait = again ? FIRST_REPEAT.multipliedBy(1L << job.attempts()) : NEVER;
        rows.take(job, job.attempts(), clock.millis() + wait.toMillis());
        return again;
    }
}
