package org.kohakuhub.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohakuhub.common.Network;

/** Turns the raw settings into the records that services take. */
final class HubConfig {
    private static final long LONGEST_HOURS = Duration.ofDays(3650).toHours();
    private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

    private static final long MOST_REQUESTS = 1_000_000_000;

    private final Settings settings;

    HubConfig(Settings settings) {
        this.settings = settings;
    }

    SiteConfig site() {
        URI base = settings.requiredAddress(Key.BASE_URL);
        if (!base.getRawPath().isEmpty()) {
            throw Settings.wrong(Key.BASE_URL, "must have no path: the hub answers at the root of its host");
        }
        return new SiteConfig(base, apiBase(), settings.text(Key.SITE_NAME), settings.flag(Key.DEBUG_LOG_PAYLOADS));
    }

    private String apiBase() {
        String path = settings.text(Key.API_BASE).replaceAll("/+$", "");
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw Settings.wrong(Key.API_BASE, "must be a path such as /api");
        }
        return path;
    }

    WebConfig web() {
        Set<String> hosts = settings.list(Key.ALLOWED_HOSTS).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> origins = Set.copyOf(settings.list(Key.CORS_ORIGINS));
        if (!origins.stream().allMatch(origin -> origin.matches("\\*|https?://[^/\\s]+"))) {
            throw Settings.wrong(Key.CORS_ORIGINS, "must hold origins such as https://app.example, or *");
        }
        String format = settings.oneOf(Key.LOG_FORMAT, "text", "terminal", "file", "json");
        return new WebConfig(hosts, origins, format.equals("json"));
    }

    RateLimitConfig rateLimits() {
        List<Network> proxies = settings.list(Key.TRUSTED_PROXIES).stream()
                .map(text -> Network.parse(text)
                        .orElseThrow(() -> Settings.wrong(
                                Key.TRUSTED_PROXIES, "must hold addresses and ranges such as 10.0.0.0/8")))
                .toList();
        return new RateLimitConfig(
                settings.whole(Key.RATE_LIMIT_API, 0, MOST_REQUESTS),
                settings.whole(Key.RATE_LIMIT_RESOLVE, 0, MOST_REQUESTS),
                settings.whole(Key.RATE_LIMIT_GIT, 0, MOST_REQUESTS),
                settings.whole(Key.RATE_LIMIT_XET, 0, MOST_REQUESTS),
                settings.whole(Key.RATE_LIMIT_AUTH, 0, MOST_REQUESTS),
                settings.seconds(Key.RATE_LIMIT_WINDOW_SECONDS, 86_400),
                proxies);
    }

    S3Config s3() {
        settings.oneOf(Key.S3_SIGNATURE_VERSION, "", "s3v4");
        return new S3Config(
                settings.requiredAddress(Key.S3_ENDPOINT),
                settings.address(Key.S3_PUBLIC_ENDPOINT),
                settings.flag(Key.S3_FOLLOW_CALLER),
                required(Key.S3_ACCESS_KEY),
                new Secret(required(Key.S3_SECRET_KEY)),
                settings.text(Key.S3_BUCKET),
                settings.text(Key.S3_REGION),
                settings.flag(Key.S3_FORCE_PATH_STYLE),
                settings.seconds(Key.S3_PRESIGN_SECONDS, LONGEST_SECONDS));
    }

    private String required(Key key) {
        return settings.optional(key).orElseThrow(() -> Settings.wrong(key, "is not set"));
    }

    LfsConfig lfs() {
        return new LfsConfig(
                settings.whole(Key.LFS_THRESHOLD_BYTES, 1, Long.MAX_VALUE),
                settings.whole(Key.LFS_MULTIPART_THRESHOLD_BYTES, 1, Long.MAX_VALUE),
                settings.whole(Key.LFS_MULTIPART_CHUNK_SIZE_BYTES, 1, Long.MAX_VALUE),
                (int) settings.whole(Key.LFS_KEEP_VERSIONS, 1, 1_000_000),
                settings.flag(Key.LFS_AUTO_GC));
    }

    DownloadConfig downloads() {
        return new DownloadConfig(
                settings.seconds(Key.DOWNLOAD_TIME_BUCKET_SECONDS, LONGEST_SECONDS),
                Duration.ofDays(settings.whole(Key.DOWNLOAD_KEEP_SESSIONS_DAYS, 1, 3650)));
    }

    XetConfig xet() {
        String materialize = settings.oneOf(Key.XET_MATERIALIZE, "never", "on-demand", "always");
        return new XetConfig(
                settings.text(Key.XET_EPOCH),
                XetConfig.Materialize.valueOf(
                        materialize.toUpperCase(Locale.ROOT).replace('-', '_')),
                settings.flag(Key.XET_CONVERT),
                settings.flag(Key.XET_DROP_LFS_COPY));
    }

    GitConfig git() {
        return new GitConfig(Duration.ofDays(settings.whole(Key.DELETED_BRANCH_DAYS, 0, 36_500)));
    }

    KernelConfig kernels() {
        return new KernelConfig(Set.copyOf(settings.list(Key.TRUSTED_KERNEL_PUBLISHERS)));
    }

    AccountConfig account() {
        return new AccountConfig(
                settings.flag(Key.REQUIRE_EMAIL_VERIFICATION),
                settings.flag(Key.INVITATION_ONLY),
                settings.secret(Key.SESSION_SECRET),
                Duration.ofHours(settings.whole(Key.SESSION_EXPIRE_HOURS, 1, LONGEST_HOURS)),
                Duration.ofDays(settings.whole(Key.TOKEN_EXPIRE_DAYS, 1, 36_500)));
    }

    AdminConfig admin() {
        return new AdminConfig(settings.flag(Key.ADMIN_ENABLED), settings.secret(Key.ADMIN_SECRET_TOKEN));
    }

    QuotaConfig quota() {
        return new QuotaConfig(
                settings.bytes(Key.DEFAULT_USER_PRIVATE_QUOTA_BYTES),
                settings.bytes(Key.DEFAULT_USER_PUBLIC_QUOTA_BYTES),
                settings.bytes(Key.DEFAULT_ORG_PRIVATE_QUOTA_BYTES),
                settings.bytes(Key.DEFAULT_ORG_PUBLIC_QUOTA_BYTES));
    }

    FallbackConfig fallback() {
        return new FallbackConfig(
                settings.flag(Key.FALLBACK_ENABLED),
                settings.seconds(Key.FALLBACK_CACHE_TTL, LONGEST_SECONDS),
                settings.seconds(Key.FALLBACK_TIMEOUT, 3600),
                (int) settings.whole(Key.FALLBACK_MAX_CONCURRENT, 1, 1000),
                Fallbacks.parse(settings.text(Key.FALLBACK_SOURCES)));
    }

    ViewerConfig viewer() {
        long atOnce = settings.whole(Key.DATASET_VIEWER_MAX_BYTES, 1, Long.MAX_VALUE);
        long kept = settings.whole(Key.DATASET_VIEWER_CACHE_BYTES, 1, Long.MAX_VALUE);
        int workers = (int) settings.whole(Key.DATASET_VIEWER_WORKERS, 1, 64);
        if (kept / workers < atOnce) {
            throw Settings.wrong(
                    Key.DATASET_VIEWER_CACHE_BYTES,
                    "must have room for KOHAKU_HUB_DATASET_VIEWER_MAX_BYTES for each of"
                            + " KOHAKU_HUB_DATASET_VIEWER_WORKERS");
        }
        return new ViewerConfig(
                !settings.flag(Key.DISABLE_DATASET_VIEWER),
                workers,
                settings.whole(Key.DATASET_VIEWER_MEMORY_BYTES, 64L << 20, Long.MAX_VALUE),
                settings.seconds(Key.DATASET_VIEWER_TIMEOUT, 600),
                atOnce,
                kept);
    }

    SmtpConfig smtp() {
        return new SmtpConfig(
                settings.flag(Key.SMTP_ENABLED),
                settings.text(Key.SMTP_HOST),
                (int) settings.whole(Key.SMTP_PORT, 1, 65_535),
                settings.text(Key.SMTP_USERNAME),
                settings.secret(Key.SMTP_PASSWORD),
                settings.text(Key.SMTP_FROM),
                settings.flag(Key.SMTP_TLS));
    }

    WebhookConfig webhook() {
        return new WebhookConfig(settings.list(Key.WEBHOOK_ALLOWED_NETWORKS));
    }

    LakeFsConfig lakeFs() {
        return new LakeFsConfig(
                settings.address(Key.LAKEFS_ENDPOINT),
                settings.text(Key.LAKEFS_ACCESS_KEY),
                settings.secret(Key.LAKEFS_SECRET_KEY),
                settings.text(Key.LAKEFS_REPO_NAMESPACE));
    }

    /** The database is opened by who reads the address; here the two settings must agree. */
    void checkDatabase() {
        String backend = settings.oneOf(Key.DB_BACKEND, "sqlite", "postgres", "postgresql");
        String url = settings.text(Key.DATABASE_URL).toLowerCase(Locale.ROOT).replaceFirst("^jdbc:", "");
        boolean sqlite = url.startsWith("sqlite:");
        if (!sqlite && !url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw Settings.wrong(Key.DATABASE_URL, "must begin with sqlite:/// or postgresql://");
        }
        if (settings.isSet(Key.DB_BACKEND) && sqlite != backend.equals("sqlite")) {
            throw Settings.wrong(Key.DB_BACKEND, "is " + backend + ", which KOHAKU_HUB_DATABASE_URL contradicts");
        }
    }
}
