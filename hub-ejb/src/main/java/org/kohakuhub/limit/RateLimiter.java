package org.kohakuhub.limit;

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
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.common.Digests;
import org.kohakuhub.config.AccountConfig;
import org.kohakuhub.config.RateLimitConfig;

/**
 * Says of each request whether it is within its caller's limit. That costs a look into a map: every two seconds a node
 * tells the database of callers who make many requests, and reads what the others told (ADR 0540, also for how exact
 * this is).
 */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RateLimiter {
    private static final System.Logger log = System.getLogger(RateLimiter.class.getName());

    private final Windows windows = new Windows();
    private final RateRows rows;
    private final AccountConfig accounts;
    private final RateLimitConfig config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway")
    protected RateLimiter() {
        this.rows = null;
        this.accounts = null;
        this.config = null;
        this.clock = null;
    }

    @Inject
    public RateLimiter(RateRows rows, AccountConfig accounts, RateLimitConfig config, InstantSource clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
    }

    private Map<RouteClass, Windows.Rule> rules() {
        Map<RouteClass, Windows.Rule> rules = new EnumMap<>(RouteClass.class);
        for (RouteClass route : RouteClass.values()) {
            rule(route).ifPresent(rule -> rules.put(route, rule));
        }
        return rules;
    }

    /** Asked each time: Payara makes its proxies by the constructor, with nothing to count by. */
    private Optional<Windows.Rule> rule(RouteClass route) {
        long quota = switch (route) {
            case API -> config.api();
            case RESOLVE -> config.resolve();
            case GIT -> config.git();
            case XET -> config.xet();
            case AUTH -> config.auth();
        };
        return quota > 0
                ? Optional.of(new Windows.Rule(route, quota, config.window().toMillis()))
                : Optional.empty();
    }

    /**
     * Counts a request.
     *
     * @param who a user's id, or what {@link #digest} makes of an address
     * @return empty if the class has no limit
     */
    public Optional<Standing> take(RouteClass route, String who) {
        return rule(route).map(rule -> windows.take(rule, who, clock.millis()));
    }

    /** Takes back that a request was counted, which turned out to be none to count. */
    public void giveBack(Standing standing, String who) {
        if (standing.admitted()) {
            rule(standing.route()).ifPresent(rule -> windows.giveBack(rule, who, standing.startsAt()));
        }
    }

    /** What an address is called in the database: the same on every node that has the same secret. */
    public String digest(String address) {
        MessageDigest digest = Digests.sha256();
        digest.update(accounts.sessionSecret().value().getBytes(StandardCharsets.UTF_8));
        digest.update((":rate:" + address).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    /** Tells and learns. */
    @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false, info = "rate limits")
    public void sync() {
        long now = clock.millis();
        windows.forget(now);
        if (windows.isEmpty()) {
            return; // whoever comes first after a silence is told of within two seconds
        }
        Map<Windows.Key, Long> news = windows.tell(rules());
        try {
            if (!news.isEmpty()) {
                rows.add(news, now);
            }
        } catch (RuntimeException e) {
            windows.untell(news);
            log.log(Level.WARNING, "Rate limits were not told to other nodes; they will be with the next round", e);
            return;
        }
        try {
            windows.learn(rows.since(now));
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "Rate limits of other nodes were not read; they will be with the next round", e);
        }
    }

    /** What was counted last before the hub goes down. */
    @PreDestroy
    void stop() {
        sync();
    }
}
