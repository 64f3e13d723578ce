package org.kohakuhub.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.config.AdminConfig;

/** The way into the site administrator's API, which a hub may have switched off. */
@ApplicationScoped
public class AdminDoor {
    private final AccessPolicy access;
    private final AdminConfig config;

    /** For the container's proxy only. */
    protected AdminDoor() {
        this(null, null);
    }

    @Inject
    public AdminDoor(AccessPolicy access, AdminConfig config) {
        this.access = access;
        this.config = config;
    }

    /**
     * Lets the site administrator pass.
     *
     * @throws HubException UNAVAILABLE if the door is closed; UNAUTHENTICATED for anybody else
     */
    public void enter(Caller caller) {
        if (!config.enabled()) {
            throw new HubException(ErrorKind.UNAVAILABLE, "The administrator's API is switched off");
        }
        access.requireSiteAdmin(caller);
    }
}
