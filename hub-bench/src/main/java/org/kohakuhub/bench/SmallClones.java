package org.kohakuhub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests of a clone (protocol version 2: capabilities, refs, pack) over and over, without the client's own work, which
 * takes longer than any server's for a small repository.
 */
final class SmallClones {
    private static final Pattern HEAD = Pattern.compile("([0-9a-f]{40}) HEAD");
    private static final String CAPABILITIES = packet("object-format=sha1");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String repository;

    private SmallClones(URI repository) {
        this.repository = repository.toString();
    }

    /** Clones per second. */
    static double run(URI repository, int connections, Duration length) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            long end = start + length.toNanos();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(pool.submit(() -> new SmallClones(repository).loop(end)));
            }
            long all = 0;
            for (Future<Integer> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdownNow();
        }
    }

    private int loop(long end) throws IOException, InterruptedException {
        int clones = 0;
        while (System.nanoTime() < end) {
            send(request("/info/refs?service=git-upload-pack").GET());
            String refs = new String(
                    post(packet("command=ls-refs\n") + CAPABILITIES + "0001" + packet("symrefs\n") + packet("peel\n")
                            + "0000"),
                    StandardCharsets.ISO_8859_1);
            Matcher head = HEAD.matcher(refs);
            if (!head.find()) {
                throw new IOException("no HEAD: " + refs);
            }
            String pack = new String(
                    post(packet("command=fetch\n") + CAPABILITIES + "0001" + packet("ofs-delta\n")
                            + packet("want " + head.group(1) + '\n') + packet("done\n") + "0000"),
                    StandardCharsets.ISO_8859_1);
            if (!pack.contains("PACK")) {
                throw new IOException("no pack: " + pack);
            }
            clones++;
        }
        return clones;
    }

    private static String packet(String line) {
        return String.format("%04x", line.length() + 4) + line;
    }

    private byte[] post(String body) throws IOException, InterruptedException {
        return send(request("/git-upload-pack")
                .header("Content-Type", "application/x-git-upload-pack-request")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(repository + path)).header("Git-Protocol", "version=2");
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(answer + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }
}
