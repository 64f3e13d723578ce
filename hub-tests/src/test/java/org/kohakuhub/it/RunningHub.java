package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hub that the deployed tests talk to: one for each test runner. {@code HUB_TEST_BASE_URL} with
 * {@code HUB_TEST_ADMIN_TOKEN} names a running one; else {@code ./hub start} brings one up on free ports and a
 * temporary folder. A hub of one's own must be started with {@link #SETTINGS}.
 */
public final class RunningHub {
    /** Files of this size and more are uploaded in parts of {@link #PART_BYTES}. */
    public static final long MULTIPART_BYTES = 32L << 20;

    public static final long PART_BYTES = 10L << 20;

    /** What the tests need to be set in the hub's environment. */
    public static final Map<String, String> SETTINGS = Map.of(
            "KOHAKU_HUB_LFS_MULTIPART_THRESHOLD_BYTES", Long.toString(MULTIPART_BYTES),
            "KOHAKU_HUB_LFS_MULTIPART_CHUNK_SIZE_BYTES", Long.toString(PART_BYTES),
            "KOHAKU_HUB_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1/32", // where the tests' receivers listen
            "KOHAKU_HUB_TRUSTED_KERNEL_PUBLISHERS", "trusted-kernels",
            "KOHAKU_HUB_RATE_LIMIT_AUTH", "0", // all tests share one address, and some guess
            "KOHAKU_HUB_DATASET_VIEWER_TIMEOUT", "6");

    private static final SecureRandom RANDOM = new SecureRandom();

    private static RunningHub shared;

    private final URI base;
    private final String adminToken;
    private final Path data;

    private RunningHub(URI base, String adminToken, Path data) {
        this.base = base;
        this.adminToken = adminToken;
        this.data = data;
    }

    /** A hub that somebody started on this data folder. */
    static RunningHub at(URI base, String adminToken, Path data) {
        return new RunningHub(base, adminToken, data);
    }

    /** The hub of this test runner; started by the first who asks. */
    public static synchronized RunningHub shared() {
        if (shared == null) {
            String url = System.getenv("HUB_TEST_BASE_URL");
            shared = url == null ? start() : foreign(URI.create(url));
        }
        return shared;
    }

    private static RunningHub foreign(URI base) {
        Map<String, String> env = System.getenv();
        String data = env.get("HUB_TEST_DATA");
        return at(base, env.getOrDefault("HUB_TEST_ADMIN_TOKEN", ""), data == null ? null : Path.of(data));
    }

    private static RunningHub start() {
        try {
            Path data = Files.createTempDirectory("hub-test");
            OwnHub hub = new OwnHub(data, SETTINGS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                hub.close();
                if (System.getenv("HUB_TEST_KEEP_DATA") == null) {
                    remove(data);
                }
            }));
            return hub.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's folder, where {@code ./hub} is. */
    public static Path home() {
        return Path.of(System.getProperty("hub.home", "..")).toAbsolutePath().normalize();
    }

    /** The process of the server, if the hub's data folder is known: {@code HUB_TEST_DATA} tells a foreign one's. */
    public Optional<Long> serverPid() {
        return data == null ? Optional.empty() : serverPid(data);
    }

    static Optional<Long> serverPid(Path data) {
        Path file = data.resolve("run/server.pid");
        try {
            return Files.exists(file)
                    ? Optional.of(Long.valueOf(Files.readString(file).strip().split("\\s")[0]))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hub's address, without trailing slash. */
    public URI base() {
        return base;
    }

    /** The address of a path of the hub. */
    public String url(String path) {
        return base + path;
    }

    /** Whether the hub is one that somebody else started: it may hold more than this run's data. */
    public static boolean isForeign() {
        return System.getenv("HUB_TEST_BASE_URL") != null;
    }

    public String adminToken() {
        return adminToken;
    }

    /** A caller without credentials. */
    public HubHttp anonymous() {
        return with(Map.of());
    }

    /** Requests to addresses that the hub handed out, such as the object store's: no credentials, no base. */
    public HubHttp bare() {
        return with(Map.of());
    }

    HubHttp with(Map<String, String> headers) {
        return new HubHttp(base, headers);
    }

    /** Whoever holds the site administrator's token. */
    public HubHttp siteAdmin() {
        return anonymous().with("X-Admin-Token", adminToken);
    }

    /** A bearer of any token, valid or not. */
    public HubHttp bearer(String token) {
        return with(Map.of("Authorization", "Bearer " + token));
    }

    /** A name that nobody has used: letter, then ten random hex digits. */
    public static String newName(String prefix) {
        byte[] random = new byte[5];
        RANDOM.nextBytes(random);
        return prefix + HexFormat.of().formatHex(random);
    }

    /** Registers somebody, logs in and makes an API token, all by the hub's own routes. */
    public HubUser newUser() {
        String name = newName("u");
        String password = "correct horse " + name;
        register(name, password).expect(200);
        Answer login = login(name, password).expect(200);
        Answer made = withCookie(login)
                .post(
                        "/api/auth/tokens/create",
                        Json.createObjectBuilder().add("name", "test").build())
                .expect(200);
        return new HubUser(this, name, password, made.json().getString("token"));
    }

    public Answer register(String name, String password) {
        return anonymous()
                .post(
                        "/api/auth/register",
                        Json.createObjectBuilder()
                                .add("username", name)
                                .add("email", name + "@example.org")
                                .add("password", password)
                                .build());
    }

    public Answer login(String name, String password) {
        return anonymous()
                .post(
                        "/api/auth/login",
                        Json.createObjectBuilder()
                                .add("username", name)
                                .add("password", password)
                                .build());
    }

    /** The caller whom a login made. */
    public HubHttp withCookie(Answer login) {
        String cookie = login.header("Set-Cookie");
        assertThat(cookie).startsWith("session_id=");
        return with(Map.of("Cookie", cookie.substring(0, cookie.indexOf(';'))));
    }

    /** The Python client of this version, not logged in. */
    public HfClient stranger(String version, Path home) {
        return HfClient.of(this, "hf-" + version, "", home);
    }
}
