package org.kohakuhub.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohakuhub.database.DatabaseUrl;
import org.kohakuhub.database.HubDataSource;

/**
 * The program: {@code ListsBench <base URL> <database URL> <repositories> [<files>]}. Puts rows of so many models into a running
 * hub's database, with tags as frequent as they are in life, and times pages of lists, one caller at a time; then pages
 * of a repository with so many files.
 */
public final class ListsBench {
    private static final int OWNERS = 500;
    private static final int RUNS = 150;
    private static final int WARM_UP = 30;
    private static final int FILES = 100_000;
    private static final int PATHS = 500;

    /** Of requests that take seconds. */
    private static final int LONG_RUNS = 5;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final List<String> FAMILIES =
            List.of("bert", "llama", "mistral", "qwen", "whisper", "vit", "gpt2", "t5", "phi", "gemma");

    private final HttpClient http = HttpClient.newHttpClient();
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final URI base;

    private ListsBench(URI base) {
        this.base = base;
    }

    /** Runs all measurements. */
    public static void main(String[] arguments) throws Exception {
        ListsBench bench = new ListsBench(URI.create(arguments[0]));
        int repositories = Integer.parseInt(arguments[2]);
        long began = System.nanoTime();
        bench.fill(DatabaseUrl.parse(arguments[1]), repositories);
        bench.print("%,d models made in %14.0f ms", repositories, (System.nanoTime() - began) / 1e6);
        bench.measure();
        bench.trees(arguments.length > 3 ? Integer.parseInt(arguments[3]) : FILES);
    }

    private void print(String form, Object... values) {
        out.println(String.format(Locale.ROOT, form, values));
    }

    private void fill(DatabaseUrl database, int repositories) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        try (Connection connection = new HubDataSource(database).getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement owner = connection.prepareStatement(
                    "insert into account (id, kind, name, normalized_name, created_at) values (?, 'user', ?, ?, 0)")) {
                for (int i = 0; i < OWNERS; i++) {
                    owner.setString(1, id(0xa, i));
                    owner.setString(2, "owner" + i);
                    owner.setString(3, "owner" + i);
                    owner.addBatch();
                }
                owner.executeBatch();
            }
            try (PreparedStatement row = connection.prepareStatement(
                            "insert into repository (id, type, owner_id, namespace, name, normalized_name, is_private,"
                                    + " tags, card_commit, weights_commit, card_format, parameters, downloads, likes,"
                                    + " created_by, created_at, modified_at)"
                                    + " values (?, 'model', ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)");
                    PreparedStatement tag = connection.prepareStatement(
                            "insert into repo_tag (type, tag, repo_id, kind) values ('model', ?, ?, 'other')")) {
                for (int i = 0; i < repositories; i++) {
                    add(row, tag, i, random);
                    if (i % 1_000 == 999) {
                        row.executeBatch();
                        tag.executeBatch();
                    }
                }
                row.executeBatch();
                tag.executeBatch();
            }
            connection.commit();
        }
    }

    private static void add(PreparedStatement row, PreparedStatement tag, int i, SplittableRandom random)
            throws SQLException {
        int owner = random.nextInt(OWNERS);
        String name = FAMILIES.get(random.nextInt(FAMILIES.size()))
                + '-'
                + Long.toString(random.nextLong(1L << 30), 36)
                + '-'
                + i;
        List<String> tags = new ArrayList<>(List.of("region:us"));
        if (random.nextInt(10) < 6) {
            tags.add("transformers");
        }
        if (random.nextInt(10) < 3) {
            tags.add("license:mit");
        }
        if (random.nextInt(100) < 2) {
            tags.add("de");
        }
        tags.add("rare-" + i / 20);
        String commit = String.format("%040x", i);
        row.setString(1, id(0xb, i));
        row.setString(2, id(0xa, owner));
        row.setString(3, "owner" + owner);
        row.setString(4, name);
        row.setString(5, name);
        row.setBoolean(6, random.nextInt(10) == 0);
        row.setString(7, "[\"" + String.join("\",\"", tags) + "\"]");
        row.setString(8, commit);
        row.setString(9, commit);
        row.setLong(10, 1L << random.nextInt(20, 38));
        row.setLong(11, (long) Math.pow(10, random.nextDouble(6)));
        row.setLong(12, (long) Math.pow(10, random.nextDouble(3)));
        row.setString(13, id(0xa, owner));
        row.setLong(14, 1_700_000_000_000L + i * 1_000L);
        row.setLong(15, 1_700_000_000_000L + random.nextLong(100_000_000_000L));
        row.addBatch();
        for (String text : tags) {
            tag.setString(1, text);
            tag.setString(2, id(0xb, i));
            tag.addBatch();
        }
    }

    private static String id(int kind, int number) {
        return String.format("%x%023x", kind, number);
    }

    private void measure() throws IOException, InterruptedException {
        for (String query : List.of(
                "",
                "?limit=100",
                "?limit=100&sort=downloads",
                "?limit=100&sort=likes&full=false",
                "?limit=100&expand=sha&expand=usedStorage&expand=childrenModelCount&expand=spaces",
                "?limit=100&filter=transformers&sort=downloads",
                "?limit=100&filter=transformers&filter=license:mit",
                "?limit=100&filter=de&sort=downloads",
                "?limit=100&filter=rare-77",
                "?limit=100&filter=nothing",
                "?limit=100&search=llama",
                "?limit=100&search=llama&filter=de",
                "?limit=100&search=-77777",
                "?limit=100&search=nosuchname",
                "?limit=100&search=a",
                "?limit=100&author=owner7",
                "?limit=100&num_parameters=min:6B,max:9B")) {
            time(query.isEmpty() ? "(500 models)" : query, "/api/models" + query);
        }
        time("page 20 of ?limit=100&sort=downloads", later("/api/models?limit=100&sort=downloads", 20));
        time("models-tags-by-type (counted every ten seconds)", "/api/models-tags-by-type");
        for (String text : List.of("l", "llama", "llama-1", "77777", "nosuchname", "owner7/")) {
            time("quicksearch " + text, "/api/quicksearch?q=" + text.replace("/", "%2F"));
        }
    }

    /** Entries of one repository with many files, a hundred in each folder. */
    private void trees(int files) throws IOException, InterruptedException {
        HubClient hub = HubClient.register(base);
        String repo = hub.createRepository("bench-tree");
        hub.commit(repo, 0, files);
        String all = "/api/models/" + repo + "/tree/main?recursive=true";
        time("tree of " + files + " files: first page", all);
        time("tree: page in the middle", later(all, files / 2_000));
        time("tree: first page with last commits", all + "&expand=true");
        time("tree: the root", "/api/models/" + repo + "/tree/main");
        time("tree: all pages", 1, LONG_RUNS, () -> hub.list(repo));
        time("paths-info of " + PATHS, WARM_UP, RUNS, () -> hub.pathsInfo(repo, files / 2, PATHS, false));
        time(
                "paths-info of " + PATHS + " with last commits",
                WARM_UP,
                RUNS,
                () -> hub.pathsInfo(repo, files / 2, PATHS, true));
    }

    private String later(String first, int pages) throws IOException, InterruptedException {
        String path = first;
        for (int i = 0; i < pages; i++) {
            Optional<String> link = get(path).headers().firstValue("Link");
            Matcher next = NEXT.matcher(link.orElse(""));
            if (!next.find()) {
                return path;
            }
            URI uri = URI.create(next.group(1));
            path = uri.getRawPath() + '?' + uri.getRawQuery();
        }
        return path;
    }

    private void time(String what, String path) throws IOException, InterruptedException {
        time(what, WARM_UP, RUNS, () -> get(path));
    }

    /** What is timed. */
    private interface Deed {
        void run() throws IOException, InterruptedException;
    }

    private void time(String what, int warmUp, int runs, Deed deed) throws IOException, InterruptedException {
        Percentiles times = new Percentiles();
        for (int i = 0; i < warmUp + runs; i++) {
            long start = System.nanoTime();
            deed.run();
            if (i >= warmUp) {
                times.add(System.nanoTime() - start);
            }
        }
        print("%-82s p50 %6.1f ms  p99 %6.1f ms", what, times.millis(0.5), times.millis(0.99));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }
}
