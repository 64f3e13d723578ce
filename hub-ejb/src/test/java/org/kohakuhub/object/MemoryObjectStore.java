package org.kohakuhub.object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Objects in memory, for tests that read and write bytes and hand out no addresses. */
public final class MemoryObjectStore implements ObjectStore {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    /** How many times bytes were read. */
    public int reads() {
        return reads.get();
    }

    /** Which objects there are. */
    public Collection<String> keys() {
        return objects.keySet();
    }

    @Override
    public byte[] getRange(String key, long from, int length) {
        reads.incrementAndGet();
        byte[] all = objects.get(key);
        int start = (int) Math.min(from, all.length);
        return Arrays.copyOfRange(all, start, (int) Math.min(from + length, all.length));
    }

    @Override
    public InputStream get(String key) {
        reads.incrementAndGet();
        return new ByteArrayInputStream(objects.get(key));
    }

    @Override
    public InputStream get(String key, long from, long length) {
        return new ByteArrayInputStream(getRange(key, from, (int) length));
    }

    @Override
    public void put(String key, byte[] bytes) {
        objects.put(key, bytes.clone());
    }

    @Override
    public void put(String key, long size, Source source) {
        try (InputStream in = source.open(0, size)) {
            put(key, in.readNBytes((int) size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void putFile(String key, Path file) {
        try {
            objects.put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public Optional<Stored> head(String key) {
        return Optional.ofNullable(objects.get(key)).map(bytes -> new Stored(bytes.length, "\"x\""));
    }

    @Override
    public void copy(String from, String to, long size) {
        objects.put(to, objects.get(from));
    }

    @Override
    public URI presignGet(String key, Download download, Audience audience) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public URI presignRange(String key, long first, long last, Duration ttl, Audience audience) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public URI presignPut(String key, Duration ttl, Audience audience) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public String beginMultipart(String key) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public URI presignPart(String key, String multipartId, int partNumber, Duration ttl, Audience audience) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public String putPart(String key, String multipartId, int partNumber, Path file) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public void completeMultipart(String key, String multipartId, List<Part> parts) {
        throw new AssertionError("has no addresses");
    }

    @Override
    public void abortMultipart(String key, String multipartId) {
        throw new AssertionError("has no addresses");
    }
}
