package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.access.AdminDoor;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.HubException;

/** What a site administrator sees and does about LFS contents that nobody refers to. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LfsAdminService {
    private final LfsSweep sweep;
    private final AdminDoor door;

    /** For the container's proxy only. */
    protected LfsAdminService() {
        this(null, null);
    }

    @Inject
    public LfsAdminService(LfsSweep sweep, AdminDoor door) {
        this.sweep = sweep;
        this.door = door;
    }

    /**
     * Tells what the sweep has before it, and when.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public List<LfsSweep.Waiting> dryRun(Caller caller) {
        door.enter(caller);
        return sweep.dryRun();
    }

    /**
     * Sweeps now, what is due.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public LfsSweep.Swept sweep(Caller caller) {
        door.enter(caller);
        return sweep.sweep();
    }
}
