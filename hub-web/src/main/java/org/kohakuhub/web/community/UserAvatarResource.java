package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.kohakuhub.account.Picture;
import org.kohakuhub.account.Pictures;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code /api/users/{name}/avatar}. */
@RequestScoped
@Path("/api/users/{name}/avatar")
public class UserAvatarResource extends AvatarDoor {
    private final Pictures changing;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public UserAvatarResource() {
        this(null, null);
    }

    @Inject
    public UserAvatarResource(Pictures pictures, RequestCaller caller) {
        super(pictures, false);
        this.changing = pictures;
        this.caller = caller;
    }

    @Override
    protected void set(String name, Optional<Picture> picture) {
        changing.change(caller.get(), name, picture);
    }
}
