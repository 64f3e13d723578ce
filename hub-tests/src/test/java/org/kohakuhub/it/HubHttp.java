package org.kohakuhub.it;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The hub's HTTP door as one caller uses it: with his token or without. Redirects are not followed. Thread-safe. */
public final class HubHttp {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    HubHttp(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** The same caller, sending one more header with every request. */
    public HubHttp with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new HubHttp(base, more);
    }

    /** {@code GET}; the path stands for itself, encoded. */
    public Answer get(String path) {
        return send("GET", path, null, new byte[0]);
    }

    public Answer head(String path) {
        return send("HEAD", path, null, new byte[0]);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, new byte[0]);
    }

    /** {@code DELETE} with a JSON body, as the contract's repository deletion has. */
    public Answer delete(String path, JsonObject body) {
        return send("DELETE", path, "application/json", Bytes.utf8(body.toString()));
    }

    public Answer post(String path, JsonObject body) {
        return send("POST", path, "application/json", Bytes.utf8(body.toString()));
    }

    public Answer put(String path, JsonObject body) {
        return send("PUT", path, "application/json", Bytes.utf8(body.toString()));
    }

    /** {@code POST} with neither body nor {@code Content-Type}. */
    public Answer post(String path) {
        return send("POST", path, null, new byte[0]);
    }

    /** Any request. Without {@code contentType} and bytes, there is no body. */
    public Answer send(String method, String path, String contentType, byte[] body) {
        URI uri = URI.create(path.startsWith("/") ? base + path : path); // resolve() would tidy up ".."
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(120))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(method + ' ' + uri + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + ' ' + uri + " was interrupted", e);
        }
    }
}
