package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.kohakuhub.web.auth.RequestBase;

/** Where pictures of users and organizations are. */
@RequestScoped
public class Avatars {
    private final RequestBase base;

    /** For the proxy. */
    public Avatars() {
        this(null);
    }

    @Inject
    Avatars(RequestBase base) {
        this.base = base;
    }

    /** The address of a picture; who has none gets one that is drawn from his name. */
    public String address(String name, boolean isOrganization) {
        return base.base() + (isOrganization ? "/api/organizations/" : "/api/users/") + name + "/avatar";
    }
}
