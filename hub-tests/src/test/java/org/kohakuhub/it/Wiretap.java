package org.kohakuhub.it;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before the hub and notes what clients ask and how much they send; nothing is changed on the way. The hub tells
 * addresses of the host that it was called by, so a client that came here stays here, but for the object store.
 */
public final class Wiretap implements AutoCloseable {
    /** Headers of one connection; the length is set by the one who sends the body. */
    private static final Set<String> HOP = Set.of("connection", "content-length", "expect", "transfer-encoding");

    private static final int BUFFER = 64 << 10;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each small answer waits 40 ms
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new ArrayList<>();
    private final URI hub;
    private final HttpServer server;

    /**
     * A request that was answered.
     *
     * @param path without the query
     * @param received bytes of its body
     */
    public record Seen(String method, String path, int status, long received) {
        public boolean is(String wantedMethod, String part) {
            return method.equals(wantedMethod) && path.contains(part);
        }
    }

    private Wiretap(URI hub) throws IOException {
        this.hub = hub;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public static Wiretap before(RunningHub hub) throws IOException {
        return new Wiretap(hub.base());
    }

    /** What clients take for the hub's address. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was answered since the last time that somebody asked. */
    public List<Seen> take() {
        synchronized (seen) {
            List<Seen> all = List.copyOf(seen);
            seen.clear();
            return all;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Counted body = new Counted(exchange.getRequestBody());
            HttpResponse<InputStream> answer = client.send(request(exchange, body), BodyHandlers.ofInputStream());
            URI asked = exchange.getRequestURI();
            synchronized (seen) {
                // before the client hears of it, so that it is there when the client has ended
                seen.add(new Seen(exchange.getRequestMethod(), asked.getPath(), answer.statusCode(), body.count));
            }
            answer(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, InputStream body) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        BodyPublisher publisher = length == null || length.equals("0")
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), Long.parseLong(length));
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : '?' + asked.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub + asked.getRawPath() + query))
                .method(exchange.getRequestMethod(), publisher);
        headers.forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
            }
        });
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        try (InputStream body = answer.body()) {
            if (head || length == 0 || answer.statusCode() == 204 || answer.statusCode() == 304) {
                if (head && length >= 0) {
                    headers.set("Content-Length", Long.toString(length));
                }
                exchange.sendResponseHeaders(answer.statusCode(), -1);
                return;
            }
            exchange.sendResponseHeaders(answer.statusCode(), Math.max(0, length)); // 0: in pieces
            OutputStream out = exchange.getResponseBody();
            byte[] buffer = new byte[BUFFER];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
