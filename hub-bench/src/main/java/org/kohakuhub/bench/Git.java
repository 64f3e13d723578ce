package org.kohakuhub.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The git program. */
final class Git {
    private Git() {}

    /** Gives what it printed. */
    static String run(String... arguments) throws IOException, InterruptedException {
        return run(Path.of("/dev/null"), arguments);
    }

    /** The same with a file to read from. */
    static String run(Path input, String... arguments) throws IOException, InterruptedException {
        Process process = start(ProcessBuilder.Redirect.PIPE, arguments)
                .redirectInput(input.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        end(process, said, arguments);
        return said.strip();
    }

    /** Nanoseconds of a run; what it prints goes nowhere. */
    static long time(String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile("hub-bench", ".out");
        try {
            long start = System.nanoTime();
            Process process =
                    start(ProcessBuilder.Redirect.to(said.toFile()), arguments).start();
            process.waitFor();
            long nanos = System.nanoTime() - start;
            end(process, process.exitValue() == 0 ? "" : Files.readString(said), arguments);
            return nanos;
        } finally {
            Files.delete(said);
        }
    }

    private static ProcessBuilder start(ProcessBuilder.Redirect output, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        return builder;
    }

    private static void end(Process process, String said, String... arguments)
            throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException("git " + String.join(" ", arguments) + " failed: " + said);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
