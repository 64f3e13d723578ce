package org.kohakuhub.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A repository as people's work leaves it: texts of some kilobytes in two levels of folders, each commit changing a line in
 * a few of them. The same number gives the same objects every time.
 */
final class SyntheticHistory {
    private static final int FILES = 6_000;
    private static final int CHANGED = 3;
    private static final int LINES = 60;

    /** A commit, a root, and a file and two folders for each change. */
    private static final int OBJECTS_A_COMMIT = 2 + 3 * CHANGED;

    private final SplittableRandom random = new SplittableRandom(7);
    private final int[][] seeds = new int[FILES][LINES];

    private SyntheticHistory() {}

    /** A bare repository with about {@code objects} objects in one pack, deltas searched, with bitmaps. */
    static Path make(Path folder, int objects) throws IOException, InterruptedException {
        Path repository = folder.resolve("history.git");
        Git.run("init", "--quiet", "--bare", "--initial-branch=main", repository.toString());
        Path stream = folder.resolve("stream");
        try (Writer out = new BufferedWriter(Files.newBufferedWriter(stream, StandardCharsets.US_ASCII), 1 << 20)) {
            new SyntheticHistory().write(out, objects);
        }
        Git.run(stream, "-C", repository.toString(), "fast-import", "--quiet");
        Files.delete(stream);
        Git.run("-C", repository.toString(), "repack", "-a", "-d", "-f", "-b", "-q");
        return repository;
    }

    private void write(Writer out, int objects) throws IOException {
        int first = Math.min(FILES, objects / 4);
        for (int file = 0; file < first; file++) {
            for (int line = 0; line < LINES; line++) {
                seeds[file][line] = random.nextInt();
            }
        }
        head(out, 0, "Begin");
        for (int file = 0; file < first; file++) {
            content(out, file);
        }
        int commits = Math.max(1, (objects - first) / OBJECTS_A_COMMIT);
        for (int commit = 1; commit <= commits; commit++) {
            head(out, commit, "Change " + commit);
            for (int i = 0; i < CHANGED; i++) {
                int file = random.nextInt(first);
                seeds[file][random.nextInt(LINES)] = random.nextInt();
                content(out, file);
            }
        }
        out.write("done\n");
    }

    private static void head(Writer out, int number, String message) throws IOException {
        out.write("commit refs/heads/main\ncommitter Bench <bench@example.org> " + (1_700_000_000L + number)
                + " +0000\ndata " + message.length() + '\n' + message + '\n');
    }

    private void content(Writer out, int file) throws IOException {
        StringBuilder text = new StringBuilder(LINES * 48);
        for (int line = 0; line < LINES; line++) {
            SplittableRandom words = new SplittableRandom(seeds[file][line]);
            text.append("    value_")
                    .append(Integer.toString(words.nextInt(5_000), 36))
                    .append(" = call_");
            text.append(Integer.toString(words.nextInt(900), 36)).append('(').append(words.nextInt(10_000));
            text.append(")\n");
        }
        out.write("M 644 inline d" + file / 600 + "/e" + file / 30 % 20 + "/f" + file + ".py\ndata " + text.length()
                + '\n' + text + '\n');
    }
}
