package org.kohakuhub.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.kohakuhub.common.FreePorts;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.config.Secret;

/** The embedded object store on a folder of its own: one process for all tests of a JVM, ended with it. */
public final class RunningS3Proxy {
    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret";
    private static final Duration START = Duration.ofSeconds(30);

    private static RunningS3Proxy shared;

    private final URI endpoint;

    private RunningS3Proxy(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The one of this JVM, started by the first who asks. */
    public static synchronized RunningS3Proxy shared() {
        if (shared == null) {
            try {
                shared = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Settings for a bucket of this store, which is not made yet. */
    public S3Config config(String bucket) {
        return config(bucket, Optional.empty(), false);
    }

    S3Config config(String bucket, Optional<URI> publicEndpoint, boolean followCaller) {
        return new S3Config(
                endpoint,
                publicEndpoint,
                followCaller,
                ACCESS_KEY,
                new Secret(SECRET_KEY),
                bucket,
                "us-east-1",
                true,
                Duration.ofHours(1));
    }

    /** An object store on a new bucket. */
    public ObjectStore store(String bucket) {
        S3ObjectStore store = new S3ObjectStore(config(bucket));
        store.openBucket();
        return store;
    }

    private static RunningS3Proxy start() throws IOException {
        Path folder = Files.createTempDirectory("s3proxy");
        Path data = Files.createDirectory(folder.resolve("data"));
        URI endpoint = URI.create("http://127.0.0.1:" + FreePorts.one());
        Path settings = Files.writeString(
                folder.resolve("s3proxy.conf"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + endpoint,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + data));
        Path logging = Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name='out' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
                        + "<pattern>%level %logger{0} %msg%n</pattern></encoder></appender>"
                        + "<root level='WARN'><appender-ref ref='out'/></root></configuration>");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        jars() + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
        awaitListening(endpoint, process, log);
        return new RunningS3Proxy(endpoint);
    }

    private static Path jars() {
        Path jars = Path.of(System.getProperty("hub.s3proxy.lib", "../server-config/s3proxy/target/lib"));
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException("No jars of S3Proxy in " + jars.toAbsolutePath()
                    + ": run mvn generate-resources -pl server-config/s3proxy");
        }
        return jars;
    }

    private static void awaitListening(URI endpoint, Process process, Path log) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("S3Proxy does not start: " + Files.readString(log), e);
                }
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while S3Proxy starts", e);
            }
        }
    }

    private static void end(Process process, Path folder) {
        process.destroy();
        process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
