package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The unmodified Python client of one version, with a home of its own. {@code hub-tests/setup/hf-clients.sh} installs
 * the versions; {@code HUB_TEST_CLIENTS} names another folder of virtual environments. Large files go by LFS and plain
 * HTTP unless {@link #withXet} is asked for.
 */
public final class HfClient {
    private static final String DISABLE_XET = "HF_HUB_DISABLE_XET";

    private final Path python;
    private final Path home;
    private final Shell shell;

    private HfClient(Path python, Path home, Shell shell) {
        this.python = python;
        this.home = home;
        this.shell = shell;
    }

    /** The client in this virtual environment; the empty token is nobody's. */
    static HfClient of(RunningHub hub, String environment, String token, Path home) {
        Path python = clients().resolve(environment).resolve("bin/python");
        assertThat(python)
                .as("%s (hub-tests/setup/hf-clients.sh installs it)", environment)
                .exists();
        Shell shell = Shell.in(home)
                .with("HF_ENDPOINT", hub.base().toString())
                .with("HF_HOME", home.resolve("hf").toString())
                .with("HF_TOKEN", token)
                .with("CROISSANT_CACHE", home.resolve("croissant").toString())
                .with(DISABLE_XET, "1")
                .with("HF_HUB_DISABLE_TELEMETRY", "1")
                .with("HF_HUB_DISABLE_PROGRESS_BARS", "1")
                .with("HF_HUB_DISABLE_IMPLICIT_TOKEN", token.isEmpty() ? "1" : "0")
                .with("NO_PROXY", "*")
                .with("no_proxy", "*");
        return new HfClient(python, home, shell);
    }

    /** Where its programs are, such as {@code hf}. */
    public Path programs() {
        return python.getParent();
    }

    /** The same, telling what it runs on in its User-Agent, as it does without any switch. */
    public HfClient withTelemetry() {
        return new HfClient(python, home, shell.without("HF_HUB_DISABLE_TELEMETRY"));
    }

    /** The same as it is without any switch: hf_xet takes the large files. */
    public HfClient withXet() {
        return new HfClient(python, home, shell.without(DISABLE_XET));
    }

    /** The same, which believes the hub to be at another address. */
    public HfClient at(URI endpoint) {
        return new HfClient(python, home, shell.with("HF_ENDPOINT", endpoint.toString()));
    }

    private static Path clients() {
        Map<String, String> env = System.getenv();
        if (env.containsKey("HUB_TEST_CLIENTS")) {
            return Path.of(env.get("HUB_TEST_CLIENTS"));
        }
        String cache = env.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(env.getOrDefault("HUB_CACHE", cache + "/kohakuhub")).resolve("clients");
    }

    /** Runs a script that must end well; gives what it printed. Lines of {@code arguments} are {@code sys.argv[1:]}. */
    public String run(String script, String... arguments) {
        Path file = home.resolve("case.py");
        try {
            Files.writeString(file, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] command = new String[arguments.length + 2];
        command[0] = python.toString();
        command[1] = file.toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return shell.run(command);
    }

    /** The {@code hf} command line. */
    public String hf(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = python.resolveSibling("hf").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return shell.run(command);
    }
}
