package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;

/** Whole files for those who have a CAS token and do not speak Xet: git-lfs, which is sent here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CasFileService {
    private final CasGate gate;
    private final CasHoldings holdings;
    private final FileRows rows;
    private final XetFiles files;

    /** For the container's proxy only. */
    protected CasFileService() {
        this(null, null, null, null);
    }

    @Inject
    public CasFileService(CasGate gate, CasHoldings holdings, FileRows rows, XetFiles files) {
        this.gate = gate;
        this.holdings = holdings;
        this.rows = rows;
        this.files = files;
    }

    /**
     * The size of a file of the token's repository or bucket, in bytes.
     *
     * @throws HubException UNAUTHENTICATED; REPO_NOT_FOUND; NOT_FOUND if the repository does not have it
     */
    public long size(String token, XetHash file) {
        CasGate.Entry entry = gate.enter(token, CasScope.READ);
        if (!holdings.has(entry.home(), file)) {
            throw new HubException(ErrorKind.NOT_FOUND, "This repository has no such file");
        }
        return rows.size(file)
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "This repository has no such file"));
    }

    /** Its bytes from {@code from} on, once {@link #size} has let the caller in; he closes the stream. */
    public InputStream open(XetHash file, long from, long length) {
        return files.open(file, from, length);
    }
}
