package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Somebody whom webhooks lead to: keeps what he gets and answers as he is told. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /** One call, as it came. */
    public record Call(String path, Map<String, String> headers, byte[] body) {
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
                return reader.readObject();
            }
        }

        /** {@code update repo.content} and the like. */
        public String event() {
            JsonObject event = json().getJsonObject("event");
            return event.getString("action") + ' ' + event.getString("scope");
        }
    }

    /** How a call is answered. */
    public interface Manners {
        void answer(HttpExchange exchange) throws IOException;
    }

    private Receiver(Manners manners) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
            manners.answer(exchange);
            exchange.close();
        });
        server.start();
    }

    public static Receiver with(Manners manners) {
        try {
            return new Receiver(manners);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is content with everything. */
    public static Receiver polite() {
        return with(exchange -> exchange.sendResponseHeaders(204, -1));
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next call that is wanted; others are passed over. */
    public Call next(Predicate<Call> wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                Call call = calls.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                assertThat(call).as("a call within a minute").isNotNull();
                if (wanted.test(call)) {
                    return call;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    public Call next(String event) {
        return next(call -> call.event().equals(event));
    }

    /** How many calls came that nobody has looked at. */
    public int waiting() {
        return calls.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
