package org.kohakuhub.xet;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what nobody uses any more, slowly (docs/xet-protocol.md, 7.3): a client remembers for three weeks which chunks
 * it has sent, and names them without asking. Were they gone, its uploads would fail until its user clears a cache that
 * he does not know of. So a xorb goes in two steps, long after it was named last, and a shard that names it in between
 * saves it. Any number of nodes may sweep at once; a sweep that was cut off is continued by the next.
 */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class XetSweep {
    /** Three weeks of the client's cache, and the longest session. */
    static final Duration NAMED = Duration.ofDays(28);

    /** A xorb whose shard never came. */
    static final Duration ORPHAN = Duration.ofDays(7);

    /** Between the steps: longer than any request that is under way. */
    static final Duration CONDEMNED = Duration.ofDays(1);

    /** A file that the last repository or bucket has given up. */
    static final Duration FORGOTTEN = Duration.ofDays(1);

    /** A file that came through a bucket's door and was not named in it: as long as any client works on one batch. */
    static final Duration RECEIVED = Duration.ofDays(7);

    /** Keys that were promised are swept by the keeper of promises. */
    private static final Duration PROMISED = Duration.ofHours(72);

    private static final System.Logger log = System.getLogger(XetSweep.class.getName());
    private static final int BATCH = 200;
    private static final int MOST_LISTED = 1_000;

    private final SweepRows rows;
    private final XetSweepSteps steps;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected XetSweep() {
        this(null, null, null);
    }

    @Inject
    public XetSweep(SweepRows rows, XetSweepSteps steps, InstantSource clock) {
        this.rows = rows;
        this.steps = steps;
        this.clock = clock;
    }

    /** What was or would be done. */
    public enum Step {
        /** A file that no repository and no bucket has: taken out of the books. */
        FORGET_FILE,
        /** A xorb that no file has: hidden from dedup answers. */
        CONDEMN_XORB,
        /** A hidden xorb: removed with its bytes. */
        REMOVE_XORB,
        /** Bytes of a xorb whose upload was cut off: removed. */
        REMOVE_UPLOAD
    }

    /**
     * Something that waits to be removed.
     *
     * @param name a hash, or a key of the object store
     * @param bytes stored bytes; 0 where they are not known
     * @param due when the step may be done, if nothing comes in between
     */
    public record Waiting(Step step, String name, long bytes, Instant due) {}

    /** Times in milliseconds since 1970, before which something counts as old. */
    public record Limits(long orphanBefore, long namedBefore, long condemnedBefore) {
        static Limits at(Instant now) {
            return new Limits(
                    now.minus(ORPHAN).toEpochMilli(),
                    now.minus(NAMED).toEpochMilli(),
                    now.minus(CONDEMNED).toEpochMilli());
        }
    }

    /** How much was done. */
    public record Swept(int files, int condemned, int removed) {}

    @Schedule(hour = "*", minute = "41", persistent = false, info = "sweep of xorbs")
    public void sweepNow() {
        Swept swept = sweep();
        if (swept.files() + swept.condemned() + swept.removed() > 0) {
            log.log(
                    Level.INFO,
                    "Xet sweep: {0} files forgotten, {1} xorbs condemned, {2} removed",
                    swept.files(),
                    swept.condemned(),
                    swept.removed());
        }
    }

    /** Does all that is due. */
    public Swept sweep() {
        Instant now = clock.instant();
        long forgottenBefore = now.minus(FORGOTTEN).toEpochMilli();
        steps.expireUploads(now.minus(RECEIVED).toEpochMilli());
        int files = 0;
        for (List<String> old = forgotten(forgottenBefore); !old.isEmpty(); old = forgotten(forgottenBefore)) {
            int forgotten = steps.forgetFiles(old, forgottenBefore);
            files += forgotten;
            if (forgotten == 0) {
                break; // somebody has claimed them meanwhile
            }
        }
        Limits limits = Limits.at(now);
        int condemned = 0;
        int removed = 0;
        String after = "";
        for (List<SweepRows.Unused> page = rows.unusedXorbs(after, BATCH);
                !page.isEmpty();
                page = rows.unusedXorbs(after, BATCH)) {
            after = page.get(page.size() - 1).hash();
            List<String> due = due(page, Step.REMOVE_XORB, now);
            removed += due.isEmpty() ? 0 : steps.remove(due, limits);
            due = due(page, Step.CONDEMN_XORB, now);
            condemned += due.isEmpty() ? 0 : steps.condemn(due, limits, now.toEpochMilli());
        }
        return new Swept(files, condemned, removed);
    }

    private List<String> forgotten(long before) {
        return rows.forgottenFiles(before, BATCH).stream()
                .map(SweepRows.Dated::name)
                .toList();
    }

    private static List<String> due(List<SweepRows.Unused> page, Step step, Instant now) {
        return page.stream()
                .map(XetSweep::waiting)
                .filter(waiting -> waiting.step() == step && !waiting.due().isAfter(now))
                .map(Waiting::name)
                .toList();
    }

    private static Waiting waiting(SweepRows.Unused xorb) {
        if (xorb.condemnedAt().isPresent()) {
            Instant due = Instant.ofEpochMilli(xorb.condemnedAt().getAsLong()).plus(CONDEMNED);
            return new Waiting(Step.REMOVE_XORB, xorb.hash(), xorb.bytes(), due);
        }
        Instant due = xorb.namedAt().isPresent()
                ? Instant.ofEpochMilli(xorb.namedAt().getAsLong()).plus(NAMED)
                : Instant.ofEpochMilli(xorb.createdAt()).plus(ORPHAN);
        return new Waiting(Step.CONDEMN_XORB, xorb.hash(), xorb.bytes(), due);
    }

    /** What waits, due or not, in the order of the steps; changes nothing. Of each kind the first 1,000. */
    public List<Waiting> dryRun() {
        List<Waiting> waiting = new ArrayList<>();
        rows.forgottenFiles(Long.MAX_VALUE, MOST_LISTED)
                .forEach(file -> waiting.add(waiting(Step.FORGET_FILE, file, FORGOTTEN)));
        rows.unusedXorbs("", MOST_LISTED).forEach(xorb -> waiting.add(waiting(xorb)));
        rows.promised(MOST_LISTED).forEach(key -> waiting.add(waiting(Step.REMOVE_UPLOAD, key, PROMISED)));
        return waiting;
    }

    private static Waiting waiting(Step step, SweepRows.Dated dated, Duration age) {
        return new Waiting(
                step,
                dated.name(),
                dated.bytes(),
                Instant.ofEpochMilli(dated.createdAt()).plus(age));
    }
}
