package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.kohakuhub.account.Picture;
import org.kohakuhub.account.Pictures;
import org.kohakuhub.org.OrganizationPictures;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code /api/organizations/{name}/avatar}. */
@RequestScoped
@Path("/api/organizations/{name}/avatar")
public class OrganizationAvatarResource extends AvatarDoor {
    private final OrganizationPictures changing;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public OrganizationAvatarResource() {
        this(null, null, null);
    }

    @Inject
    public OrganizationAvatarResource(Pictures pictures, OrganizationPictures organizations, RequestCaller caller) {
        super(pictures, true);
        this.changing = organizations;
        this.caller = caller;
    }

    @Override
    protected void set(String name, Optional<Picture> picture) {
        changing.change(caller.get(), name, picture);
    }
}
