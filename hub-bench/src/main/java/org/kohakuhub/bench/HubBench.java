package org.kohakuhub.bench;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The program: {@code HubBench <base URL> <hub's process id>}. Registers a user, fills repositories, and prints one line a
 * number.
 */
public final class HubBench {
    private static final Duration LOAD = Duration.ofSeconds(8);
    private static final int CONNECTIONS = 8;

    private final PrintStream out;
    private final HubClient hub;

    private HubBench(PrintStream out, HubClient hub) {
        this.out = out;
        this.hub = hub;
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        HubClient hub = HubClient.register(URI.create(arguments[0]));
        HubBench bench = new HubBench(
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
                hub);
        if (arguments.length > 1) {
            bench.memory(Long.parseLong(arguments[1]));
        }
        bench.resolve();
        bench.commits(1_000);
        bench.commits(100_000);
        bench.cloneBeside(10_000);
        if (arguments.length > 1) {
            bench.memory(Long.parseLong(arguments[1]));
        }
    }

    private void print(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
    }

    private void memory(long pid) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8)) {
            if (line.startsWith("VmRSS:")) {
                print("server memory (RSS)              %8.0f MB", Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
            }
        }
    }

    private void resolve() throws Exception {
        String repo = hub.createRepository("bench-resolve");
        hub.commit(repo, 0, 1);
        URI trivial = hub.base().resolve("/api/version");
        URI file = hub.base().resolve("/" + repo + "/resolve/main/" + HubClient.path(0));
        LoadLoop.run(trivial, "GET", CONNECTIONS, Duration.ofSeconds(4)); // compiles the server's code
        LoadLoop.run(file, "HEAD", CONNECTIONS, Duration.ofSeconds(4));
        double baseline = LoadLoop.run(trivial, "GET", CONNECTIONS, LOAD);
        double head = LoadLoop.run(file, "HEAD", CONNECTIONS, LOAD);
        print("trivial JSON answer              %8.0f /s", baseline);
        print("resolve HEAD                     %8.0f /s   %.2f x trivial", head, head / baseline);
    }

    private void commits(int files) throws Exception {
        String repo = hub.createRepository("bench-commit-" + files);
        hub.commit(repo, 0, files);
        Percentiles times = new Percentiles();
        for (int i = 0; i < 230; i++) {
            long start = System.nanoTime();
            hub.commit(repo, files + i, 1);
            if (i >= 30) {
                times.add(System.nanoTime() - start);
            }
        }
        print(
                "commit of one file into %,7d   p50 %5.1f ms  p99 %5.1f ms",
                files, times.millis(0.5), times.millis(0.99));
    }

    private void cloneBeside(int files) throws Exception {
        String repo = hub.createRepository("bench-clone");
        hub.commit(repo, 0, files);
        Path folder = Files.createTempDirectory("hub-bench");
        try {
            URI ours = hub.base().resolve("/" + repo);
            Path mirror = folder.resolve("mirror.git");
            Git.run("clone", "--quiet", "--mirror", ours.toString(), mirror.toString());
            try (GitHttpBackend backend = GitHttpBackend.serve(folder)) {
                URI theirs = backend.base().resolve("/mirror.git");
                Percentiles hubTimes = new Percentiles();
                Percentiles gitTimes = new Percentiles();
                for (int i = 0; i < 7; i++) { // in turns, so that both see the same machine
                    gitTimes.add(cloneTime(theirs, folder.resolve("theirs" + i)));
                    hubTimes.add(cloneTime(ours, folder.resolve("ours" + i)));
                }
                print(
                        "clone of %,d files               %8.0f ms   %.2f x git http-backend (%.0f ms)",
                        files, hubTimes.millis(0.5), hubTimes.millis(0.5) / gitTimes.millis(0.5), gitTimes.millis(0.5));
            }
        } finally {
            Git.delete(folder);
        }
    }

    private static long cloneTime(URI from, Path to) throws Exception {
        return Git.time("clone", "--quiet", "--bare", from.toString(), to.toString());
    }
}
