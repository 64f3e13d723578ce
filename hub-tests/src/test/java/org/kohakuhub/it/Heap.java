package org.kohakuhub.it;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the hub's server keeps in memory once the garbage is out; unknown where its process is. */
public record Heap(OptionalLong kilobytes) {
    private static final Pattern USED =
            Pattern.compile("total (?:reserved )?\\d+K, (?:committed \\d+K, )?used (\\d+)K");

    /** Collects garbage and looks. */
    public static Heap of(RunningHub hub) {
        return hub.serverPid().map(Heap::of).orElse(new Heap(OptionalLong.empty()));
    }

    private static Heap of(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        Shell shell = Shell.in(RunningHub.home());
        shell.run(jcmd, Long.toString(pid), "GC.run");
        String told = shell.run(jcmd, Long.toString(pid), "GC.heap_info");
        Matcher used = USED.matcher(told);
        if (!used.find()) {
            throw new AssertionError(told);
        }
        return new Heap(OptionalLong.of(Long.parseLong(used.group(1))));
    }

    public boolean isKnown() {
        return kilobytes.isPresent();
    }

    public long megabytes() {
        return kilobytes.getAsLong() >> 10;
    }

    @Override
    public String toString() {
        return isKnown() ? megabytes() + " MB" : "unknown";
    }
}
