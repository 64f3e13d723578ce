package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/**
 * {@code /{repo}.git/info/lfs/locks…}: this hub keeps no locks. 404 is how the specification lets a server say so;
 * git-lfs then goes on without them.
 */
@RequestScoped
@Path(LfsPaths.REPO + "/info/lfs/locks{rest: (?:/.*)?}")
@LfsErrors
public class LfsLocksResource {
    /** Listing. */
    @GET
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public void list() {
        throw noLocks();
    }

    /** Locking, unlocking, and the question before a push. */
    @POST
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public void change() {
        throw noLocks();
    }

    private static HubException noLocks() {
        return new HubException(ErrorKind.NOT_FOUND, "This hub keeps no file locks");
    }
}
