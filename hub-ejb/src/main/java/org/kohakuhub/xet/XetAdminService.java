package org.kohakuhub.xet;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.AdminDoor;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;

/** What a site administrator sees and does about stored chunks. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class XetAdminService {
    private final AccessPolicy access;
    private final XetSweep sweep;
    private final StorageRows storage;
    private final AdminDoor door;

    /** For the container's proxy only. */
    protected XetAdminService() {
        this(null, null, null, null);
    }

    @Inject
    public XetAdminService(AccessPolicy access, XetSweep sweep, StorageRows storage, AdminDoor door) {
        this.access = access;
        this.sweep = sweep;
        this.storage = storage;
        this.door = door;
    }

    /**
     * What a repository takes, in bytes.
     *
     * @param logical all contents, each at its full size
     * @param whole those of them that lie in the object store as a whole
     * @param xorbs packed chunks that its files consist of; repositories that share chunks both count them
     */
    public record Usage(RepoId repo, long logical, long whole, long xorbs) {
        /** All that is stored for it. */
        public long stored() {
            return whole + xorbs;
        }
    }

    /**
     * Tells what a repository takes.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE, REPO_NOT_FOUND
     */
    public Usage usage(Caller caller, RepoId name) {
        door.enter(caller);
        RepoKey repo = access.require(caller, Action.READ, name);
        return new Usage(
                repo.name(),
                storage.logicalBytes(repo.id()),
                storage.wholeBytes(repo.id()),
                storage.xorbBytes(repo.id()));
    }

    /**
     * Tells what the sweep has before it, and when.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public List<XetSweep.Waiting> dryRun(Caller caller) {
        door.enter(caller);
        return sweep.dryRun();
    }

    /**
     * Sweeps now, what is due.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public XetSweep.Swept sweep(Caller caller) {
        door.enter(caller);
        return sweep.sweep();
    }
}
