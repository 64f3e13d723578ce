import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jboss.jandex.IndexWriter;
import org.jboss.jandex.Indexer;

/**
 * Spares the server the search for components in other people's libraries: each {@code lib/*.jar} of an EAR gets an
 * empty annotation index ({@code META-INF/jandex.idx}), which WildFly reads instead of every class of the jar. None of
 * these libraries holds an EJB, a CDI bean or an entity. Run by the build:
 * {@code java -cp jandex.jar IndexLibraries.java hub.ear 2026-01-01T00:00:00Z}, the time being that of the new entries.
 */
class IndexLibraries {
    private static final String INDEX = "META-INF/jandex.idx";

    public static void main(String[] args) throws IOException {
        Path ear = Path.of(args[0]);
        FileTime time = FileTime.from(Instant.parse(args[1]));
        Path indexed = ear.resolveSibling(ear.getFileName() + ".part");
        try (ZipFile in = new ZipFile(ear.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(indexed))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                try (InputStream content = in.getInputStream(entry)) {
                    copy(entry, content.readAllBytes(), time, out);
                }
            }
        }
        Files.move(indexed, ear, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(ZipEntry entry, byte[] content, FileTime time, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        byte[] written = content;
        if (entry.getName().startsWith("lib/") && entry.getName().endsWith(".jar")) {
            written = withIndex(content, time);
            store(copy, written);
        }
        out.putNextEntry(copy);
        out.write(written);
        out.closeEntry();
    }

    /** A jar is compressed already. */
    private static void store(ZipEntry entry, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
    }

    private static byte[] withIndex(byte[] jar, FileTime time) throws IOException {
        Path file = Files.createTempFile("library", ".jar");
        try {
            Files.copy(new ByteArrayInputStream(jar), file, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
                Path index = zip.getPath(INDEX);
                if (Files.exists(index)) {
                    return jar;
                }
                if (Files.notExists(index.getParent())) {
                    Files.createDirectory(index.getParent());
                    date(index.getParent(), time);
                }
                Files.write(index, emptyIndex());
                date(index, time);
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    /** All three times: the two that nobody reads would tell one build from the next. */
    private static void date(Path entry, FileTime time) throws IOException {
        Files.getFileAttributeView(entry, BasicFileAttributeView.class).setTimes(time, time, time);
    }

    private static byte[] emptyIndex() throws IOException {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            write(bytes);
            return bytes.toByteArray();
        }
    }

    private static void write(OutputStream out) throws IOException {
        new IndexWriter(out).write(new Indexer().complete());
    }
}
