package org.kohakuhub.xet;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.kohakuhub.config.XetConfig;

/** Does one job after the other, whenever there are some. Every node has one; they share the work through the list. */
@Singleton
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class XetWorker {
    private static final System.Logger log = System.getLogger(XetWorker.class.getName());

    /** How long before the end of a lease more time is asked for. */
    private static final Duration SPARE = Duration.ofMinutes(5);

    private final XetJobs jobs;
    private final XetConversion conversion;
    private final XetMaterialization materialization;
    private final XetConfig config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected XetWorker() {
        this(null, null, null, null, null);
    }

    @Inject
    public XetWorker(
            XetJobs jobs,
            XetConversion conversion,
            XetMaterialization materialization,
            XetConfig config,
            InstantSource clock) {
        this.jobs = jobs;
        this.conversion = conversion;
        this.materialization = materialization;
        this.config = config;
        this.clock = clock;
    }

    /** Half a minute is soon enough: until then readers get the bytes in the other way. */
    @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false, info = "work on contents")
    public void workNow() {
        try {
            work();
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "The work on contents goes on in half a minute", e);
        }
    }

    /** Works until nothing is left, and tells how many jobs that were. */
    public int work() {
        int done = 0;
        while (true) {
            jobs.enlist();
            Optional<XetJob> job = jobs.take();
            if (job.isEmpty()) {
                return done;
            }
            work(new Lease(job.get()));
            done++;
        }
    }

    private void work(Lease lease) {
        XetJob job = lease.job;
        try {
            switch (job.kind()) {
                case CONVERT -> conversion.convert(job.sha256(), config.dropLfsCopy(), lease);
                case MATERIALIZE -> materialization.materialize(job.sha256(), lease);
            }
            jobs.done(lease.job);
        } catch (LostException e) {
            log.log(Level.INFO, "Another node took the work on {0}", job.sha256());
        } catch (IOException | RuntimeException e) {
            boolean again = jobs.failed(lease.job);
            String what = job.kind().column() + " of " + job.sha256() + " failed";
            log.log(
                    again ? Level.WARNING : Level.ERROR,
                    what + (again ? ", it is tried again" : " for the last time"),
                    e);
        }
    }

    /** Asks for more time when the job's runs out. */
    private final class Lease implements Runnable {
        private XetJob job;

        Lease(XetJob job) {
            this.job = job;
        }

        @Override
        public void run() {
            if (clock.millis() > job.dueAt() - SPARE.toMillis()) {
                job = jobs.keep(job).orElseThrow(LostException::new);
            }
        }
    }

    private static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
