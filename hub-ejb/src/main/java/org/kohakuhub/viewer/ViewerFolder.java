package org.kohakuhub.viewer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * This run's folder for the viewer, among the server's temporary files and readable by nobody else. Folders that servers
 * left behind when they died are removed.
 */
@ApplicationScoped
public class ViewerFolder {
    private static final String PREFIX = "kohakuhub-viewer-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");
    private static final System.Logger log = System.getLogger(ViewerFolder.class.getName());

    private Path folder;

    /** The folder below it of this name, which is made if it is missing. */
    public synchronized Path below(String name) throws IOException {
        if (folder == null) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            removeLeftovers(temporary);
            folder = Files.createTempDirectory(
                    temporary, PREFIX + ProcessHandle.current().pid() + '-');
        }
        return Files.createDirectories(folder.resolve(name));
    }

    private static void removeLeftovers(Path temporary) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, PREFIX + '*')) {
            for (Path each : all) {
                Matcher name = NAME.matcher(each.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    remove(each);
                }
            }
        }
    }

    @PreDestroy
    synchronized void remove() {
        if (folder != null) {
            remove(folder);
            folder = null;
        }
    }

    static void remove(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            log.log(Level.DEBUG, "Left behind: {0}", tree); // the next start tries again
        }
    }
}
