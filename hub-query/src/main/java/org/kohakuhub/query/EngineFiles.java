package org.kohakuhub.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The engine as files that a JVM can be started with. The driver takes its native library from beside its jar. */
public final class EngineFiles {
    private static final String NATIVE = "libduckdb_java.so_";
    private static final String JAR = "engine.jar";

    private EngineFiles() {}

    /**
     * Unpacks the engine for this system.
     *
     * @param folder where to; it must be there
     * @throws IOException if it cannot be written, or if the hub has no engine for this system
     */
    public static void unpack(Path folder) throws IOException {
        String library = NATIVE + system();
        boolean found = false;
        try (InputStream packed = EngineFiles.class.getResourceAsStream(JAR)) {
            if (packed == null) {
                throw new IOException("The engine was not built in");
            }
            try (ZipInputStream in = new ZipInputStream(packed);
                    OutputStream file = Files.newOutputStream(folder.resolve(JAR));
                    ZipOutputStream out = new ZipOutputStream(file)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().equals(library)) {
                        Files.copy(in, folder.resolve(library));
                        found = true;
                    } else if (!entry.getName().startsWith(NATIVE)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        in.transferTo(out);
                        out.closeEntry();
                    }
                }
            }
        }
        if (!found) {
            throw new IOException("There is no engine for " + system());
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String arch = machine.equals("x86_64") || machine.equals("amd64")
                ? "amd64"
                : machine.equals("aarch64") ? "arm64" : machine;
        return (name.startsWith("mac") ? "macos" : name) + '_' + arch;
    }

    /**
     * The command that runs the engine: a small JVM that leaves neither dumps nor shared performance data behind.
     *
     * @param folder where it was unpacked; also for its temporary files
     */
    public static List<String> command(Path folder) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                java.toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+SuppressFatalErrorMessage",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                folder.resolve(JAR).toString(),
                Worker.class.getName());
    }
}
