package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.Sha256;
import org.kohakuhub.object.ContentObjects;
import org.kohakuhub.object.ObjectLedger;

/** Lets one repository link large files of another without sending them again. No bytes are copied. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DuplicateService {
    /** The client asks for 500 at most. */
    private static final int MOST_FILES = 1_000;

    private final AccessPolicy access;
    private final ContentObjects contents;
    private final ObjectLedger ledger;

    /** For the container's proxy only. */
    protected DuplicateService() {
        this(null, null, null);
    }

    @Inject
    public DuplicateService(AccessPolicy access, ContentObjects contents, ObjectLedger ledger) {
        this.access = access;
        this.contents = contents;
        this.ledger = ledger;
    }

    /**
     * Gives {@code target} the right to contents of {@code source}.
     *
     * @return those that the source does not have, for which nothing was done
     * @throws HubException REPO_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN; TOO_LARGE
     */
    public Set<Sha256> duplicate(Caller caller, RepoId source, RepoId target, List<Sha256> files) {
        RepoKey from = access.require(caller, Action.READ_FILES, source);
        RepoKey to = access.require(caller, Action.WRITE, target);
        if (files.size() > MOST_FILES) {
            throw new HubException(ErrorKind.TOO_LARGE, "At most " + MOST_FILES + " files may be copied at once");
        }
        Set<Sha256> there = contents.granted(from, files).keySet();
        ledger.grantFrom(from, to, there);
        Set<Sha256> missing = new LinkedHashSet<>(files);
        missing.removeAll(there);
        return missing;
    }
}
