package org.kohakuhub.it;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kohakuhub.common.FreePorts;

/** A hub on a data folder and ports of its own, which its test may set up as it likes, kill and start again. */
public final class OwnHub implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    private final Path data;
    private final List<Integer> ports;
    private final String adminToken = RunningHub.newName("admin");
    private final Shell shell;

    /** Nothing runs yet; {@code settings} are environment variables. */
    public OwnHub(Path data, Map<String, String> settings) {
        this.data = data;
        Shell with = Shell.in(RunningHub.home()).with("KOHAKU_HUB_ADMIN_SECRET_TOKEN", adminToken);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            with = with.with(setting.getKey(), setting.getValue());
        }
        this.shell = with;
        this.ports = FreePorts.some(2);
    }

    /** Starts it, also again on what it left. */
    public RunningHub start() {
        shell.run(
                "./hub",
                "start",
                "--detach",
                "--data",
                data.toString(),
                "--port",
                ports.get(0).toString(),
                "--s3-port",
                ports.get(1).toString());
        return RunningHub.at(URI.create("http://127.0.0.1:" + ports.get(0)), adminToken, data);
    }

    /** Ends the server as a power cut would, and waits until its object store is down too. */
    public void kill() throws InterruptedException {
        ProcessHandle.of(RunningHub.serverPid(data).orElseThrow()).orElseThrow().destroyForcibly();
        long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
        while (Files.exists(data.resolve("run/hub.pid"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the hub on " + data + " still runs");
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        shell.attempt("./hub", "stop", "--data", data.toString());
    }
}
