package org.kohakuhub.object;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.common.XetHash;

/**
 * The short transactions around bytes: what is promised before they may appear, and what names them once they are
 * proven. Each public method is one transaction, or part of the caller's; none touches the object store.
 */
@Stateless
public class ObjectLedger {
    private final ObjectRows objects;
    private final UploadRows uploads;
    private final StoreIntents intents;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected ObjectLedger() {
        this(null, null, null, null);
    }

    @Inject
    public ObjectLedger(ObjectRows objects, UploadRows uploads, StoreIntents intents, InstantSource clock) {
        this.objects = objects;
        this.uploads = uploads;
        this.intents = intents;
        this.clock = clock;
    }

    /** Bytes may appear at these keys from now on. */
    public void promise(RepoKey repo, Collection<String> keys) {
        keys.forEach(key -> intents.promise(key, repo.id(), clock.millis()));
    }

    /** Opens uploads whose keys were promised. */
    public void open(RepoKey repo, String userId, List<UploadInFlight> opened) {
        for (UploadInFlight shown : opened) {
            Upload upload = new Upload();
            upload.id = shown.id();
            upload.repoId = repo.id();
            upload.userId = userId;
            upload.sha256 = shown.sha256().hex();
            upload.size = shown.size();
            upload.objectKey = shown.key();
            upload.multipartId =
                    shown.parts().map(UploadInFlight.Parts::multipartId).orElse(null);
            upload.partSize = shown.parts().map(UploadInFlight.Parts::partSize).orElse(null);
            upload.createdAt = clock.millis();
            upload.expiresAt = clock.millis() + UploadLife.ROW.toMillis();
            uploads.add(upload);
            shown.parts().ifPresent(parts -> intents.rememberMultipart(shown.key(), parts.multipartId()));
        }
    }

    /** Gives uploads more time, for new addresses to the same keys; what has gone meanwhile is left out of the answer. */
    public List<UploadInFlight> renew(List<UploadInFlight> inFlight) {
        long expiresAt = clock.millis() + UploadLife.ROW.toMillis();
        return inFlight.stream()
                .filter(upload -> intents.renew(upload.key(), clock.millis()) && uploads.extend(upload.id(), expiresAt))
                .toList();
    }

    /**
     * The bytes at {@code key} were seen to have this sha256, and came through this repository's door: the content gets
     * its place and the repository its right.
     *
     * @return false if the content has another place already; then nobody names {@code key}
     * @throws HubException UNAVAILABLE if the promise of the key has run out; REPO_NOT_FOUND if the repository is gone
     */
    public boolean name(RepoKey repo, UploadInFlight upload, String key) {
        boolean placed = objects.place(upload.sha256(), upload.size(), key, clock.millis());
        if (placed && !intents.fulfil(key)) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The upload took too long to verify; send it again");
        }
        grantProven(repo, upload);
        return placed;
    }

    /**
     * The uploaded bytes were seen to be a content that the hub has already: the repository gets its right.
     *
     * @throws HubException REPO_NOT_FOUND if the repository is gone
     */
    public void grantProven(RepoKey repo, UploadInFlight upload) {
        if (!objects.grant(repo.id(), upload.sha256(), clock.millis())) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
        }
        uploads.remove(upload.id());
    }

    /** Bytes of a whole copy of a content may appear at the answer from now on. */
    public String promiseCopy(Sha256 sha256) {
        String key = ObjectKeys.content(sha256, Ids.next(clock));
        intents.promise(key, null, clock.millis());
        return key;
    }

    /** Bytes of a xorb may appear at the answer from now on. */
    public String promiseXorb(XetHash xorb) {
        String key = ObjectKeys.xorb(xorb, Ids.next(clock));
        intents.promise(key, null, clock.millis());
        return key;
    }

    /** Bytes of an attachment may appear at the answer from now on. */
    public String promiseAttachment(String id) {
        String key = ObjectKeys.attachment(id);
        intents.promise(key, null, clock.millis());
        return key;
    }

    /**
     * A whole copy of a content that is in Xet was seen to have its sha256.
     *
     * @return false if there is another copy, or the content is gone; then nobody names {@code key}
     */
    public boolean nameCopy(Sha256 sha256, String key) {
        return objects.placeCopy(sha256, key) && intents.fulfil(key);
    }

    /**
     * A content was seen to be the file of this hash. Joins the caller's transaction.
     *
     * @param dropCopy whether its whole copy is of no use any more
     */
    public void placeInXet(Sha256 sha256, XetHash xet, boolean dropCopy) {
        Optional<String> copy = objects.placeInXet(sha256, xet, dropCopy);
        copy.ifPresent(this::giveUp);
    }

    /** A promised key gets a name in the caller's transaction; false if a sweeper was faster, and then it must not. */
    public boolean fulfil(String key) {
        return intents.fulfil(key);
    }

    /** Nothing names this key any more, from the end of the caller's transaction on: the bytes are swept later. */
    public void giveUp(String key) {
        intents.giveUp(key, clock.millis());
    }

    /**
     * A content was seen to be the file of this hash, and its chunks came through this repository's door or were proven
     * to be known there: it gets its place in Xet, if it has none, and the repository its right. Joins the caller's
     * transaction.
     *
     * @throws HubException REPO_NOT_FOUND if the repository is gone
     */
    public void grantInXet(RepoKey repo, Sha256 sha256, long size, XetHash xet) {
        objects.placeInXet(sha256, size, xet, clock.millis());
        if (!objects.grant(repo.id(), sha256, clock.millis())) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
        }
    }

    /**
     * Somebody is about to name these contents in a commit of the repository: for the grace time of the sweep its rights to
     * them stay, whether a ref leads to them or not.
     */
    public void keep(RepoKey repo, Collection<Sha256> contents) {
        objects.keep(repo.id(), contents, clock.millis());
    }

    /** Gives an upload up, whose bytes turned out to be something else. */
    public void refuse(UploadInFlight upload) {
        uploads.remove(upload.id());
    }

    /**
     * Gives {@code target} the right to contents of {@code source}, which the caller was found to be allowed to read;
     * contents that {@code source} has no right to stay without. Joins the caller's transaction.
     */
    public void grantFrom(RepoKey source, RepoKey target, Collection<Sha256> contents) {
        objects.grantFrom(source.id(), target.id(), contents, clock.millis());
    }

    /** Forgets uploads that were not finished in time, and tells how many. */
    public int expire() {
        return uploads.removeExpired(clock.millis());
    }

    /** Makes sure that nothing will name these keys any more; what is named or was renewed is left out of the answer. */
    public List<StoreIntents.Stale> condemn(List<StoreIntents.Stale> stale, Duration age) {
        long now = clock.millis();
        return stale.stream()
                .filter(intent -> intents.condemn(intent.key(), now - age.toMillis(), now))
                .toList();
    }

    /** The bytes at these keys are gone. */
    public void forget(Collection<String> keys) {
        keys.forEach(intents::forget);
    }
}
