package org.kohakuhub.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives the settings to whoever injects their records, and the clock. Records are final, so their scope is one without
 * proxies.
 */
@ApplicationScoped
public class ConfigProducer {
    /** Of this class's loader: a web module's thread would not see the TOML source. */
    static HubConfig read() {
        return new HubConfig(Settings.from(ConfigProvider.getConfig(ConfigProducer.class.getClassLoader())));
    }

    /** The time; also as {@link java.time.InstantSource}. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    SiteConfig site() {
        return read().site();
    }

    @Produces
    @Singleton
    WebConfig web() {
        return read().web();
    }

    @Produces
    @Singleton
    S3Config s3() {
        return read().s3();
    }

    @Produces
    @Singleton
    KernelConfig kernels() {
        return read().kernels();
    }

    @Produces
    @Singleton
    LfsConfig lfs() {
        return read().lfs();
    }

    @Produces
    @Singleton
    DownloadConfig downloads() {
        return read().downloads();
    }

    @Produces
    @Singleton
    XetConfig xet() {
        return read().xet();
    }

    @Produces
    @Singleton
    RateLimitConfig rateLimits() {
        return read().rateLimits();
    }

    @Produces
    @Singleton
    GitConfig git() {
        return read().git();
    }

    /** Without a session secret (which the check lets pass only on a loopback address) one is made for this run. */
    @Produces
    @Singleton
    AccountConfig account() {
        AccountConfig set = read().account();
        return set.sessionSecret().value().isEmpty() ? set.withSessionSecret(randomSecret()) : set;
    }

    private static Secret randomSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    @Produces
    @Singleton
    AdminConfig admin() {
        return read().admin();
    }

    @Produces
    @Singleton
    QuotaConfig quota() {
        return read().quota();
    }

    @Produces
    @Singleton
    FallbackConfig fallback() {
        return read().fallback();
    }

    @Produces
    @Singleton
    ViewerConfig viewer() {
        return read().viewer();
    }

    @Produces
    @Singleton
    SmtpConfig smtp() {
        return read().smtp();
    }

    @Produces
    @Singleton
    WebhookConfig webhook() {
        return read().webhook();
    }

    @Produces
    @Singleton
    LakeFsConfig lakeFs() {
        return read().lakeFs();
    }
}
