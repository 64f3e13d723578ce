package org.kohakuhub.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The program: {@code GitBench <base URL> <hub's process id> <objects> <files> <most files>}. A large repository, a wide one
 * and a small one through git, each beside {@code git http-backend} on the same objects, in turns so that both see the same
 * machine; then the API's commits and listing. Zero leaves a part out.
 */
public final class GitBench {
    private static final int ROUNDS = 5;
    private static final int PUSHES = 7;
    private static final int FETCHES = 7;
    private static final Duration LOAD = Duration.ofSeconds(8);
    private static final int CONNECTIONS = 4;

    /** A commit request holds so many files at most here. */
    private static final int AT_ONCE = 100_000;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final HubClient hub;
    private final long server;
    private final Path folder;
    private final GitHttpBackend git;

    private GitBench(HubClient hub, long server, Path folder, GitHttpBackend git) {
        this.hub = hub;
        this.server = server;
        this.folder = folder;
        this.git = git;
    }

    private interface Timed {
        long nanos(int round) throws Exception;
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("hub-bench");
        try (GitHttpBackend git = GitHttpBackend.serve(folder)) {
            HubClient hub = HubClient.register(URI.create(arguments[0]));
            GitBench bench = new GitBench(hub, Long.parseLong(arguments[1]), folder, git);
            int objects = Integer.parseInt(arguments[2]);
            int files = Integer.parseInt(arguments[3]);
            bench.small();
            if (objects > 0) {
                bench.large(objects);
            }
            bench.commits(1_000);
            if (files > 0) {
                bench.wide(files);
            }
            if (Integer.parseInt(arguments[4]) > 0) {
                bench.commits(Integer.parseInt(arguments[4]));
            }
        } finally {
            Git.delete(folder);
        }
    }

    private void print(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
    }

    /** Runs both in turns; what counts is the middle of each one's times. */
    private void beside(String what, int rounds, Timed ours, Timed theirs) throws Exception {
        Percentiles hubTimes = new Percentiles();
        Percentiles gitTimes = new Percentiles();
        for (int i = 0; i < rounds; i++) {
            gitTimes.add(theirs.nanos(i));
            hubTimes.add(ours.nanos(i));
        }
        double hubMs = hubTimes.millis(0.5);
        double gitMs = gitTimes.millis(0.5);
        print("%-46s %8.0f ms   git %8.0f ms   %5.2f x", what, hubMs, gitMs, hubMs / gitMs);
    }

    private void small() throws Exception {
        String repo = hub.createRepository("small");
        hub.commit(repo, 0, 20);
        mirror(repo, "small.git");
        URI ours = hub.base().resolve("/" + repo);
        URI theirs = git.base().resolve("/small.git");
        SmallClones.run(ours, CONNECTIONS, LOAD.multipliedBy(3)); // compiles the server's code
        double gits = SmallClones.run(theirs, CONNECTIONS, LOAD);
        double hubs = SmallClones.run(ours, CONNECTIONS, LOAD);
        print("%-46s %8.0f /s   git %8.0f /s   %5.2f x", "clones of 20 files, requests only", hubs, gits, hubs / gits);
        beside("clone of 20 files, whole program", 9, cloning(ours, "small-ours"), cloning(theirs, "small-theirs"));
    }

    private void large(int objects) throws Exception {
        Path history = SyntheticHistory.make(folder, objects);
        String counted =
                Git.run("-C", history.toString(), "count-objects", "-v").replace('\n', ',');
        print("history: %s", counted);
        String[] pushed = new String[PUSHES];
        for (int i = 0; i < PUSHES; i++) {
            pushed[i] = hub.createRepository("large" + i);
            for (String checks : new String[] {"checked", "unchecked"}) {
                Path bare = folder.resolve(checks + i + ".git");
                Git.run("init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
                Git.run("-C", bare.toString(), "config", "http.receivepack", "true");
                Git.run("-C", bare.toString(), "config", "receive.fsckObjects", "" + checks.equals("checked"));
            }
        }
        Percentiles unchecked = new Percentiles();
        Timed toHub = i -> push(history, hub.authenticated("/" + pushed[i]));
        Timed toGit = i -> {
            settle(); // the hub puts in order what was pushed before
            unchecked.add(push(history, git.base().resolve("/unchecked" + i + ".git")));
            return push(history, git.base().resolve("/checked" + i + ".git"));
        };
        beside("first push of it to a server that just started", 1, toHub, toGit);
        beside(
                "push of it (git with receive.fsckObjects)",
                PUSHES - 1,
                i -> toHub.nanos(i + 1),
                i -> toGit.nanos(i + 1));
        print("%-46s %8s      git %8.0f ms", "  the same without its checks", "", unchecked.millis(0.5));
        URI theirs = git.base().resolve("/history.git");
        URI fresh = hub.base().resolve("/" + pushed[PUSHES - 1]);
        beside("first clone after the push", 1, cloning(fresh, "first-ours"), cloning(theirs, "first-theirs"));
        settle();
        URI ours = hub.base().resolve("/" + pushed[0]);
        Git.run("-C", history.toString(), "config", "uploadpack.allowFilter", "true");
        beside("clone of it, repacked", ROUNDS, cloning(ours, "large-ours"), cloning(theirs, "large-theirs"));
        String[] blobless = {"--filter=blob:none"};
        beside(
                "clone --filter=blob:none of it",
                ROUNDS,
                cloning(ours, "bare-ours", blobless),
                cloning(theirs, "bare-theirs", blobless));
        fetches(pushed[0], history);
    }

    /** One commit by the API, then one fetch of it from either side. */
    private void fetches(String repo, Path mirror) throws Exception {
        URI ours = hub.base().resolve("/" + repo);
        URI theirs = git.base().resolve("/" + mirror.getFileName());
        Path here = folder.resolve("fetch-ours");
        Path there = folder.resolve("fetch-theirs");
        Git.run("clone", "--quiet", "--bare", ours.toString(), here.toString());
        Git.run("clone", "--quiet", "--bare", theirs.toString(), there.toString());
        beside(
                "fetch of one new commit",
                FETCHES,
                i -> Git.time("-C", here.toString(), "fetch", "--quiet", ours.toString(), "+main:main"),
                i -> {
                    hub.commit(repo, 5_000_000 + i, 1);
                    Git.run("-C", mirror.toString(), "fetch", "--quiet", ours.toString(), "+main:main");
                    return Git.time("-C", there.toString(), "fetch", "--quiet", theirs.toString(), "+main:main");
                });
    }

    private void wide(int files) throws Exception {
        String repo = commits(files);
        settle();
        Path mirror = mirror(repo, "wide.git");
        URI ours = hub.base().resolve("/" + repo);
        URI theirs = git.base().resolve("/wide.git");
        beside(
                String.format(Locale.ROOT, "clone of %,d files", files),
                ROUNDS,
                cloning(ours, "wide-ours"),
                cloning(theirs, "wide-theirs"));
        Percentiles listing = new Percentiles();
        Percentiles lsTree = new Percentiles();
        for (int i = 0; i < ROUNDS; i++) {
            lsTree.add(Git.time("-C", mirror.toString(), "ls-tree", "-r", "-l", "main"));
            long start = System.nanoTime();
            hub.list(repo);
            listing.add(System.nanoTime() - start);
        }
        double all = listing.millis(0.5);
        double local = lsTree.millis(0.5);
        print(
                "%-46s %8.0f ms   git %8.0f ms   %5.2f x",
                String.format(Locale.ROOT, "listing of %,d files (git ls-tree -r -l)", files), all, local, all / local);
    }

    private String commits(int files) throws Exception {
        String repo = hub.createRepository("commits" + files);
        for (int from = 0; from < files; from += AT_ONCE) {
            hub.commit(repo, from, Math.min(AT_ONCE, files - from));
        }
        Percentiles times = new Percentiles();
        for (int i = 0; i < 430; i++) {
            long start = System.nanoTime();
            hub.commit(repo, files + i, 1);
            if (i >= 30) {
                times.add(System.nanoTime() - start);
            }
        }
        print(
                "commit of one file into %,9d               p50 %5.1f ms  p99 %5.1f ms",
                files, times.millis(0.5), times.millis(0.99));
        return repo;
    }

    private Path mirror(String repo, String name) throws Exception {
        Path mirror = folder.resolve(name);
        Git.run("clone", "--quiet", "--mirror", hub.base().resolve("/" + repo).toString(), mirror.toString());
        Git.run("-C", mirror.toString(), "repack", "-a", "-d", "-b", "-q");
        return mirror;
    }

    private Timed cloning(URI from, String to, String... options) {
        return round -> {
            Path clone = folder.resolve(to);
            String[] command = new String[options.length + 5];
            command[0] = "clone";
            command[1] = "--quiet";
            command[2] = "--bare";
            System.arraycopy(options, 0, command, 3, options.length);
            command[options.length + 3] = from.toString();
            command[options.length + 4] = clone.toString();
            long nanos = Git.time(command);
            Git.delete(clone);
            return nanos;
        };
    }

    private static long push(Path from, URI to) throws Exception {
        return Git.time("-C", from.toString(), "push", "--quiet", "--force", to.toString(), "main");
    }

    /** Waits until the hub has put in order what was pushed: it is idle for two seconds, or a minute is over. */
    private void settle() throws Exception {
        int idle = 0;
        for (int i = 0; i < 60 && idle < 2; i++) {
            Duration before = processorTime();
            Thread.sleep(1000);
            idle = processorTime().minus(before).toMillis() < 150 ? idle + 1 : 0;
        }
    }

    private Duration processorTime() {
        return ProcessHandle.of(server)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
