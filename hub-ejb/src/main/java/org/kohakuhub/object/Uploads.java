package org.kohakuhub.object;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Ids;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.object.ObjectStore.Part;

/**
 * Lets clients write bytes to places of their own, from which only {@link ContentObjects} takes them. Callers have
 * asked for the right to write before.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Uploads {
    /** How long the addresses of an upload are good. */
    public static final Duration ADDRESS_LIFE = UploadLife.ADDRESS;

    private static final int LONGEST_ETAG = 256;

    private final UploadRows rows;
    private final ObjectLedger ledger;
    private final ObjectStore store;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected Uploads() {
        this(null, null, null, null);
    }

    @Inject
    public Uploads(UploadRows rows, ObjectLedger ledger, ObjectStore store, InstantSource clock) {
        this.rows = rows;
        this.ledger = ledger;
        this.store = store;
        this.clock = clock;
    }

    /**
     * What a client wants to send.
     *
     * @param partSize bytes of a part; empty for a single PUT
     */
    public record Wanted(Sha256 sha256, long size, Optional<Long> partSize) {}

    /**
     * Opens an upload for each content, or gives an open one of the same user and shape more time.
     *
     * @return by content; of two wishes for one content the first counts
     */
    public Map<Sha256, UploadInFlight> open(RepoKey repo, String userId, List<Wanted> wanted) {
        Map<Sha256, UploadInFlight> open = new HashMap<>();
        if (wanted.isEmpty()) {
            return open;
        }
        for (UploadInFlight renewed : ledger.renew(reusable(repo, userId, wanted))) {
            open.put(renewed.sha256(), renewed);
        }
        List<Wanted> fresh = new ArrayList<>();
        Set<Sha256> seen = new HashSet<>(open.keySet());
        for (Wanted wish : wanted) {
            if (seen.add(wish.sha256())) {
                fresh.add(wish);
            }
        }
        for (UploadInFlight begun : begin(repo, userId, fresh)) {
            open.put(begun.sha256(), begun);
        }
        return open;
    }

    private List<UploadInFlight> reusable(RepoKey repo, String userId, List<Wanted> wanted) {
        Map<Sha256, Wanted> wishes = new HashMap<>();
        wanted.forEach(wish -> wishes.putIfAbsent(wish.sha256(), wish));
        List<UploadInFlight> reusable = new ArrayList<>();
        for (UploadInFlight upload : rows.inFlight(repo.id(), userId, wishes.keySet(), clock.millis())) {
            Wanted wish = wishes.get(upload.sha256());
            if (wish != null && fits(upload, wish)) {
                reusable.add(upload);
                wishes.remove(upload.sha256());
            }
        }
        return reusable;
    }

    private boolean fits(UploadInFlight upload, Wanted wish) {
        boolean sameShape = upload.size() == wish.size()
                && upload.parts().map(UploadInFlight.Parts::partSize).equals(wish.partSize());
        // parts that were joined are spent: the store takes no more of them
        return sameShape
                && (upload.parts().isEmpty() || store.head(upload.key()).isEmpty());
    }

    private List<UploadInFlight> begin(RepoKey repo, String userId, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<Wanted, String> ids = new HashMap<>();
        wanted.forEach(wish -> ids.put(wish, Ids.next(clock)));
        ledger.promise(repo, ids.values().stream().map(ObjectKeys::upload).toList());
        List<UploadInFlight> begun = new ArrayList<>();
        for (Wanted wish : wanted) {
            String id = ids.get(wish);
            String key = ObjectKeys.upload(id);
            begun.add(new UploadInFlight(
                    id,
                    wish.sha256(),
                    wish.size(),
                    key,
                    wish.partSize().map(size -> new UploadInFlight.Parts(store.beginMultipart(key), size))));
        }
        ledger.open(repo, userId, begun);
        return begun;
    }

    /** Where a bare {@code PUT} stores the whole of an upload. */
    public URI address(UploadInFlight upload, Audience audience) {
        return store.presignPut(upload.key(), UploadLife.ADDRESS, audience);
    }

    /** Where bare {@code PUT}s store the parts of an upload, from the first to the last. */
    public List<URI> partAddresses(UploadInFlight upload, Audience audience) {
        String multipartId = upload.parts().orElseThrow().multipartId();
        List<URI> addresses = new ArrayList<>();
        for (int number = 1; number <= upload.partCount(); number++) {
            addresses.add(store.presignPart(upload.key(), multipartId, number, UploadLife.ADDRESS, audience));
        }
        return addresses;
    }

    /**
     * Joins the parts of an upload; asking again is no error. Nothing is verified by it.
     *
     * @throws HubException NOT_FOUND if no such upload is open; UNPROCESSABLE if these are not its parts
     */
    public void join(String uploadId, Sha256 sha256, List<Part> parts) {
        UploadInFlight upload = rows.find(uploadId, clock.millis())
                .filter(open -> open.sha256().equals(sha256))
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "This upload does not exist any more"));
        if (upload.parts().isEmpty()) {
            throw new HubException(ErrorKind.UNPROCESSABLE, "This upload has no parts");
        }
        check(parts, upload.partCount());
        store.completeMultipart(upload.key(), upload.parts().get().multipartId(), parts);
    }

    private static void check(List<Part> parts, int count) {
        Set<Integer> numbers = new HashSet<>();
        for (Part part : parts) {
            boolean possible = part.number() >= 1 && part.number() <= count && numbers.add(part.number());
            if (!possible || part.etag().isEmpty() || part.etag().length() > LONGEST_ETAG) {
                throw new HubException(ErrorKind.UNPROCESSABLE, "Wrong or repeated part: " + part.number());
            }
        }
        if (numbers.size() != count) {
            throw new HubException(
                    ErrorKind.UNPROCESSABLE, "This upload has " + count + " parts, not " + numbers.size());
        }
    }
}
