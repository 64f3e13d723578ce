package org.kohakuhub.object;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.object.ObjectStore.Part;

/**
 * Takes what is too long for one PUT to the object store from clients that know of no parts, and stores it in parts. One part
 * at a time is on this node's disk, so that the store can be sent it again.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UploadReceiver {
    private static final int BUFFER = 1 << 16;

    private final UploadRows rows;
    private final ObjectStore store;
    private final InstantSource clock;

    /** For the container's proxy only. */
    protected UploadReceiver() {
        this(null, null, null);
    }

    @Inject
    public UploadReceiver(UploadRows rows, ObjectStore store, InstantSource clock) {
        this.rows = rows;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Reads the whole of an upload, which must have been opened in parts. A client that lost the answer may send it again.
     * Nothing is verified by it but the length.
     *
     * @throws HubException NOT_FOUND if no such upload is open; UNPROCESSABLE if the body has another length;
     *     INVALID if it breaks off
     */
    public void receive(String uploadId, InputStream body) {
        UploadInFlight upload = rows.find(uploadId, clock.millis())
                .filter(open -> open.parts().isPresent())
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "This upload does not exist any more"));
        try {
            if (store.head(upload.key()).isPresent()) {
                body.transferTo(OutputStream.nullOutputStream());
                return;
            }
            List<Part> parts = new ArrayList<>();
            for (int number = 1; number <= upload.partCount(); number++) {
                parts.add(part(upload, number, body));
            }
            if (body.read() >= 0) {
                throw otherLength(upload);
            }
            store.completeMultipart(upload.key(), upload.parts().get().multipartId(), parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Part part(UploadInFlight upload, int number, InputStream body) throws IOException {
        UploadInFlight.Parts shape = upload.parts().orElseThrow();
        long before = (number - 1) * shape.partSize();
        long length = Math.min(shape.partSize(), upload.size() - before);
        Path file = Files.createTempFile("hub-upload-", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                if (copy(body, out, length) < length) {
                    throw otherLength(upload);
                }
            }
            return new Part(number, store.putPart(upload.key(), shape.multipartId(), number, file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        while (copied < length) {
            int read = read(from, buffer, (int) Math.min(buffer.length, length - copied));
            if (read < 0) {
                break;
            }
            to.write(buffer, 0, read);
            copied += read;
        }
        return copied;
    }

    private static int read(InputStream body, byte[] buffer, int length) {
        try {
            return body.read(buffer, 0, length);
        } catch (IOException gone) { // no fault of the hub's, as one of its disk would be
            throw new HubException(ErrorKind.INVALID, "The request body broke off");
        }
    }

    private static HubException otherLength(UploadInFlight upload) {
        return new HubException(ErrorKind.UNPROCESSABLE, "This upload must have " + upload.size() + " bytes");
    }
}
