package org.kohakuhub.version.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** A repository of the git program. */
record NativeGit(Path folder) {
    static NativeGit init(Path folder) throws Exception {
        Files.createDirectories(folder);
        NativeGit git = new NativeGit(folder);
        git.run(new byte[0], "init", "--quiet", "--initial-branch=main");
        return git;
    }

    void importStream(byte[] stream) throws Exception {
        run(stream, "fast-import", "--quiet", "--force");
    }

    /** Commits the folder's files to a branch of their own. */
    void commitAll() throws Exception {
        run(new byte[0], "add", ".");
        run(new byte[0], "commit", "--quiet", "-m", "all");
        run(new byte[0], "branch", "-m", "files");
    }

    /** A pack of what these revisions lead to, as {@code git push} makes it. */
    byte[] pack(String revisions, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("pack-objects", "--quiet", "--stdout", "--revs"));
        command.addAll(List.of(options));
        return run(revisions.getBytes(UTF_8), command.toArray(String[]::new));
    }

    /** What git makes of a pack. */
    byte[] index(byte[] pack) throws Exception {
        Path file = Files.createTempFile(folder, "p", ".pack");
        Files.write(file, pack);
        run(new byte[0], "index-pack", file.toString());
        return Files.readAllBytes(Path.of(file.toString().replace(".pack", ".idx")));
    }

    ObjectId head() throws Exception {
        return ObjectId.fromString(text("rev-parse", "main"));
    }

    String text(String... arguments) throws Exception {
        return text(new byte[0], arguments);
    }

    String text(byte[] input, String... arguments) throws Exception {
        return new String(run(input, arguments), UTF_8).strip();
    }

    /** Puts a pack's right checksum at its end. */
    static void sign(byte[] pack) {
        MessageDigest digest = Constants.newMessageDigest();
        digest.update(pack, 0, pack.length - Constants.OBJECT_ID_LENGTH);
        System.arraycopy(
                digest.digest(), 0, pack, pack.length - Constants.OBJECT_ID_LENGTH, Constants.OBJECT_ID_LENGTH);
    }

    private byte[] run(byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Path in = Files.createTempFile("git", ".in");
        Path errors = Files.createTempFile("git", ".err");
        try {
            Files.write(in, input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectError(errors.toFile());
            for (String who : List.of("AUTHOR", "COMMITTER")) {
                builder.environment().put("GIT_" + who + "_NAME", "A");
                builder.environment().put("GIT_" + who + "_EMAIL", "a@example.org");
            }
            Process process = builder.start();
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(process.waitFor())
                    .as("%s: %s", command, Files.readString(errors))
                    .isZero();
            return out;
        } finally {
            Files.delete(in);
            Files.delete(errors);
        }
    }
}
