package org.kohakuhub.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the hub needs, asked for at most every two seconds: anybody may call the health address, and each call must not
 * become one to the object store.
 */
@ApplicationScoped
public class Readiness {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Probes probes;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<Report> last = Optional.empty();

    /** For the proxy. */
    protected Readiness() {
        this(null, null);
    }

    @Inject
    Readiness(Probes probes, InstantSource clock) {
        this.probes = probes;
        this.clock = clock;
    }

    /** Every check's result. While one caller waits for a slow answer, others get the one before. */
    public Report report() {
        Optional<Report> known = last;
        if (known.isPresent()) {
            boolean fresh = clock.millis() - known.get().takenAt() < FRESH.toMillis();
            if (fresh || !asking.tryLock()) {
                return known.get();
            }
        } else {
            asking.lock(); // there is nothing to tell yet
        }
        try {
            return ask();
        } finally {
            asking.unlock();
        }
    }

    private Report ask() {
        List<Check> checks = List.of(
                new Check("database", probes.databaseAnswers()),
                new Check("object-store", probes.objectStoreAnswers()));
        Report report = new Report(clock.millis(), checks);
        last = Optional.of(report);
        return report;
    }

    /** One part of what the hub needs. */
    public record Check(String name, boolean up) {}

    /**
     * All of them.
     *
     * @param takenAt milliseconds since 1970
     */
    public record Report(long takenAt, List<Check> checks) {
        /** Whether the hub can do all its work. */
        public boolean up() {
            return checks.stream().allMatch(Check::up);
        }
    }
}
