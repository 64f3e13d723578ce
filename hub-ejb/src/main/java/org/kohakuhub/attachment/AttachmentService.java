package org.kohakuhub.attachment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.LimitedInput;
import org.kohakuhub.common.MediaFormat;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.object.ContentDisposition;
import org.kohakuhub.object.Leftovers;
import org.kohakuhub.object.ObjectLedger;
import org.kohakuhub.object.ObjectStore;
import org.kohakuhub.object.ObjectStore.Audience;
import org.kohakuhub.object.ObjectStore.Download;

/**
 * Takes what people drag into a comment, and tells where it is. A file waits on this node's disk until all of it came and
 * was found to be what it is said to be; then it goes to the object store, and only then gets a row.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AttachmentService {
    /** The limits that the client's own documentation tells, in bytes. */
    static final long LARGEST = 10L << 20;

    static final long LARGEST_VIDEO = 50L << 20;

    private static final System.Logger log = System.getLogger(AttachmentService.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;
    private static final Pattern FILE_NAME = Pattern.compile("([0-9a-f]{" + 2 * ID_BYTES + "})\\.[a-z0-9]+");

    private final AccessPolicy access;
    private final AttachmentLedger ledger;
    private final ObjectLedger objects;
    private final ObjectStore store;
    private final Leftovers leftovers;
    private final S3Config config;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected AttachmentService() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public AttachmentService(
            AccessPolicy access,
            AttachmentLedger ledger,
            ObjectLedger objects,
            ObjectStore store,
            Leftovers leftovers,
            S3Config config) {
        this.access = access;
        this.ledger = ledger;
        this.objects = objects;
        this.store = store;
        this.leftovers = leftovers;
        this.config = config;
    }

    /**
     * Keeps a file.
     *
     * @param contentType as the sender says; the first bytes must fit
     * @param length how many bytes the sender says will come; negative if he does not say
     * @throws HubException UNAUTHENTICATED; FORBIDDEN for a read-only token, and for who attached too much today; INVALID
     *     if it is none of the formats; TOO_LARGE
     */
    public Attachment keep(Caller caller, String contentType, long length, InputStream body) {
        access.requireAccount(caller);
        MediaFormat format = MediaFormat.named(contentType).orElseThrow(() -> notAFormat(contentType));
        long limit = format.isVideo() ? LARGEST_VIDEO : LARGEST;
        if (length > limit) { // those who tell it need not send it
            throw new HubException(ErrorKind.TOO_LARGE, "The request body is longer than " + limit + " bytes");
        }
        ledger.requireRoom(caller.userId(), Math.max(length, 1));
        Path file = null;
        try {
            file = Files.createTempFile("hub-attachment-", ".part");
            receive(format, new LimitedInput(body, limit), file);
            return store(caller.userId(), format, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(file);
        }
    }

    private static HubException notAFormat(String contentType) {
        String formats =
                Arrays.stream(MediaFormat.values()).map(MediaFormat::type).collect(Collectors.joining(", "));
        return new HubException(
                ErrorKind.INVALID, "Content-Type must be one of " + formats + ", not " + Text.shown(contentType));
    }

    private static void receive(MediaFormat format, InputStream body, Path file) throws IOException {
        byte[] head = body.readNBytes(MediaFormat.HEAD);
        if (!format.fits(head)) {
            throw new HubException(ErrorKind.INVALID, "The file does not begin as " + format.type() + " does");
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(head);
            body.transferTo(out);
        }
    }

    private Attachment store(String userId, MediaFormat format, Path file) throws IOException {
        String id = newId();
        Attachment attachment = new Attachment(id, format, Files.size(file), objects.promiseAttachment(id));
        boolean named = false;
        try {
            store.putFile(attachment.key(), file);
            ledger.name(userId, attachment);
            named = true;
            return attachment;
        } finally {
            if (!named) {
                leftovers.discard(attachment.key());
            }
        }
    }

    private static String newId() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static void remove(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.log(Level.WARNING, "Left behind: {0}", file);
        }
    }

    /**
     * The attachment of this {@link Attachment#fileName}, for whoever knows it.
     *
     * @throws HubException ENTRY_NOT_FOUND
     */
    public Attachment find(String fileName) {
        Matcher named = FILE_NAME.matcher(fileName);
        return Optional.of(named)
                .filter(Matcher::matches)
                .flatMap(form -> ledger.find(form.group(1)))
                .filter(found -> found.fileName().equals(fileName))
                .orElseThrow(() -> new HubException(ErrorKind.ENTRY_NOT_FOUND, "There is no such attachment"));
    }

    /** Where a bare {@code GET}, with any {@code Range}, answers its bytes for a while. */
    public URI address(Attachment attachment, Audience audience) {
        Download download = new Download(
                attachment.format().type(),
                ContentDisposition.inline(attachment.fileName()).text(),
                config.presignTtl());
        return store.presignGet(attachment.key(), download, audience);
    }
}
