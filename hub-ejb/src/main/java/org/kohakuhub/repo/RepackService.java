package org.kohakuhub.repo;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.AdminDoor;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.version.VersionStore;

/** Repacks a repository because a site administrator says so; the hub does it by itself where there is reason to. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RepackService {
    private final AccessPolicy access;
    private final AdminDoor door;
    private final VersionStore versions;

    /** For the container's proxy only. */
    protected RepackService() {
        this(null, null, null);
    }

    @Inject
    public RepackService(AccessPolicy access, AdminDoor door, VersionStore versions) {
        this.access = access;
        this.door = door;
        this.versions = versions;
    }

    /**
     * Repacks now, and comes back when it is done: within seconds, or minutes for millions of objects.
     *
     * @throws HubException UNAUTHENTICATED, UNAVAILABLE, REPO_NOT_FOUND, CONFLICT
     */
    public VersionStore.Repacked repack(Caller caller, RepoId name) {
        door.enter(caller);
        return versions.repack(access.require(caller, Action.READ, name));
    }
}
