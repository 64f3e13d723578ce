package org.kohakuhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubConfigTest {
    private static HubConfig with(Map<Key, String> set) {
        return new HubConfig(new Settings(key -> Optional.ofNullable(set.get(key))));
    }

    /** The two without a default are set. */
    private static HubConfig byDefault() {
        return with(Map.of(Key.S3_ACCESS_KEY, "ak", Key.S3_SECRET_KEY, "sk"));
    }

    @Test
    void every_default() {
        HubConfig config = byDefault();

        assertThat(config.site())
                .isEqualTo(new SiteConfig(URI.create("http://localhost:48888"), "/api", "KohakuHub", false));
        assertThat(config.web()).isEqualTo(new WebConfig(Set.of(), Set.of(), false));
        assertThat(config.s3())
                .isEqualTo(new S3Config(
                        URI.create("http://localhost:9000"),
                        Optional.empty(),
                        false,
                        "ak",
                        new Secret("sk"),
                        "hub-storage",
                        "us-east-1",
                        true,
                        Duration.ofHours(1)));
        assertThat(config.lfs()).isEqualTo(new LfsConfig(5L << 20, 100L << 20, 50L << 20, 5, false));
        assertThat(config.downloads()).isEqualTo(new DownloadConfig(Duration.ofMinutes(15), Duration.ofDays(30)));
        assertThat(config.xet()).isEqualTo(new XetConfig("e1", XetConfig.Materialize.NEVER, false, false));
        assertThat(config.git()).isEqualTo(new GitConfig(Duration.ofDays(30)));
        assertThat(config.kernels()).isEqualTo(new KernelConfig(Set.of()));
        assertThat(config.account())
                .isEqualTo(
                        new AccountConfig(false, false, new Secret(""), Duration.ofHours(168), Duration.ofDays(365)));
        assertThat(config.admin()).isEqualTo(new AdminConfig(true, new Secret("")));
        OptionalLong unlimited = OptionalLong.empty();
        assertThat(config.quota()).isEqualTo(new QuotaConfig(unlimited, unlimited, unlimited, unlimited));
        assertThat(config.fallback())
                .isEqualTo(new FallbackConfig(true, Duration.ofMinutes(5), Duration.ofSeconds(10), 5, List.of()));
        assertThat(config.smtp())
                .isEqualTo(new SmtpConfig(false, "localhost", 587, "", new Secret(""), "noreply@localhost", true));
        assertThat(config.webhook().allowedNetworks()).isEmpty();
        assertThat(config.lakeFs()).isEqualTo(new LakeFsConfig(Optional.empty(), "", new Secret(""), "hf"));
    }

    @Test
    void every_key_reaches_its_record() {
        Map<Key, String> set = new EnumMap<>(Key.class);
        set.put(Key.BASE_URL, "https://hub.example/");
        set.put(Key.API_BASE, "/hub/api/");
        set.put(Key.SITE_NAME, "Acme");
        set.put(Key.TRUSTED_PROXIES, "10.0.0.0/8, ::1");
        set.put(Key.RATE_LIMIT_API, "1");
        set.put(Key.RATE_LIMIT_RESOLVE, "2");
        set.put(Key.RATE_LIMIT_GIT, "3");
        set.put(Key.RATE_LIMIT_XET, "4");
        set.put(Key.RATE_LIMIT_AUTH, "5");
        set.put(Key.RATE_LIMIT_WINDOW_SECONDS, "5");
        set.put(Key.DEBUG_LOG_PAYLOADS, "True");
        set.put(Key.ALLOWED_HOSTS, "Hub.LAN, hub2.lan");
        set.put(Key.CORS_ORIGINS, "https://app.example");
        set.put(Key.LOG_FORMAT, "json");
        set.put(Key.DB_BACKEND, "postgres");
        set.put(Key.DATABASE_URL, "postgresql://u:p@db/hub");
        set.put(Key.S3_ENDPOINT, "http://s3:9000");
        set.put(Key.S3_PUBLIC_ENDPOINT, "https://s3.example");
        set.put(Key.S3_FOLLOW_CALLER, "true");
        set.put(Key.S3_ACCESS_KEY, "ak");
        set.put(Key.S3_SECRET_KEY, "sk");
        set.put(Key.S3_BUCKET, "b");
        set.put(Key.S3_REGION, "eu");
        set.put(Key.S3_SIGNATURE_VERSION, "s3v4");
        set.put(Key.S3_FORCE_PATH_STYLE, "false");
        set.put(Key.S3_PRESIGN_SECONDS, "60");
        set.put(Key.LFS_THRESHOLD_BYTES, "1_000");
        set.put(Key.LFS_MULTIPART_THRESHOLD_BYTES, "2000");
        set.put(Key.LFS_MULTIPART_CHUNK_SIZE_BYTES, "6000000");
        set.put(Key.LFS_KEEP_VERSIONS, "7");
        set.put(Key.LFS_AUTO_GC, "yes");
        set.put(Key.DOWNLOAD_TIME_BUCKET_SECONDS, "60");
        set.put(Key.DOWNLOAD_KEEP_SESSIONS_DAYS, "2");
        set.put(Key.XET_EPOCH, "e2");
        set.put(Key.XET_MATERIALIZE, "on-demand");
        set.put(Key.XET_CONVERT, "true");
        set.put(Key.XET_DROP_LFS_COPY, "true");
        set.put(Key.DELETED_BRANCH_DAYS, "8");
        set.put(Key.REQUIRE_EMAIL_VERIFICATION, "true");
        set.put(Key.INVITATION_ONLY, "1");
        set.put(Key.SESSION_SECRET, "s1");
        set.put(Key.SESSION_EXPIRE_HOURS, "2");
        set.put(Key.TOKEN_EXPIRE_DAYS, "3");
        set.put(Key.ADMIN_ENABLED, "false");
        set.put(Key.ADMIN_SECRET_TOKEN, "s2");
        set.put(Key.DEFAULT_USER_PRIVATE_QUOTA_BYTES, "1");
        set.put(Key.DEFAULT_USER_PUBLIC_QUOTA_BYTES, "2");
        set.put(Key.DEFAULT_ORG_PRIVATE_QUOTA_BYTES, "3");
        set.put(Key.DEFAULT_ORG_PUBLIC_QUOTA_BYTES, "4");
        set.put(Key.FALLBACK_ENABLED, "false");
        set.put(Key.FALLBACK_CACHE_TTL, "5");
        set.put(Key.FALLBACK_TIMEOUT, "6");
        set.put(Key.FALLBACK_MAX_CONCURRENT, "7");
        set.put(
                Key.FALLBACK_SOURCES,
                "[{\"url\":\"https://hf.example/\",\"name\":\"HF\",\"priority\":1,\"token\":\"t\"}]");
        set.put(Key.SMTP_ENABLED, "true");
        set.put(Key.SMTP_HOST, "mail");
        set.put(Key.SMTP_PORT, "25");
        set.put(Key.SMTP_USERNAME, "u");
        set.put(Key.SMTP_PASSWORD, "p");
        set.put(Key.SMTP_FROM, "hub@acme.example");
        set.put(Key.SMTP_TLS, "false");
        set.put(Key.DISABLE_DATASET_VIEWER, "true");
        set.put(Key.DATASET_VIEWER_WORKERS, "3");
        set.put(Key.DATASET_VIEWER_MEMORY_BYTES, "100000000");
        set.put(Key.DATASET_VIEWER_TIMEOUT, "8");
        set.put(Key.DATASET_VIEWER_MAX_BYTES, "9");
        set.put(Key.DATASET_VIEWER_CACHE_BYTES, "27");
        set.put(Key.WEBHOOK_ALLOWED_NETWORKS, "10.1.0.0/16, fd00::/8");
        set.put(Key.TRUSTED_KERNEL_PUBLISHERS, "acme, lab");
        set.put(Key.LAKEFS_ENDPOINT, "http://lake:8000");
        set.put(Key.LAKEFS_ACCESS_KEY, "la");
        set.put(Key.LAKEFS_SECRET_KEY, "ls");
        set.put(Key.LAKEFS_REPO_NAMESPACE, "hub");
        assertThat(set.keySet()).containsExactlyInAnyOrder(Key.values());
        HubConfig config = with(set);

        assertThat(config.site())
                .isEqualTo(new SiteConfig(URI.create("https://hub.example"), "/hub/api", "Acme", true));
        RateLimitConfig limits = config.rateLimits();
        assertThat(limits)
                .isEqualTo(new RateLimitConfig(1, 2, 3, 4, 5, Duration.ofSeconds(5), limits.trustedProxies()));
        assertThat(limits.trustedProxies()).hasSize(2);
        assertThat(config.viewer()).isEqualTo(new ViewerConfig(false, 3, 100_000_000, Duration.ofSeconds(8), 9, 27));
        assertThat(config.web())
                .isEqualTo(new WebConfig(Set.of("hub.lan", "hub2.lan"), Set.of("https://app.example"), true));
        assertThat(config.s3())
                .isEqualTo(new S3Config(
                        URI.create("http://s3:9000"),
                        Optional.of(URI.create("https://s3.example")),
                        true,
                        "ak",
                        new Secret("sk"),
                        "b",
                        "eu",
                        false,
                        Duration.ofMinutes(1)));
        assertThat(config.lfs()).isEqualTo(new LfsConfig(1000, 2000, 6_000_000, 7, true));
        assertThat(config.downloads()).isEqualTo(new DownloadConfig(Duration.ofMinutes(1), Duration.ofDays(2)));
        assertThat(config.xet()).isEqualTo(new XetConfig("e2", XetConfig.Materialize.ON_DEMAND, true, true));
        assertThat(config.git()).isEqualTo(new GitConfig(Duration.ofDays(8)));
        assertThat(config.kernels()).isEqualTo(new KernelConfig(Set.of("acme", "lab")));
        assertThat(config.account())
                .isEqualTo(new AccountConfig(true, true, new Secret("s1"), Duration.ofHours(2), Duration.ofDays(3)));
        assertThat(config.admin()).isEqualTo(new AdminConfig(false, new Secret("s2")));
        assertThat(config.quota())
                .isEqualTo(new QuotaConfig(
                        OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3), OptionalLong.of(4)));
        FallbackConfig.Source source =
                new FallbackConfig.Source(URI.create("https://hf.example"), new Secret("t"), 1, "HF", "huggingface");
        assertThat(config.fallback())
                .isEqualTo(new FallbackConfig(false, Duration.ofSeconds(5), Duration.ofSeconds(6), 7, List.of(source)));
        assertThat(config.smtp())
                .isEqualTo(new SmtpConfig(true, "mail", 25, "u", new Secret("p"), "hub@acme.example", false));
        assertThat(config.lakeFs())
                .isEqualTo(
                        new LakeFsConfig(Optional.of(URI.create("http://lake:8000")), "la", new Secret("ls"), "hub"));
        config.checkDatabase();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "BASE_URL, hub.example",
        "BASE_URL, ftp://hub.example",
        "BASE_URL, http://hub.example/path",
        "BASE_URL, http://hub example",
        "BASE_URL, http://hub.example:99999",
        "API_BASE, api",
        "API_BASE, /a b",
        "DEBUG_LOG_PAYLOADS, maybe",
        "CORS_ORIGINS, app.example",
        "LOG_FORMAT, xml",
        "DB_BACKEND, mysql",
        "DB_BACKEND, postgres",
        "DATABASE_URL, mysql://db/hub",
        "S3_ENDPOINT, localhost:9000",
        "S3_PUBLIC_ENDPOINT, //s3.example",
        "S3_SIGNATURE_VERSION, s3v2",
        "S3_FORCE_PATH_STYLE, 2",
        "S3_PRESIGN_SECONDS, 0",
        "S3_PRESIGN_SECONDS, 604801",
        "LFS_THRESHOLD_BYTES, 5MB",
        "LFS_THRESHOLD_BYTES, 0",
        "LFS_MULTIPART_CHUNK_SIZE_BYTES, 1000",
        "LFS_KEEP_VERSIONS, -1",
        "SESSION_EXPIRE_HOURS, 0",
        "TOKEN_EXPIRE_DAYS, forever",
        "DEFAULT_USER_PRIVATE_QUOTA_BYTES, lots",
        "FALLBACK_SOURCES, {}",
        "FALLBACK_SOURCES, [{}]",
        "FALLBACK_SOURCES, [1]",
        "FALLBACK_TIMEOUT, 0",
        "SMTP_PORT, 70000",
        "WEBHOOK_ALLOWED_NETWORKS, localhost",
        "LAKEFS_ENDPOINT, lake",
    })
    void a_wrong_value_is_refused_by_a_sentence_that_names_its_variable(Key key, String value) {
        Map<Key, String> set = new EnumMap<>(Map.of(Key.S3_ACCESS_KEY, "ak", Key.S3_SECRET_KEY, "sk"));
        set.put(key, value);

        ConfigCheck check = ConfigCheck.of(settings(set), TomlFile.NONE);

        assertThat(check.problems())
                .singleElement()
                .asString()
                .contains(key.variable())
                .doesNotContain("\n");
    }

    @Test
    void all_wrong_values_are_named_at_once() {
        Map<Key, String> set = Map.of(Key.SMTP_PORT, "x", Key.S3_ENDPOINT, "y");

        assertThat(ConfigCheck.of(settings(set), TomlFile.NONE).problems())
                .anyMatch(line -> line.contains("KOHAKU_HUB_SMTP_PORT"))
                .anyMatch(line -> line.contains("KOHAKU_HUB_S3_ENDPOINT"));
        assertThat(ConfigCheck.of(settings(Map.of()), TomlFile.NONE).problems())
                .containsExactly("KOHAKU_HUB_S3_ACCESS_KEY is not set");
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "SESSION_SECRET, change-me-in-production",
        "ADMIN_SECRET_TOKEN, CHANGE-ME-GENERATE-RANDOM",
        "S3_SECRET_KEY, minioadmin",
        "LAKEFS_SECRET_KEY, test-secret-key"
    })
    void a_secret_that_everybody_knows_stops_a_hub_that_can_be_reached(Key key, String value) {
        Map<Key, String> set =
                new EnumMap<>(Map.of(Key.S3_ACCESS_KEY, "ak", Key.S3_SECRET_KEY, "sk", Key.SESSION_SECRET, "own"));
        set.put(key, value);

        set.put(Key.BASE_URL, "http://127.0.0.1:48888");
        ConfigCheck atHome = ConfigCheck.of(settings(set), TomlFile.NONE);
        set.put(Key.BASE_URL, "https://hub.example");
        ConfigCheck outside = ConfigCheck.of(settings(set), TomlFile.NONE);

        assertThat(atHome.problems()).isEmpty();
        assertThat(atHome.warnings()).anyMatch(line -> line.contains(key.variable()));
        assertThat(outside.problems())
                .singleElement()
                .asString()
                .contains(key.variable())
                .doesNotContain(value);
    }

    @Test
    void a_hub_that_can_be_reached_needs_a_session_secret() {
        Map<Key, String> set = new EnumMap<>(Map.of(Key.S3_ACCESS_KEY, "ak", Key.S3_SECRET_KEY, "sk"));
        assertThat(ConfigCheck.of(settings(set), TomlFile.NONE).problems()).isEmpty();

        set.put(Key.BASE_URL, "https://hub.example");
        assertThat(ConfigCheck.of(settings(set), TomlFile.NONE).problems())
                .containsExactly("KOHAKU_HUB_SESSION_SECRET is not set");
    }

    @Test
    void verified_addresses_need_mail() {
        Map<Key, String> set =
                Map.of(Key.S3_ACCESS_KEY, "ak", Key.S3_SECRET_KEY, "sk", Key.REQUIRE_EMAIL_VERIFICATION, "true");

        assertThat(ConfigCheck.of(settings(set), TomlFile.NONE).problems())
                .singleElement()
                .asString()
                .contains("KOHAKU_HUB_REQUIRE_EMAIL_VERIFICATION", "KOHAKU_HUB_SMTP_ENABLED");
    }

    @Test
    void a_blank_setting_is_none() {
        assertThat(with(Map.of(Key.SITE_NAME, "  ")).site().name()).isEqualTo("KohakuHub");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of(Key.S3_ACCESS_KEY, " ")).s3());
    }

    @Test
    void secrets_do_not_print() {
        assertThat(byDefault().s3().toString()).doesNotContain("sk").contains("***");
    }

    private static Settings settings(Map<Key, String> set) {
        Function<Key, Optional<String>> lookup = key -> Optional.ofNullable(set.get(key));
        return new Settings(lookup);
    }
}
