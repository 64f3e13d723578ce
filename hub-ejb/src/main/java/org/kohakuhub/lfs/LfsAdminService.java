package org.kohakuhub.lfs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AdminConfig;

/** What a site administrator sees and does about LFS contents that nobody refers to. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LfsAdminService {
    private final AccessPolicy access;
    private final LfsSweep sweep;
    private final AdminConfig config;

    /** For the container's proxy only. */
    protected LfsAdminService() {
        this(null, null, null);
    }

    @Inject
    public LfsAdminService(AccessPolicy access, LfsSweep sweep, AdminConfig config) {
        this.access = access;
        this.sweep = sweep;
        this.config = config;
    }

    /**
     * Tells what the sweep has before it, and when.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public List<LfsSweep.Waiting> dryRun(Caller caller) {
        enter(caller);
        return sweep.dryRun();
    }

    /**
     * Sweeps now, what is due.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE
     */
    public LfsSweep.Swept sweep(Caller caller) {
        enter(caller);
        return sweep.sweep();
    }

    private void enter(Caller caller) {
        if (!config.enabled()) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The administrator's API is switched off");
        }
        access.requireSiteAdmin(caller);
    }
}
