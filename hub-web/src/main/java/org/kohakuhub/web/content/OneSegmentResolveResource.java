package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Files of repositories without a namespace, of which this hub has none. */
@RequestScoped
@Path("/{name}/resolve/{revision}/{path: .+}")
public class OneSegmentResolveResource {
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response get() {
        throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
    }
}
