package org.kohakuhub.config;

import java.util.Locale;

/** One setting. The table in docs/configuration.md is this list. */
enum Key {
    BASE_URL("app.base_url", "http://localhost:48888"),
    API_BASE("app.api_base", "/api"),
    SITE_NAME("app.site_name", "KohakuHub"),
    ALLOWED_HOSTS("app.allowed_hosts", ""),
    CORS_ORIGINS("app.cors_origins", ""),
    TRUSTED_PROXIES("app.trusted_proxies", "127.0.0.0/8,::1"),
    RATE_LIMIT_API("rate_limit.api", "0"),
    RATE_LIMIT_RESOLVE("rate_limit.resolve", "0"),
    RATE_LIMIT_GIT("rate_limit.git", "0"),
    RATE_LIMIT_XET("rate_limit.xet", "0"),
    RATE_LIMIT_AUTH("rate_limit.auth", "100"),
    RATE_LIMIT_WINDOW_SECONDS("rate_limit.window_seconds", "300"),
    DEBUG_LOG_PAYLOADS("app.debug_log_payloads", "false"),
    LOG_FORMAT("app.log_format", "text"),
    DB_BACKEND("app.db_backend", "sqlite"),
    DATABASE_URL("app.database_url", "sqlite:///./hub.db"),
    S3_ENDPOINT("s3.endpoint", "http://localhost:9000"),
    S3_PUBLIC_ENDPOINT("s3.public_endpoint", ""),
    S3_FOLLOW_CALLER("s3.follow_caller", "false"),
    S3_ACCESS_KEY("s3.access_key", ""),
    S3_SECRET_KEY("s3.secret_key", ""),
    S3_BUCKET("s3.bucket", "hub-storage"),
    S3_REGION("s3.region", "us-east-1"),
    S3_SIGNATURE_VERSION("s3.signature_version", ""),
    S3_FORCE_PATH_STYLE("s3.force_path_style", "true"),
    S3_PRESIGN_SECONDS("s3.presign_seconds", "3600"),
    LFS_THRESHOLD_BYTES("app.lfs_threshold_bytes", "5242880"),
    LFS_MULTIPART_THRESHOLD_BYTES("app.lfs_multipart_threshold_bytes", "104857600"),
    LFS_MULTIPART_CHUNK_SIZE_BYTES("app.lfs_multipart_chunk_size_bytes", "52428800"),
    LFS_KEEP_VERSIONS("app.lfs_keep_versions", "5"),
    LFS_AUTO_GC("app.lfs_auto_gc", "false"),
    DOWNLOAD_TIME_BUCKET_SECONDS("app.download_time_bucket_seconds", "900"),
    DOWNLOAD_KEEP_SESSIONS_DAYS("app.download_keep_sessions_days", "30"),
    XET_EPOCH("xet.epoch", "e1"),
    XET_MATERIALIZE("xet.materialize", "never"),
    XET_CONVERT("xet.convert", "false"),
    XET_DROP_LFS_COPY("xet.drop_lfs_copy", "false"),
    DELETED_BRANCH_DAYS("app.deleted_branch_days", "30"),
    TRUSTED_KERNEL_PUBLISHERS("app.trusted_kernel_publishers", ""),
    REQUIRE_EMAIL_VERIFICATION("auth.require_email_verification", "false"),
    INVITATION_ONLY("auth.invitation_only", "false"),
    SESSION_SECRET("auth.session_secret", ""),
    SESSION_EXPIRE_HOURS("auth.session_expire_hours", "168"),
    TOKEN_EXPIRE_DAYS("auth.token_expire_days", "365"),
    ADMIN_ENABLED("admin.enabled", "true"),
    ADMIN_SECRET_TOKEN("admin.secret_token", ""),
    DEFAULT_USER_PRIVATE_QUOTA_BYTES("quota.default_user_private_quota_bytes", ""),
    DEFAULT_USER_PUBLIC_QUOTA_BYTES("quota.default_user_public_quota_bytes", ""),
    DEFAULT_ORG_PRIVATE_QUOTA_BYTES("quota.default_org_private_quota_bytes", ""),
    DEFAULT_ORG_PUBLIC_QUOTA_BYTES("quota.default_org_public_quota_bytes", ""),
    FALLBACK_ENABLED("fallback.enabled", "true"),
    FALLBACK_CACHE_TTL("fallback.cache_ttl_seconds", "300"),
    FALLBACK_TIMEOUT("fallback.timeout_seconds", "10"),
    FALLBACK_MAX_CONCURRENT("fallback.max_concurrent_requests", "5"),
    FALLBACK_SOURCES("fallback.sources", "[]"),
    SMTP_ENABLED("smtp.enabled", "false"),
    SMTP_HOST("smtp.host", "localhost"),
    SMTP_PORT("smtp.port", "587"),
    SMTP_USERNAME("smtp.username", ""),
    SMTP_PASSWORD("smtp.password", ""),
    SMTP_FROM("smtp.from_email", "noreply@localhost"),
    SMTP_TLS("smtp.use_tls", "true"),
    DISABLE_DATASET_VIEWER("dataset_viewer.disable", "false"),
    DATASET_VIEWER_WORKERS("dataset_viewer.workers", "2"),
    DATASET_VIEWER_MEMORY_BYTES("dataset_viewer.memory_bytes", "536870912"),
    DATASET_VIEWER_TIMEOUT("dataset_viewer.timeout_seconds", "15"),
    DATASET_VIEWER_MAX_BYTES("dataset_viewer.max_bytes", "536870912"),
    DATASET_VIEWER_CACHE_BYTES("dataset_viewer.cache_bytes", "4294967296"),
    WEBHOOK_ALLOWED_NETWORKS("webhook.allowed_networks", ""),
    LAKEFS_ENDPOINT("lakefs.endpoint", ""),
    LAKEFS_ACCESS_KEY("lakefs.access_key", ""),
    LAKEFS_SECRET_KEY("lakefs.secret_key", ""),
    LAKEFS_REPO_NAMESPACE("lakefs.repo_namespace", "hf");

    private final String toml;
    private final String byDefault;

    Key(String toml, String byDefault) {
        this.toml = toml;
        this.byDefault = byDefault;
    }

    /** The environment variable, {@code KOHAKU_HUB_S3_ENDPOINT}. */
    String variable() {
        return "KOHAKU_HUB_" + name();
    }

    /** The same as MicroProfile Config spells it, {@code kohaku.hub.s3.endpoint}; also the system property. */
    String property() {
        return variable().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Table and name in the TOML file, {@code s3.endpoint}. */
    String toml() {
        return toml;
    }

    /** The value without any setting; blank means none. */
    String byDefault() {
        return byDefault;
    }
}
