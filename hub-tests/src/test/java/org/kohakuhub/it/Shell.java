package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, in one folder and with settled variables, and keeps what they said. */
public final class Shell {
    private static final long MINUTES = 10;
    private static final Path NOTHING = Path.of("/dev/null");

    private final Path folder;
    private final Map<String, String> environment;
    private final Path input;

    private Shell(Path folder, Map<String, String> environment, Path input) {
        this.folder = folder;
        this.environment = environment;
        this.input = input;
    }

    public static Shell in(Path folder) {
        return new Shell(folder, Map.of(), NOTHING);
    }

    /** The same where programs read this file as their input. */
    public Shell from(Path file) {
        return new Shell(folder, environment, file);
    }

    /** The same with one more environment variable. */
    public Shell with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Shell(folder, more, input);
    }

    /** The same where this variable is not set, whatever the tests' own environment has. */
    public Shell without(String variable) {
        return with(variable, null);
    }

    /** The same in another folder. */
    public Shell at(Path other) {
        return new Shell(other, environment, input);
    }

    /** Runs a program that must succeed; gives what it printed, without the space around. */
    public String run(String... command) {
        Result result = attempt(command);
        assertThat(result.status()).as("%s", result).isZero();
        return result.out().strip();
    }

    /** Runs a program that may fail. */
    public Result attempt(String... command) {
        try {
            Path out = Files.createTempFile("shell", ".out");
            Path err = Files.createTempFile("shell", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                environment.forEach((variable, value) -> {
                    if (value == null) {
                        builder.environment().remove(variable);
                    } else {
                        builder.environment().put(variable, value);
                    }
                });
                Process process = builder.start();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError(
                            List.of(command) + " did not end within " + MINUTES + " minutes: " + Files.readString(err));
                }
                return new Result(List.of(command), process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(List.of(command) + " was interrupted", e);
        }
    }

    /** How a program ended. */
    public record Result(List<String> command, int status, String out, String err) {
        @Override
        public String toString() {
            return command + " ended with " + status + "\nout: " + tail(out) + "\nerr: " + tail(err);
        }

        private static String tail(String text) {
            return text.length() > 6000 ? "…" + text.substring(text.length() - 6000) : text;
        }
    }
}
