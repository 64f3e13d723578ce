package org.kohakuhub.object;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.object.ObjectStore.Download;
import org.kohakuhub.object.ObjectStore.Stored;

/**
 * Contents by sha256, each seen through one repository: a repository may read or link a content only if the bytes came
 * through its own door or were copied from a repository that the caller may read. Knowing a hash is no right.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // hashing a large upload must not hold a connection
public class ContentObjects {
    private static final String OCTETS = "application/octet-stream";

    private final ObjectRows objects;
    private final UploadRows uploads;
    private final UploadProofs proofs;
    private final ObjectStore store;
    private final S3Config config;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected ContentObjects() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ContentObjects(
            ObjectRows objects,
            UploadRows uploads,
            UploadProofs proofs,
            ObjectStore store,
            S3Config config,
            InstantSource clock) {
        this.objects = objects;
        this.uploads = uploads;
        this.proofs = proofs;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /** Those of {@code wanted} that the repository may read and link. */
    public Map<Sha256, ObjectInfo> granted(RepoKey repo, Collection<Sha256> wanted) {
        return objects.granted(repo.id(), wanted);
    }

    /**
     * The same for who is about to name them in a commit: what is in the answer stays there until that is done, however
     * old the rights are (see {@link ObjectLedger#keep}).
     */
    public Map<Sha256, ObjectInfo> linkable(RepoKey repo, Collection<Sha256> wanted) {
        if (!wanted.isEmpty()) {
            proofs.keep(repo, wanted);
        }
        return granted(repo, wanted);
    }

    /**
     * Makes sure that the repository may link a content: it has the right already, or the bytes that were uploaded for
     * it are verified now, which reads all of them. Repeating it after success is success.
     *
     * @throws HubException UNPROCESSABLE if nothing was uploaded here under this sha256, or something else
     */
    public ObjectInfo verifyUploaded(RepoKey repo, Sha256 sha256, long size) {
        Optional<ObjectInfo> known =
                Optional.ofNullable(linkable(repo, List.of(sha256)).get(sha256));
        if (known.isPresent()) {
            return checked(known.get(), size);
        }
        boolean found = false;
        for (UploadInFlight upload : uploads.inFlight(repo.id(), sha256, clock.millis())) {
            Optional<Stored> stored = store.head(upload.key());
            if (stored.isEmpty()) {
                continue;
            }
            found = true;
            boolean asSaid = upload.size() == size && stored.get().size() == size;
            if (asSaid && proofs.prove(repo, upload)) {
                return new ObjectInfo(sha256, size);
            }
        }
        // another request may have been the one to verify it
        return granted(repo, sha256)
                .map(info -> checked(info, size))
                .orElseThrow(found ? () -> mismatch(sha256, size) : () -> absent(sha256));
    }

    /** What the hub knows of a content, whoever has a right to it: for its own work. */
    public Optional<Kept> kept(Sha256 sha256) {
        return objects.find(sha256).map(found -> new Kept(found.info(), Optional.ofNullable(found.key())));
    }

    /**
     * A content of the hub.
     *
     * @param key of its whole bytes in the object store, if they lie there
     */
    public record Kept(ObjectInfo info, Optional<String> key) {}

    /** Of these contents, whoever has a right to them, those that are in Xet, with their file hashes. */
    public Map<Sha256, XetHash> inXet(Collection<Sha256> contents) {
        return objects.inXet(contents);
    }

    private Optional<ObjectInfo> granted(RepoKey repo, Sha256 sha256) {
        return Optional.ofNullable(granted(repo, List.of(sha256)).get(sha256));
    }

    private static ObjectInfo checked(ObjectInfo info, long size) {
        if (info.size() != size) {
            throw mismatch(info.sha256(), size);
        }
        return info;
    }

    private static HubException mismatch(Sha256 sha256, long size) {
        return new HubException(
                ErrorKind.UNPROCESSABLE, "The uploaded bytes do not match oid " + sha256 + " of " + size + " bytes");
    }

    private static HubException absent(Sha256 sha256) {
        return new HubException(ErrorKind.UNPROCESSABLE, "Nothing was uploaded to this repository under oid " + sha256);
    }

    /** Where clients read those of {@code wanted} whose whole bytes the repository may read. */
    public Map<Sha256, Located> locate(RepoKey repo, Collection<Sha256> wanted, Audience audience) {
        Map<Sha256, Located> located = new HashMap<>();
        objects.grantedKeys(repo.id(), wanted).forEach(found -> {
            String name = found.info().sha256().hex();
            URI address = address(found.key(), ContentDisposition.attachment(name), OCTETS, audience);
            located.put(found.info().sha256(), new Located(found.info(), address, config.presignTtl()));
        });
        return located;
    }

    /**
     * A content that can be fetched.
     *
     * @param address takes a bare {@code GET} with any {@code Range}
     * @param life how long it does
     */
    public record Located(ObjectInfo info, URI address, Duration life) {}

    /**
     * Where a client reads one content of the repository, which says of itself what it is told here; empty if the
     * repository has no right to it, or no whole copy of it is there.
     */
    public Optional<URI> download(
            RepoKey repo, Sha256 sha256, ContentDisposition disposition, String contentType, Audience audience) {
        return objects.grantedKeys(repo.id(), List.of(sha256)).stream()
                .findFirst()
                .map(found -> address(found.key(), disposition, contentType, audience));
    }

    /**
     * The bytes of one content of the repository from {@code from} on, {@code length} of them, which must be there;
     * empty where {@link #download} is. The caller closes the stream.
     */
    public Optional<InputStream> open(RepoKey repo, Sha256 sha256, long from, long length) {
        return objects.grantedKeys(repo.id(), List.of(sha256)).stream()
                .findFirst()
                .map(found -> store.get(found.key(), from, length));
    }

    private URI address(String key, ContentDisposition disposition, String contentType, Audience audience) {
        return store.presignGet(key, new Download(contentType, disposition.text(), config.presignTtl()), audience);
    }
}
