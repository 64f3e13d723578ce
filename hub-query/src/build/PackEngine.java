import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs the engine, that is DuckDB's driver and the classes of this module, into one archive among the module's
 * resources: {@code engine.jar}. Native libraries of systems on which the hub does not run are left out. Run by the
 * build: {@code java PackEngine.java duckdb_jdbc.jar target/classes 2026-01-01T00:00:00Z}, the time being that of the
 * entries.
 */
class PackEngine {
    private static final String OURS = "org/kohakuhub/query";
    private static final String UNWANTED = "libduckdb_java.so_windows";

    public static void main(String[] args) throws IOException {
        Path driver = Path.of(args[0]);
        Path classes = Path.of(args[1]);
        FileTime time = FileTime.from(Instant.parse(args[2]));
        Path packed = classes.resolve(OURS).resolve("engine.jar");
        if (isNewer(packed, driver, classes)) {
            return;
        }
        Path part = Path.of(packed + ".part");
        try (ZipFile in = new ZipFile(driver.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(part))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                if (!entry.isDirectory() && !entry.getName().startsWith(UNWANTED)) {
                    try (InputStream content = in.getInputStream(entry)) {
                        add(entry.getName(), content, time, out);
                    }
                }
            }
            for (Path file : own(classes)) {
                try (InputStream content = Files.newInputStream(file)) {
                    add(classes.relativize(file).toString().replace('\\', '/'), content, time, out);
                }
            }
        }
        Files.move(part, packed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isNewer(Path packed, Path driver, Path classes) throws IOException {
        if (!Files.exists(packed)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(packed);
        for (Path source : Stream.concat(Stream.of(driver), own(classes).stream()).toList()) {
            if (Files.getLastModifiedTime(source).compareTo(made) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> own(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve(OURS))) {
            return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    private static void add(String name, InputStream content, FileTime time, ZipOutputStream out) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(time);
        out.putNextEntry(entry);
        content.transferTo(out);
        out.closeEntry();
    }
}
