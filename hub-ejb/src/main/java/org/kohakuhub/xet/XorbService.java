package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.LimitedInput;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.format.VerifiedXorb;
import org.kohakuhub.xet.format.XetFormatException;
import org.kohakuhub.xet.format.XorbLimits;

/**
 * Takes xorbs (docs/xet-protocol.md, 2.1). The bytes are checked while they arrive and wait in a temporary file, so that
 * memory holds one chunk; what is not whole reaches neither the object store nor the database.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class XorbService {
    private static final System.Logger log = System.getLogger(XorbService.class.getName());
    private static final int BUFFER = 256 << 10;

    private final CasGate gate;
    private final XorbRows rows;
    private final XetLedger ledger;
    private final XorbStore store;

    /** For the container's proxy only. */
    protected XorbService() {
        this(null, null, null, null);
    }

    @Inject
    public XorbService(CasGate gate, XorbRows rows, XetLedger ledger, XorbStore store) {
        this.gate = gate;
        this.rows = rows;
        this.ledger = ledger;
        this.store = store;
    }

    /**
     * Stores a xorb. One that is there already stays as it is, and its body is not looked at: having it gives nobody a
     * right to it.
     *
     * @return whether it is new
     * @throws HubException UNAUTHENTICATED, FORBIDDEN; INVALID if the body is not the xorb of this hash; TOO_LARGE
     */
    public boolean upload(String token, XetHash claimed, InputStream body) {
        CasGate.Entry entry = gate.enter(token, CasScope.WRITE);
        if (rows.exists(claimed) && ledger.keep(claimed)) {
            return false;
        }
        Path records = null;
        try {
            records = Files.createTempFile("hub-xorb-", ".part");
            VerifiedXorb xorb = receive(claimed, body, records);
            String user = Optional.ofNullable(entry.caller().userId()).orElse("");
            return store.store(entry.home().id(), user, xorb, records);
        } catch (XetFormatException e) {
            throw new HubException(ErrorKind.INVALID, "Invalid xorb: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(records);
        }
    }

    private static VerifiedXorb receive(XetHash claimed, InputStream body, Path records) throws IOException {
        InputStream limited = new BufferedInputStream(new LimitedInput(body, XorbLimits.BODY_BYTES), BUFFER);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(records), BUFFER)) {
            VerifiedXorb xorb = VerifiedXorb.read(limited, out);
            if (!xorb.hash().equals(claimed)) {
                throw new XetFormatException("its hash is " + xorb.hash() + " and not " + claimed);
            }
            return xorb;
        }
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
}
