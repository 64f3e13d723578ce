package org.kohakuhub.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The baseline: C git's own {@code git http-backend} (a CGI program, RFC 3875) on the loopback interface. */
final class GitHttpBackend implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    private GitHttpBackend(HttpServer server) {
        this.server = server;
    }

    /** Serves the repositories in {@code folder}. */
    static GitHttpBackend serve(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GitHttpBackend backend = new GitHttpBackend(server);
        server.createContext("/", exchange -> handle(exchange, folder));
        server.setExecutor(backend.pool);
        server.start();
        return backend;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void handle(HttpExchange exchange, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> cgi = builder.environment();
        cgi.put("GIT_PROJECT_ROOT", folder.toString());
        cgi.put("GIT_HTTP_EXPORT_ALL", "1");
        cgi.put("REQUEST_METHOD", exchange.getRequestMethod());
        cgi.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getRawQuery();
        cgi.put("QUERY_STRING", query == null ? "" : query);
        header(exchange, cgi, "Content-Type", "CONTENT_TYPE");
        header(exchange, cgi, "Content-Length", "CONTENT_LENGTH");
        header(exchange, cgi, "Content-Encoding", "HTTP_CONTENT_ENCODING");
        header(exchange, cgi, "Git-Protocol", "GIT_PROTOCOL");
        Process process = builder.start();
        try (exchange;
                InputStream answer = process.getInputStream()) {
            try (OutputStream body = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(body);
            }
            int status = 200;
            for (String line = line(answer); !line.isEmpty(); line = line(answer)) {
                String[] parts = line.split(": ", 2);
                if (parts[0].equals("Status")) {
                    status = Integer.parseInt(parts[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(parts[0], parts[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            answer.transferTo(exchange.getResponseBody());
        }
    }

    private static void header(HttpExchange exchange, Map<String, String> cgi, String header, String variable) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
            cgi.put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
