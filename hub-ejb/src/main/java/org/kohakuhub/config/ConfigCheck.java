package org.kohakuhub.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is wrong with the settings, and what is merely unwise. */
final class ConfigCheck {
    /** Values that stand in documentation, examples and other programs' defaults. */
    private static final Set<String> PUBLIC_VALUES =
            Set.of("minioadmin", "test-secret-key", "test-access-key", "secret", "password", "admin");

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ConfigCheck() {}

    /** Reads every setting, so that each wrong one is named, not only the first. */
    static ConfigCheck of(Settings settings, TomlFile file) {
        ConfigCheck check = new ConfigCheck();
        check.problems.addAll(file.problems());
        file.unknown()
                .forEach(name -> check.warnings.add("HUB_CONFIG sets " + name + ", which this hub does not know"));
        HubConfig config = new HubConfig(settings);
        List<Runnable> parts = List.of(
                config::site,
                config::web,
                config::rateLimits,
                config::s3,
                config::lfs,
                config::downloads,
                config::xet,
                config::git,
                config::account,
                config::admin,
                config::quota,
                config::fallback,
                config::viewer,
                config::smtp,
                config::webhook,
                config::lakeFs,
                config::checkDatabase);
        parts.forEach(check::attempt);
        check.attempt(() -> check.secrets(settings, isLoopback(config.site().baseUrl())));
        check.attempt(() -> {
            if (config.account().requireEmailVerification() && !config.smtp().enabled()) {
                throw Settings.wrong(Key.REQUIRE_EMAIL_VERIFICATION, "needs mail: set KOHAKU_HUB_SMTP_ENABLED too");
            }
        });
        return check;
    }

    private void attempt(Runnable part) {
        try {
            part.run();
        } catch (IllegalArgumentException wrong) {
            if (!problems.contains(wrong.getMessage())) {
                problems.add(wrong.getMessage());
            }
        }
    }

    private void secrets(Settings settings, boolean loopback) {
        List<String> grave = loopback ? warnings : problems;
        for (Key key : List.of(Key.SESSION_SECRET, Key.ADMIN_SECRET_TOKEN, Key.S3_SECRET_KEY, Key.LAKEFS_SECRET_KEY)) {
            if (isPublic(settings.text(key))) {
                grave.add(key.variable() + " has a value that everybody knows");
            }
        }
        if (settings.text(Key.SESSION_SECRET).isEmpty()) {
            grave.add(Key.SESSION_SECRET.variable() + " is not set"
                    + (loopback ? ": what the hub signed does not outlive this run" : ""));
        }
        if (settings.flag(Key.ADMIN_ENABLED)
                && settings.text(Key.ADMIN_SECRET_TOKEN).isEmpty()) {
            warnings.add(Key.ADMIN_SECRET_TOKEN.variable() + " is not set: /admin/api is closed");
        }
    }

    private static boolean isPublic(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return PUBLIC_VALUES.contains(lower) || lower.startsWith("change-me") || lower.startsWith("changeme");
    }

    private static boolean isLoopback(URI base) {
        String host = base.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }
}
