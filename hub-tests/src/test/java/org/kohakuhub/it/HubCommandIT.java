package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.common.FreePorts;

/** {@code ./hub start | stop | status}, as an operator uses them and as they are misused. */
class HubCommandIT {
    @TempDir
    Path folder;

    private final Shell shell = Shell.in(RunningHub.home());
    private String data;
    private String port;
    private String storePort;

    @BeforeEach
    void choose() {
        data = folder.resolve("data").toString();
        List<Integer> ports = FreePorts.some(2);
        port = ports.get(0).toString();
        storePort = ports.get(1).toString();
    }

    @Test
    void a_hub_in_the_background_answers_keeps_its_secrets_and_stops() throws IOException {
        String told = start(shell).run();
        try {
            assertThat(told).contains("http://127.0.0.1:" + port).contains(secret("KOHAKU_HUB_ADMIN_SECRET_TOKEN"));
            assertThat(status().out()).startsWith("ready: http://127.0.0.1:" + port);
            assertThat(status().status()).isZero();
            assertThat(modes(Path.of(data, "secrets"))).containsOnly("rw-------");
            assertRefused(start(shell).attempt(), "already runs on");
        } finally {
            shell.run("./hub", "stop", "--data", data);
        }
        assertThat(status().status()).isEqualTo(3);
        String first = secret("KOHAKU_HUB_SESSION_SECRET");

        String again = start(shell.with("KOHAKU_HUB_ADMIN_SECRET_TOKEN", "chosen-by-the-operator"))
                .run();
        shell.run("./hub", "stop", "--data", data);

        assertThat(again).contains("admin token: chosen-by-the-operator");
        assertThat(secret("KOHAKU_HUB_SESSION_SECRET")).isEqualTo(first);
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = Integer.toString(taken.getLocalPort());
            assertRefused(start(shell).attempt(), "port " + port + " is in use");
        }
    }

    @Test
    void the_stores_port_in_use_is_one_clear_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            storePort = Integer.toString(taken.getLocalPort());
            assertRefused(start(shell).attempt(), "port " + storePort + " (embedded object store) is in use");
        }
    }

    @Test
    void one_port_for_both_is_one_clear_line() {
        storePort = port;
        assertRefused(start(shell).attempt(), "--port and --s3-port are both " + port);
    }

    @Test
    void a_jdk_that_is_too_old_is_one_clear_line() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        Shell old = shell.with("JAVA_HOME", folder.resolve("jdk").toString());

        assertRefused(start(old).attempt(), "JDK 17 or newer is needed");
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_one_clear_line() throws IOException {
        data = Files.createFile(folder.resolve("file")).resolve("below").toString();

        assertRefused(start(shell).attempt(), "cannot create the data folder " + data);
    }

    @Test
    void a_wrong_setting_is_named_and_nothing_stays_behind() {
        Shell wrong = shell.with("KOHAKU_HUB_LFS_THRESHOLD_BYTES", "-3");

        assertRefused(start(wrong).attempt(), "KOHAKU_HUB_LFS_THRESHOLD_BYTES");
        assertThat(status().status()).isEqualTo(3);
    }

    @Test
    void a_publicly_known_secret_does_not_go_outside() {
        Shell known = shell.with("KOHAKU_HUB_ADMIN_SECRET_TOKEN", "change-me-in-production");

        assertRefused(start(known, "--host", "0.0.0.0").attempt(), "KOHAKU_HUB_ADMIN_SECRET_TOKEN");
    }

    @Test
    void unknown_words_are_one_clear_line() {
        assertRefused(shell.attempt("./hub", "start", "--prot", port), "unknown option of start: --prot");
        assertRefused(shell.attempt("./hub", "start", "--port", "eighty"), "--port needs a number");
        assertRefused(shell.attempt("./hub", "start", "--server", "tomcat"), "--server is");
        assertRefused(shell.attempt("./hub", "stop", "--data", data), "no hub runs on " + data);
    }

    private Command start(Shell with, String... more) {
        List<String> line =
                List.of("./hub", "start", "--detach", "--data", data, "--port", port, "--s3-port", storePort);
        return new Command(with, Stream.concat(line.stream(), Stream.of(more)).toList());
    }

    private record Command(Shell shell, List<String> line) {
        String run() {
            return shell.run(line.toArray(String[]::new));
        }

        Shell.Result attempt() {
            return shell.attempt(line.toArray(String[]::new));
        }
    }

    private Shell.Result status() {
        return shell.attempt("./hub", "status", "--data", data);
    }

    private static void assertRefused(Shell.Result result, String reason) {
        assertThat(result.status()).as("%s", result).isPositive();
        assertThat(result.err().lines().filter(line -> line.startsWith("hub: ")))
                .as("%s", result)
                .singleElement()
                .asString()
                .contains(reason);
    }

    private String secret(String name) throws IOException {
        return Files.readString(Path.of(data, "secrets", name)).strip();
    }

    private static List<String> modes(Path secrets) throws IOException {
        try (Stream<Path> files = Files.list(secrets)) {
            return files.map(HubCommandIT::mode).toList();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
