package org.kohakuhub.viewer;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Revision;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.ViewerConfig;
import org.kohakuhub.content.FileService;
import org.kohakuhub.query.Answer;
import org.kohakuhub.query.Answer.Row;
import org.kohakuhub.query.Question;
import org.kohakuhub.query.Question.Format;
import org.kohakuhub.query.Question.Task;
import org.kohakuhub.repo.Revisions;
import org.kohakuhub.version.TreeEntry;

/** The dataset viewer: splits of a dataset's default branch and their rows. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ViewerService {
    private static final int MOST_FOOTERS = 200;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_DESCRIBED = 50;

    private final AccessPolicy access;
    private final FileService doors;
    private final DatasetSplits splits;
    private final DataFiles files;
    private final Engine engine;
    private final ViewerConfig config;

    @SuppressWarnings("NullAway")
    protected ViewerService() { // the container's proxy only
        this(null, null, null, null, null, null);
    }

    @Inject
    public ViewerService(
            AccessPolicy access,
            FileService doors,
            DatasetSplits splits,
            DataFiles files,
            Engine engine,
            ViewerConfig config) {
        this.access = access;
        this.doors = doors;
        this.splits = splits;
        this.files = files;
        this.engine = engine;
        this.config = config;
    }

    /**
     * The dataset's splits.
     *
     * @param only the configuration that is asked for, if one is
     * @throws HubException REPO_NOT_FOUND, GATED_REPO; NOT_FOUND if it has no data files, or no such configuration;
     *     NOT_IMPLEMENTED where the viewer is disabled
     */
    public Dataset dataset(Caller caller, RepoId name, Optional<String> only) {
        if (!config.enabled()) {
            throw new HubException(ErrorKind.NOT_IMPLEMENTED, "The dataset viewer is disabled on this hub");
        }
        RepoKey repo = access.require(caller, Action.READ_FILES, name);
        // as for a download of its files: what has to be asked for is no more to be seen here than there
        GitOid commit = doors.find(caller, repo.name(), new Revision.Named(Revisions.DEFAULT_BRANCH), Optional.empty())
                .commit()
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "The dataset is empty"));
        List<Split> found = splits.of(repo, commit).stream()
                .filter(split -> only.map(split.config()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            throw new HubException(
                    ErrorKind.NOT_FOUND,
                    only.map(wanted -> "The dataset has no config named " + Text.shown(wanted))
                            .orElse("The dataset has no data files"));
        }
        return new Dataset(repo, commit, found);
    }

    private Dataset split(Caller caller, RepoId name, String wantedConfig, String wanted) {
        Dataset dataset = dataset(caller, name, Optional.of(wantedConfig));
        List<Split> found = dataset.splits().stream()
                .filter(split -> split.name().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new HubException(ErrorKind.NOT_FOUND, "The config has no split named " + Text.shown(wanted));
        }
        return new Dataset(dataset.repo(), dataset.commit(), found);
    }

    /**
     * Rows as they are.
     *
     * @throws HubException as {@link #dataset}; UNPROCESSABLE if the files cannot be shown; UNAVAILABLE
     */
    public RowsPage rows(Caller caller, RepoId name, String config, String split, long offset, int limit) {
        Dataset found = split(caller, name, config, split);
        return found.split().format().equals(Optional.of(Format.PARQUET))
                ? parquetRows(found, offset, limit)
                : selected(found, Task.ROWS, "", "", offset, limit);
    }

    /** The footers tell in which files the rows are: only these are read. */
    private RowsPage parquetRows(Dataset found, long offset, int limit) {
        Split split = found.split();
        int known = Math.min(MOST_FOOTERS, split.files().size());
        List<TreeEntry> wanted = new ArrayList<>();
        long total = 0;
        long before = 0;
        Optional<String> features;
        try (DataFiles.Opened all =
                files.open(found.repo(), found.commit(), split.files().subList(0, known))) {
            features = all.footer(0).features();
            for (int i = 0; i < known; i++) {
                long rows = all.footer(i).rows();
                boolean inside = total < offset + limit && total + rows > offset;
                if (inside && wanted.isEmpty()) {
                    before = total;
                }
                if (inside) {
                    wanted.add(split.files().get(i));
                }
                total += rows;
            }
        }
        boolean outside = wanted.isEmpty(); // the columns are told all the same
        List<TreeEntry> read = outside ? split.files().subList(0, 1) : wanted;
        Answer.Table table = ask(found, read, Task.ROWS, "", "", outside ? 0 : offset - before, outside ? 0 : limit);
        long first = before;
        List<Row> rows = table.rows().stream()
                .map(row -> new Row(row.index() + first, row.cells(), row.cut()))
                .toList();
        return new RowsPage(
                found.commit(),
                split,
                Features.of(features, table.columns()),
                rows,
                total,
                known < split.files().size());
    }

    /**
     * Rows for which an expression is true, and in another order.
     *
     * @param where empty for all
     * @param order empty for that of the files
     * @throws HubException as {@link #rows}; INVALID for what is no such expression
     */
    public RowsPage filter(
            Caller caller, RepoId name, String config, String split, Filter filter, long offset, int limit) {
        Dataset found = split(caller, name, config, split);
        checkLength(filter.where());
        checkLength(filter.order());
        if (!filter.where().isEmpty()) {
            QueryRules.checkWhere(engine.parse(QueryRules.whereAsSelect(filter.where())));
        }
        if (!filter.order().isEmpty()) {
            QueryRules.checkOrder(engine.parse(QueryRules.orderAsSelect(filter.order())));
        }
        return selected(found, Task.FILTER, filter.where(), filter.order(), offset, limit);
    }

    /**
     * Rows of which a text contains another one.
     *
     * @throws HubException as {@link #rows}
     */
    public RowsPage search(
            Caller caller, RepoId name, String config, String split, String query, long offset, int limit) {
        Dataset found = split(caller, name, config, split);
        checkLength(query);
        return selected(found, Task.SEARCH, query, "", offset, limit);
    }

    private static void checkLength(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new HubException(ErrorKind.INVALID, "The query is longer than " + LONGEST_TEXT + " characters");
        }
    }

    private RowsPage selected(Dataset found, Task task, String text, String order, long offset, int limit) {
        Split split = found.split();
        List<TreeEntry> read = readable(split);
        Answer.Table table = ask(found, read, task, text, order, offset, limit);
        return new RowsPage(
                found.commit(),
                split,
                Features.of(written(found), table.columns()),
                table.rows(),
                table.total(),
                read.size() < split.files().size());
    }

    /** The split's first files, as many as may be read for one question. */
    private List<TreeEntry> readable(Split split) {
        List<TreeEntry> read = new ArrayList<>();
        long bytes = 0;
        for (TreeEntry file : split.files()) {
            bytes += file.size();
            if (bytes > config.maxBytes() && !read.isEmpty()) {
                break;
            }
            read.add(file);
        }
        return read;
    }

    /** What the split's first file says of its columns, if it is Parquet. */
    private Optional<String> written(Dataset found) {
        if (!found.split().format().equals(Optional.of(Format.PARQUET))) {
            return Optional.empty();
        }
        List<TreeEntry> first = found.split().files().subList(0, 1);
        try (DataFiles.Opened opened = files.open(found.repo(), found.commit(), first)) {
            return opened.footer(0).features();
        }
    }

    /**
     * What the values of each column are like.
     *
     * @throws HubException as {@link #rows}
     */
    public SplitStatistics statistics(Caller caller, RepoId name, String config, String split) {
        Dataset found = split(caller, name, config, split);
        List<TreeEntry> read = readable(found.split());
        Map<String, List<String>> classes = Features.classes(written(found));
        Answer.Table table = ask(found, read, Task.STATISTICS, String.join("\n", classes.keySet()), "", 0, 0);
        return new SplitStatistics(
                found.commit(),
                table.total(),
                SplitStatistics.columns(table, classes),
                read.size() < found.split().files().size());
    }

    /**
     * The dataset's splits with what is in the files of each configuration. Of those after the first
     * {@value #MOST_DESCRIBED} nothing is said.
     *
     * @throws HubException as {@link #dataset}
     */
    public DescribedDataset describe(Caller caller, RepoId name) {
        Dataset dataset = dataset(caller, name, Optional.empty());
        Map<String, List<TreeEntry>> files = new HashMap<>();
        dataset.splits()
                .forEach(split -> files.computeIfAbsent(split.config(), config -> new ArrayList<>())
                        .addAll(split.files()));
        Map<String, ConfigContent> contents = new LinkedHashMap<>();
        for (Split split : dataset.splits()) {
            if (split.format().isPresent()
                    && contents.size() < MOST_DESCRIBED
                    && !contents.containsKey(split.config())) {
                Dataset first = new Dataset(dataset.repo(), dataset.commit(), List.of(split));
                contents.put(
                        split.config(), content(first, files.get(split.config()).size() == 1));
            }
        }
        return new DescribedDataset(dataset, contents);
    }

    private ConfigContent content(Dataset found, boolean oneFile) {
        boolean json = found.split().format().equals(Optional.of(Format.JSON));
        TreeEntry file = found.split().files().get(0);
        try (DataFiles.Opened opened = files.open(found.repo(), found.commit(), List.of(file))) {
            return new ConfigContent(
                    columns(found),
                    json && opened.isJsonList(0),
                    oneFile && file.size() <= config.maxBytes() ? Optional.of(opened.sha256(0)) : Optional.empty());
        } catch (HubException unreadable) {
            return ConfigContent.UNKNOWN;
        }
    }

    private Map<String, JsonValue> columns(Dataset found) {
        try {
            Optional<JsonObject> known = written(found).flatMap(Features::read);
            if (known.isPresent()) {
                return known.get();
            }
            List<TreeEntry> first = found.split().files().subList(0, 1);
            return Features.of(
                    Optional.empty(), ask(found, first, Task.ROWS, "", "", 0, 0).columns());
        } catch (HubException unreadable) {
            return Map.of();
        }
    }

    private Answer.Table ask(
            Dataset found, List<TreeEntry> read, Task task, String text, String order, long offset, int limit) {
        Format format = found.split()
                .format()
                .orElseThrow(() ->
                        new HubException(ErrorKind.UNPROCESSABLE, "The viewer does not know this kind of data files"));
        try (DataFiles.Opened opened = files.open(found.repo(), found.commit(), read)) {
            return engine.ask(new Question(
                    task,
                    format,
                    opened.paths(),
                    found.split().delimiter(),
                    text,
                    order,
                    offset,
                    limit,
                    engine.bounds()));
        }
    }

    /**
     * How large the splits of a dataset are, from what its files say of themselves.
     *
     * @throws HubException as {@link #dataset}
     */
    public Sizes sizes(Caller caller, RepoId name, Optional<String> only) {
        Dataset dataset = dataset(caller, name, only);
        int left = MOST_FOOTERS;
        List<SplitSize> sizes = new ArrayList<>();
        for (Split split : dataset.splits()) {
            boolean parquet = split.format().equals(Optional.of(Format.PARQUET));
            int asked = parquet ? Math.min(left, split.files().size()) : 0;
            left -= asked;
            sizes.add(size(dataset, split, asked, parquet));
        }
        return new Sizes(dataset, sizes);
    }

    private SplitSize size(Dataset dataset, Split split, int asked, boolean parquet) {
        long rows = 0;
        long memory = 0;
        int columns = 0;
        Optional<String> features = Optional.empty();
        try (DataFiles.Opened opened =
                files.open(dataset.repo(), dataset.commit(), split.files().subList(0, asked))) {
            for (int i = 0; i < asked; i++) {
                ParquetFooter footer = opened.footer(i);
                rows += footer.rows();
                memory += footer.bytes();
                columns = footer.columns();
                features = features.or(footer::features);
            }
        }
        return new SplitSize(
                split,
                split.bytes(),
                memory,
                parquet ? Optional.of(rows) : Optional.empty(),
                columns,
                features.flatMap(Features::read),
                asked < split.files().size());
    }

    /** What rows are wanted. */
    public record Filter(String where, String order) {}

    /** Splits of a dataset at the commit that its default branch stands for. */
    public record Dataset(RepoKey repo, GitOid commit, List<Split> splits) {
        /** Copies the list. */
        public Dataset {
            splits = List.copyOf(splits);
        }

        private Split split() {
            return splits.get(0);
        }
    }

    /** The sizes of a dataset's splits. */
    public record Sizes(Dataset dataset, List<SplitSize> splits) {
        /** Copies the list. */
        public Sizes {
            splits = List.copyOf(splits);
        }
    }
}
