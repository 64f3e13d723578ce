package org.kohakuhub.object;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Immutable bytes by key, in one bucket. Nothing is modified in place; what no row names does not exist and is swept.
 * No call may be made while a transaction is open. Thread-safe.
 *
 * <p>Failures of the store itself are {@code HubException} UNAVAILABLE. Reading or copying a key that is not there is a
 * defect of the caller: {@link java.util.NoSuchElementException}.
 */
public interface ObjectStore {
    /** Bytes {@code from} (inclusive, from 0) to {@code from + length}, cut at the object's end; empty past it. */
    byte[] getRange(String key, long from, int length);

    /** The bytes {@code from} (inclusive, from 0) to {@code from + length}, which must be there; the caller closes it. */
    InputStream get(String key, long from, long length);

    /** The whole object as a stream, which the caller closes. */
    InputStream get(String key);

    /** Stores small bytes. */
    void put(String key, byte[] bytes);

    /** Stores the {@code size} bytes of a source, however many. */
    void put(String key, long size, Source source);

    /** Stores a file's bytes. */
    void putFile(String key, Path file);

    /** Removes these keys; missing ones are no error. */
    void delete(Collection<String> keys);

    /** Size and ETag of an object, if it is there. */
    Optional<Stored> head(String key);

    /** Copies within the store, also above the 5 GiB that one S3 copy can do. */
    void copy(String from, String to, long size);

    /** An address under which a bare {@code GET} (with any {@code Range}) answers the object. */
    URI presignGet(String key, Download download, Audience audience);

    /**
     * An address under which a {@code GET} with exactly {@code Range: bytes=first-last} (last inclusive) answers those
     * bytes of the object, and no other request anything.
     */
    URI presignRange(String key, long first, long last, Duration ttl, Audience audience);

    /** An address to which a bare {@code PUT} stores an object of any type. */
    URI presignPut(String key, Duration ttl, Audience audience);

    /** Begins a multipart upload and gives its id. */
    String beginMultipart(String key);

    /** An address to which a bare {@code PUT} stores one part. */
    URI presignPart(String key, String multipartId, int partNumber, Duration ttl, Audience audience);

    /** Stores a file's bytes as one part, and gives its ETag. */
    String putPart(String key, String multipartId, int partNumber, Path file);

    /**
     * Joins the parts. Repeating it after success is success, as long as the object is there.
     *
     * @throws org.kohakuhub.common.HubException UNPROCESSABLE if these are not the parts that were sent, or the upload
     *     was given up
     */
    void completeMultipart(String key, String multipartId, List<Part> parts);

    /** Gives an unfinished multipart upload up; one that is gone already is no error. */
    void abortMultipart(String key, String multipartId);

    /** Bytes that can be read again, from any place on: the store may ask for the same ones more than once. */
    @FunctionalInterface
    interface Source {
        /** The bytes {@code from} (inclusive, from 0) to {@code from + length}; the reader closes the stream. */
        InputStream open(long from, long length);
    }

    /** What {@link #head} tells. */
    record Stored(long size, String etag) {}

    /** One part as the client reports it; {@code etag} as received, with its quotes. */
    record Part(int number, String etag) {}

    /** What the answer to a presigned GET shall say of itself. */
    record Download(String contentType, String contentDisposition, Duration ttl) {}

    /**
     * By which address the caller reached the hub: presigned addresses of the embedded store point to the same host.
     *
     * @param host the host of the caller's address, without port, already checked against the names that the hub
     *     answers to
     * @param secure whether that was https
     */
    record Audience(String host, boolean secure) {}
}
