package org.kohakuhub.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.kohakuhub.object.ObjectStore.Source;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What S3 does in several requests: uploads and copies of objects that are too long for a single one. */
final class S3Parts {
    /** Far below the 5 GiB that one request can do, so that no request is silent for long. */
    static final long DEFAULT_PART = 1L << 30;

    /** The highest part number of S3. */
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3;
    private final String bucket;
    private final long partSize;

    S3Parts(S3Client s3, String bucket, long partSize) {
        this.s3 = s3;
        this.bucket = bucket;
        this.partSize = partSize;
    }

    void putFile(String key, Path file) {
        put(key, length(file), (from, length) -> section(file, from, length));
    }

    void put(String key, long size, Source source) {
        if (size <= partSize) {
            s3.putObject(put -> put.bucket(bucket).key(key), body(source, 0, size));
            return;
        }
        inParts(
                key,
                size,
                (id, number, from, length) -> s3.uploadPart(
                                part -> part.bucket(bucket)
                                        .key(key)
                                        .uploadId(id)
                                        .partNumber(number),
                                body(source, from, length))
                        .eTag());
    }

    /** The SDK asks for a new stream whenever it repeats a request. */
    private static RequestBody body(Source source, long from, long length) {
        return RequestBody.fromContentProvider(() -> source.open(from, length), length, "application/octet-stream");
    }

    void copy(String from, String to, long size) {
        if (size <= partSize) {
            s3.copyObject(copy -> copy.sourceBucket(bucket)
                    .sourceKey(from)
                    .destinationBucket(bucket)
                    .destinationKey(to));
            return;
        }
        inParts(
                to,
                size,
                (id, number, start, length) -> s3.uploadPartCopy(part -> part.sourceBucket(bucket)
                                .sourceKey(from)
                                .destinationBucket(bucket)
                                .destinationKey(to)
                                .uploadId(id)
                                .partNumber(number)
                                .copySourceRange("bytes=" + start + '-' + (start + length - 1)))
                        .copyPartResult()
                        .eTag());
    }

    String begin(String key) {
        return s3.createMultipartUpload(create -> create.bucket(bucket).key(key))
                .uploadId();
    }

    String putPart(String key, String multipartId, int number, Path file) {
        return s3.uploadPart(
                        part -> part.bucket(bucket)
                                .key(key)
                                .uploadId(multipartId)
                                .partNumber(number),
                        RequestBody.fromFile(file))
                .eTag();
    }

    void complete(String key, String multipartId, List<CompletedPart> completed) {
        s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                .key(key)
                .uploadId(multipartId)
                .multipartUpload(parts -> parts.parts(completed)));
    }

    void abort(String key, String multipartId) {
        s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(multipartId));
    }

    private void inParts(String key, long size, PartWriter writer) {
        String id = begin(key);
        try {
            long step = Math.max(partSize, (size + MOST_PARTS - 1) / MOST_PARTS);
            List<CompletedPart> written = new ArrayList<>();
            for (long from = 0; from < size; from += step) {
                int number = written.size() + 1;
                String etag = writer.write(id, number, from, Math.min(step, size - from));
                written.add(
                        CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
            complete(key, id, written);
        } catch (RuntimeException e) {
            try {
                abort(key, id);
            } catch (RuntimeException whileAborting) {
                e.addSuppressed(whileAborting);
            }
            throw e;
        }
    }

    /** Writes bytes {@code from} to {@code from + length} as one part and gives its ETag. */
    private interface PartWriter {
        String write(String multipartId, int number, long from, long length);
    }

    private static InputStream section(Path file, long from, long length) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(from);
            return new SectionStream(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends after a number of bytes. */
    private static final class SectionStream extends InputStream {
        private final InputStream whole;
        private long left;

        SectionStream(InputStream whole, long length) {
            this.whole = whole;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = whole.read();
            if (read >= 0) {
                left--;
            }
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int read = whole.read(into, offset, (int) Math.min(length, left));
            if (read > 0) {
                left -= read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }
}
