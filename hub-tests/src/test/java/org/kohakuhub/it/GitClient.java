package org.kohakuhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The unmodified git and git-lfs, with a home of their own: nobody's configuration or password store is asked. */
public final class GitClient {
    private final Shell shell;
    private final Path home;

    private GitClient(Shell shell, Path home) {
        this.shell = shell;
        this.home = home;
    }

    /** A git that sends no credentials and does not fetch LFS objects unless told. */
    public static GitClient in(Path home) {
        Path config = home.resolve("gitconfig");
        try {
            if (!Files.exists(config)) {
                Files.writeString(config, """
                        [user]
                        name = Test
                        email = test@example.org
                        [init]
                        defaultBranch = main
                        [filter "lfs"]
                        clean = git-lfs clean -- %f
                        smudge = git-lfs smudge -- %f
                        process = git-lfs filter-process
                        required = true
                        """);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shell shell = Shell.in(home)
                .with("HOME", home.toString())
                .with("GIT_CONFIG_GLOBAL", config.toString())
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("GIT_ASKPASS", "/bin/true")
                .with("GIT_LFS_SKIP_SMUDGE", "1")
                .with("LC_ALL", "C.UTF-8")
                .with("NO_PROXY", "*")
                .with("no_proxy", "*");
        return new GitClient(shell, home);
    }

    /** The same in a clone below the home. */
    public GitClient at(String folder) {
        return new GitClient(shell.at(home.resolve(folder)), home);
    }

    /** The same with one environment variable more. */
    public GitClient with(String variable, String value) {
        return new GitClient(shell.with(variable, value), home);
    }

    /** Git answers the hub's Basic challenge with this name and token; before it was challenged it sends neither. */
    public GitClient as(HubUser user) {
        Path helper = home.resolve("credentials-" + user.name().toLowerCase(Locale.ROOT));
        try {
            Files.writeString(
                    helper, "#!/bin/sh\necho username=" + user.name() + "\necho password=" + user.token() + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        helper.toFile().setExecutable(true);
        return new GitClient(
                shell.with("GIT_CONFIG_COUNT", "1")
                        .with("GIT_CONFIG_KEY_0", "credential.helper")
                        .with("GIT_CONFIG_VALUE_0", helper.toString()),
                home);
    }

    public String run(String... arguments) {
        return shell.run(command(arguments));
    }

    /** The same for a command that reads {@code input}. */
    public String feed(byte[] input, String... arguments) {
        try {
            Path file = Files.createTempFile(home, "input", "");
            try {
                Files.write(file, input);
                return shell.from(file).run(command(arguments));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Shell.Result attempt(String... arguments) {
        return shell.attempt(command(arguments));
    }

    private static String[] command(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return command;
    }
}
