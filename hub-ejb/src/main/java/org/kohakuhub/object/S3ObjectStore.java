package org.kohakuhub.object;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.S3Config;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link ObjectStore} on any server that speaks S3: one client for the hub's own calls, one signer per public address. */
@ApplicationScoped
public class S3ObjectStore implements ObjectStore {
    private static final System.Logger log = System.getLogger(S3ObjectStore.class.getName());

    /** S3 takes this many keys in one DeleteObjects. */
    private static final int DELETE_BATCH = 1000;

    /** The one region that a new bucket must not name. */
    private static final String S3_HOME = "us-east-1";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Config config;
    private final S3Client s3;
    private final S3Addresses addresses;
    private final S3Parts parts;

    /** For the container's proxy only. */
    protected S3ObjectStore() {
        this.config = null;
        this.s3 = null;
        this.addresses = null;
        this.parts = null;
    }

    /** Opens no connection yet. */
    @Inject
    public S3ObjectStore(S3Config config) {
        this(config, S3Parts.DEFAULT_PART);
    }

    S3ObjectStore(S3Config config, long partSize) {
        this.config = config;
        this.s3 = S3Clients.client(config);
        this.addresses = new S3Addresses(config);
        this.parts = new S3Parts(s3, config.bucket(), partSize);
    }

    @PreDestroy
    void close() {
        addresses.close();
        s3.close();
    }

    /**
     * Makes the bucket if it is missing.
     *
     * @throws HubException UNAVAILABLE if the store does not answer or does not let us
     */
    void openBucket() {
        call("open the bucket", () -> {
            try {
                s3.headBucket(head -> head.bucket(config.bucket()));
            } catch (S3Exception e) {
                if (e.statusCode() != NOT_FOUND) {
                    throw e;
                }
                createBucket();
            }
            return null;
        });
    }

    private void createBucket() {
        try {
            s3.createBucket(create -> {
                create.bucket(config.bucket());
                if (!config.region().equals(S3_HOME)) {
                    create.createBucketConfiguration(where -> where.locationConstraint(config.region()));
                }
            });
            log.log(Level.INFO, "Made the bucket {0}", config.bucket());
        } catch (BucketAlreadyOwnedByYouException e) {
            log.log(Level.DEBUG, "Another node made the bucket {0}", config.bucket());
        }
    }

    @Override
    public byte[] getRange(String key, long from, int length) {
        if (from < 0 || length < 0) {
            throw new IllegalArgumentException("Not a range: " + from + "+" + length);
        }
        if (length == 0) {
            return new byte[0];
        }
        return call("read", () -> {
            try {
                return s3.getObjectAsBytes(get ->
                                get.bucket(config.bucket()).key(key).range("bytes=" + from + '-' + (from + length - 1)))
                        .asByteArrayUnsafe();
            } catch (NoSuchKeyException e) {
                throw missing(key);
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new byte[0];
                }
                throw e;
            }
        });
    }

    @Override
    public InputStream get(String key) {
        return call("read", () -> {
            try {
                return s3.getObject(get -> get.bucket(config.bucket()).key(key));
            } catch (NoSuchKeyException e) {
                throw missing(key);
            }
        });
    }

    @Override
    public InputStream get(String key, long from, long length) {
        return call("read", () -> {
            try {
                return s3.getObject(
                        get -> get.bucket(config.bucket()).key(key).range("bytes=" + from + '-' + (from + length - 1)));
            } catch (NoSuchKeyException e) {
                throw missing(key);
            }
        });
    }

    @Override
    public void put(String key, byte[] bytes) {
        call("write", () -> s3.putObject(put -> put.bucket(config.bucket()).key(key), RequestBody.fromBytes(bytes)));
    }

    @Override
    public void put(String key, long size, Source source) {
        call("write", () -> {
            parts.put(key, size, source);
            return null;
        });
    }

    @Override
    public void putFile(String key, Path file) {
        call("write", () -> {
            parts.putFile(key, file);
            return null;
        });
    }

    @Override
    public void delete(Collection<String> keys) {
        List<ObjectIdentifier> all = keys.stream()
                .distinct()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        for (int from = 0; from < all.size(); from += DELETE_BATCH) {
            List<ObjectIdentifier> batch = all.subList(from, Math.min(all.size(), from + DELETE_BATCH));
            DeleteObjectsResponse answer = call(
                    "delete",
                    () -> s3.deleteObjects(delete -> delete.bucket(config.bucket())
                            .delete(list -> list.objects(batch).quiet(true))));
            if (answer.hasErrors()) {
                log.log(Level.ERROR, "The object store kept {0} of {1} keys", answer.errors(), batch.size());
                throw unavailable();
            }
        }
    }

    @Override
    public Optional<Stored> head(String key) {
        return call("look up", () -> {
            try {
                var found = s3.headObject(head -> head.bucket(config.bucket()).key(key));
                return Optional.of(new Stored(found.contentLength(), found.eTag()));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void copy(String from, String to, long size) {
        call("copy", () -> {
            try {
                parts.copy(from, to, size);
            } catch (NoSuchKeyException e) {
                throw missing(from);
            }
            return null;
        });
    }

    @Override
    public URI presignGet(String key, Download download, Audience audience) {
        return URI.create(addresses
                .presigner(audience)
                .presignGetObject(sign -> sign.signatureDuration(download.ttl())
                        .getObjectRequest(get -> get.bucket(config.bucket())
                                .key(key)
                                .responseContentType(download.contentType())
                                .responseContentDisposition(download.contentDisposition())))
                .url()
                .toString());
    }

    @Override
    public URI presignRange(String key, long first, long last, Duration ttl, Audience audience) {
        return URI.create(addresses
                .presigner(audience)
                .presignGetObject(sign -> sign.signatureDuration(ttl)
                        .getObjectRequest(
                                get -> get.bucket(config.bucket()).key(key).range("bytes=" + first + '-' + last)))
                .url()
                .toString());
    }

    @Override
    public URI presignPut(String key, Duration ttl, Audience audience) {
        return URI.create(addresses
                .presigner(audience)
                .presignPutObject(sign -> sign.signatureDuration(ttl)
                        .putObjectRequest(put -> put.bucket(config.bucket()).key(key)))
                .url()
                .toString());
    }

    @Override
    public String beginMultipart(String key) {
        return call("write", () -> parts.begin(key));
    }

    @Override
    public URI presignPart(String key, String multipartId, int partNumber, Duration ttl, Audience audience) {
        return URI.create(addresses
                .presigner(audience)
                .presignUploadPart(sign -> sign.signatureDuration(ttl)
                        .uploadPartRequest(part -> part.bucket(config.bucket())
                                .key(key)
                                .uploadId(multipartId)
                                .partNumber(partNumber)))
                .url()
                .toString());
    }

    @Override
    public String putPart(String key, String multipartId, int partNumber, Path file) {
        return call("write a part", () -> {
            try {
                return parts.putPart(key, multipartId, partNumber, file);
            } catch (NoSuchUploadException e) {
                throw new HubException(ErrorKind.UNPROCESSABLE, "This multipart upload does not exist any more");
            }
        });
    }

    @Override
    public void completeMultipart(String key, String multipartId, List<Part> received) {
        List<CompletedPart> completed = received.stream()
                .sorted(Comparator.comparingInt(Part::number))
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .build())
                .toList();
        call("join parts", () -> {
            try {
                parts.complete(key, multipartId, completed);
            } catch (NoSuchUploadException e) {
                if (head(key).isEmpty()) {
                    throw new HubException(ErrorKind.UNPROCESSABLE, "This multipart upload does not exist any more");
                }
            } catch (S3Exception e) {
                if (e.statusCode() != BAD_REQUEST) {
                    throw e;
                }
                log.log(Level.DEBUG, "Parts refused", e);
                throw new HubException(
                        ErrorKind.UNPROCESSABLE, "The object store refused to join these parts: wrong or missing part");
            }
            return null;
        });
    }

    @Override
    public void abortMultipart(String key, String multipartId) {
        call("give up", () -> {
            try {
                parts.abort(key, multipartId);
            } catch (NoSuchUploadException e) {
                log.log(Level.DEBUG, "Already gone: {0}", key);
            }
            return null;
        });
    }

    private static <T> T call(String what, Supplier<T> operation) {
        try {
            return operation.get();
        } catch (SdkException e) {
            log.log(Level.ERROR, "The object store failed to {0}: {1}", what, e.getMessage());
            log.log(Level.DEBUG, "In full", e);
            throw unavailable();
        }
    }

    private static HubException unavailable() {
        return new HubException(ErrorKind.UNAVAILABLE, "The object store does not answer; try again later");
    }

    private static NoSuchElementException missing(String key) {
        return new NoSuchElementException("The object store has nothing at " + key);
    }
}
