package org.kohakuhub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** As much of a hub's client as the measurements need, so that what is measured is the hub. */
final class HubClient {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final Pattern COOKIE = Pattern.compile("(session_id=[^;]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String user;
    private String token;

    private HubClient(URI base, String user) {
        this.base = base;
        this.user = user;
    }

    /** A new user with a token of its own. */
    static HubClient register(URI base) throws IOException, InterruptedException {
        HubClient client = new HubClient(base, "bench" + Long.toString(System.nanoTime(), 36));
        String account = "{\"username\":\"" + client.user + "\",\"email\":\"" + client.user
                + "@example.org\",\"password\":\"a long enough password\"}";
        client.post("/api/auth/register", "application/json", account, "");
        HttpResponse<String> login = client.post("/api/auth/login", "application/json", account, "");
        Matcher cookie = COOKIE.matcher(login.headers().firstValue("Set-Cookie").orElseThrow());
        if (!cookie.find()) {
            throw new IOException("login gave no session");
        }
        HttpResponse<String> created =
                client.post("/api/auth/tokens/create", "application/json", "{\"name\":\"bench\"}", cookie.group(1));
        Matcher token = TOKEN.matcher(created.body());
        if (!token.find()) {
            throw new IOException("no token: " + created.body());
        }
        client.token = token.group(1);
        return client;
    }

    URI base() {
        return base;
    }

    /** An address for git, with this user's credentials in it. */
    URI authenticated(String path) {
        return URI.create("http://" + user + ':' + token + '@' + base.getAuthority() + path);
    }

    /** Reads all files' entries at {@code main}, page after page. */
    void list(String repo) throws IOException, InterruptedException {
        URI page = base.resolve("/api/models/" + repo + "/tree/main?recursive=true");
        while (page != null) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(page)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(page + " answered " + answer.statusCode());
            }
            Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            page = next.find() ? base.resolve(next.group(1)) : null;
        }
    }

    /** Asks for the entries of {@code count} files by their paths. */
    void pathsInfo(String repo, int first, int count, boolean expand) throws IOException, InterruptedException {
        String paths = IntStream.range(first, first + count)
                .mapToObj(i -> '"' + path(i) + '"')
                .collect(Collectors.joining(",", "[", "]"));
        String body = "{\"paths\":" + paths + ",\"expand\":" + expand + '}';
        post("/api/models/" + repo + "/paths-info/main", "application/json", body, "");
    }

    String createRepository(String name) throws IOException, InterruptedException {
        post("/api/repos/create", "application/json", "{\"name\":\"" + name + "\",\"type\":\"model\"}", "");
        return user + '/' + name;
    }

    /** A path in a tree of folders with a hundred entries each. */
    static String path(int number) {
        return "d" + number / 10_000 + "/e" + number / 100 % 100 + "/f" + number + ".txt";
    }

    /** Commits {@code count} small files in one commit. */
    void commit(String repo, int first, int count) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder(count * 110 + 100);
        lines.append("{\"key\":\"header\",\"value\":{\"summary\":\"add ")
                .append(count)
                .append(" files\",\"description\":\"\"}}\n");
        for (int i = first; i < first + count; i++) {
            String content =
                    Base64.getEncoder().encodeToString(("file number " + i + '\n').getBytes(StandardCharsets.UTF_8));
            lines.append("{\"key\":\"file\",\"value\":{\"path\":\"")
                    .append(path(i))
                    .append("\",\"encoding\":\"base64\",\"content\":\"")
                    .append(content)
                    .append("\"}}\n");
        }
        post("/api/models/" + repo + "/commit/main", "application/x-ndjson", lines.toString(), "");
    }

    private HttpResponse<String> post(String path, String type, String body, String cookie)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }
}
