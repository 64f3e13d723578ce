package org.kohakuhub.viewer;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.FilePath;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.config.ViewerConfig;
import org.kohakuhub.content.FileService;
import org.kohakuhub.content.FileService.Found;
import org.kohakuhub.query.Answer;
import org.kohakuhub.query.Question;
import org.kohakuhub.query.Question.Task;
import org.kohakuhub.version.TreeEntry;

/** Looks into one file of this hub, whatever its repository is: the rows of a table, the files of a tar archive. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataFileService {
    private final AccessPolicy access;
    private final FileService files;
    private final DataFiles data;
    private final Engine engine;
    private final ViewerConfig config;

    @SuppressWarnings("NullAway")
    protected DataFileService() { // the container's proxy only
        this(null, null, null, null, null);
    }

    @Inject
    public DataFileService(AccessPolicy access, FileService files, DataFiles data, Engine engine, ViewerConfig config) {
        this.access = access;
        this.files = files;
        this.data = data;
        this.engine = engine;
        this.config = config;
    }

    /**
     * The file's first rows.
     *
     * @param delimiter between the columns of CSV; empty to have it found out
     * @throws HubException as {@link FileService#find}; ENTRY_NOT_FOUND; UNPROCESSABLE if the file cannot be shown;
     *     UNAVAILABLE
     */
    public Rows preview(Caller caller, Place place, Optional<String> format, String delimiter, int limit) {
        Found found = find(caller, place);
        return ask(found, Task.ROWS, format, delimiter, "", limit);
    }

    /**
     * What a SELECT over the tables {@code data} and {@code dataset}, which are the file, gives.
     *
     * @throws HubException as {@link #preview}; INVALID if the text is no such SELECT
     */
    public Rows query(Caller caller, Place place, Optional<String> format, String sql, int limit) {
        Found found = find(caller, place);
        String text = sql.replaceFirst("[;\\s]+\\z", "");
        QueryRules.checkSelect(engine.parse(text));
        return ask(found, Task.SQL, format, "", text, limit);
    }

    private Found find(Caller caller, Place place) {
        if (!config.enabled()) {
            throw new HubException(ErrorKind.NOT_IMPLEMENTED, "The dataset viewer is disabled on this hub");
        }
        RepoKey repo = access.require(caller, Action.READ_FILES, place.repo());
        Found found = files.find(caller, repo.name(), place.revision(), Optional.of(place.path()));
        if (found.file().isEmpty()) {
            throw new HubException(ErrorKind.ENTRY_NOT_FOUND, "Entry not found");
        }
        return found;
    }

    private Rows ask(Found found, Task task, Optional<String> named, String delimiter, String text, int limit) {
        TreeEntry file = found.file().orElseThrow();
        DataFormat format = DataFormat.of(named.map(name -> "x." + name).orElse(file.path()))
                .filter(known -> DataFormat.of(file.path()).isPresent())
                .orElseThrow(
                        () -> new HubException(ErrorKind.UNPROCESSABLE, "The viewer does not know this kind of file"));
        try (DataFiles.Opened opened = data.open(found.repo(), found.commit().orElseThrow(), List.of(file))) {
            Answer.Table table = engine.ask(new Question(
                    task,
                    format.format(),
                    opened.paths(),
                    delimiter.isEmpty() ? format.delimiter() : delimiter,
                    text,
                    "",
                    0,
                    limit,
                    engine.bounds()));
            return new Rows(table, file.size(), format.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The files of a tar archive; of a very long one the first {@value TarEntries#MOST}.
     *
     * @throws HubException as {@link #preview}
     */
    public Archive archive(Caller caller, Place place) {
        Found found = find(caller, place);
        long size = found.file().orElseThrow().size();
        TarEntries.Listing listing = new TarEntries((from, length) -> files.open(found, from, length), size).list();
        return new Archive(listing.files(), listing.more(), size);
    }

    /**
     * One file of a tar archive.
     *
     * @throws HubException as {@link #preview}; ENTRY_NOT_FOUND if the archive has no such file
     */
    public Extracted extract(Caller caller, Place place, String name) {
        Found found = find(caller, place);
        TarFile file = archive(caller, place).files().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HubException(ErrorKind.ENTRY_NOT_FOUND, "The archive has no file of this name"));
        return new Extracted(file, (from, length) -> files.open(found, file.offset() + from, length));
    }

    /** A file of a repository. */
    public record Place(RepoId repo, Revision revision, FilePath path) {}

    /**
     * Rows of a file.
     *
     * @param fileSize in bytes
     * @param format by its short name
     */
    public record Rows(Answer.Table table, long fileSize, String format) {}

    /**
     * Files of an archive.
     *
     * @param more whether they are not all
     * @param size of the archive in bytes
     */
    public record Archive(List<TarFile> files, boolean more, long size) {
        /** Copies the list. */
        public Archive {
            files = List.copyOf(files);
        }
    }

    /** A file and its bytes. */
    public record Extracted(TarFile file, Bytes bytes) {}

    /** Opens bytes of a file. */
    @FunctionalInterface
    public interface Bytes {
        /** The bytes from {@code from} on, {@code length} of them; the caller closes the stream. */
        InputStream open(long from, long length);
    }
}
