package org.kohakuhub.attachment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.MediaFormat;
import org.kohakuhub.object.ObjectLedger;

/** The rows of attachments, and how much of the store one user may fill. */
@Stateless
public class AttachmentLedger {
    /** Within a day, by one user. */
    static final long MOST_FILES = 1_000;

    /** Within a day, by one user. */
    static final long MOST_BYTES = 1L << 30;

    private static final Duration DAY = Duration.ofDays(1);

    private final ObjectLedger objects;
    private final InstantSource clock;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected AttachmentLedger() {
        this(null, null);
    }

    @Inject
    public AttachmentLedger(ObjectLedger objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Lets pass who may still attach so many bytes today.
     *
     * @throws HubException FORBIDDEN
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void requireRoom(String userId, long bytes) {
        Object[] used = (Object[]) em.createNativeQuery(
                        "select count(*), coalesce(sum(size), 0) from attachment where user_id = ?1 and created_at > ?2")
                .setParameter(1, userId)
                .setParameter(2, clock.millis() - DAY.toMillis())
                .getSingleResult();
        if (((Number) used[0]).longValue() >= MOST_FILES || ((Number) used[1]).longValue() + bytes > MOST_BYTES) {
            throw new HubException(
                    ErrorKind.FORBIDDEN,
                    "Within 24 hours a user may attach " + MOST_FILES + " files with " + (MOST_BYTES >> 20)
                            + " MiB at most");
        }
    }

    /**
     * Names the bytes at a promised key.
     *
     * @throws HubException FORBIDDEN if the user attached too much meanwhile; UNAVAILABLE if the promise has run out
     */
    public void name(String userId, Attachment attachment) {
        if (!objects.fulfil(attachment.key())) { // first, because SQLite lets only whoever began by writing write
            throw new HubException(ErrorKind.UNAVAILABLE, "The attachment took too long to store; send it again");
        }
        requireRoom(userId, attachment.size());
        em.createNativeQuery("insert into attachment (id, user_id, content_type, size, object_key, created_at)"
                        + " values (?1, ?2, ?3, ?4, ?5, ?6)")
                .setParameter(1, attachment.id())
                .setParameter(2, userId)
                .setParameter(3, attachment.format().type())
                .setParameter(4, attachment.size())
                .setParameter(5, attachment.key())
                .setParameter(6, clock.millis())
                .executeUpdate();
    }

    /** The attachment of this id. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Optional<Attachment> find(String id) {
        List<?> rows = em.createNativeQuery("select content_type, size, object_key from attachment where id = ?1")
                .setParameter(1, id)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Attachment(
                        id, MediaFormat.named((String) row[0]).orElseThrow(), ((Number) row[1]).longValue(), (String)
                                row[2]))
                .findFirst();
    }
}
