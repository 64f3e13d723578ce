package org.kohakuhub.web.hosted;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** Answers 501 to every method of an address. */
@Produces(MediaType.APPLICATION_JSON)
public abstract class HostedOnly {
    private final String what;

    /**
     * @param what what the hub does not have, as the subject of a sentence
     */
    protected HostedOnly(String what) {
        this.what = what;
    }

    /** Throws what comes before: a repository that the caller may not see is missing for him here too. */
    protected void enter(UriInfo uri) {}

    private String refuse(UriInfo uri) {
        enter(uri);
        throw new HubException(
                ErrorKind.NOT_IMPLEMENTED, what + " are part of the hosted service only; this hub has none");
    }

    @GET
    public String get(@Context UriInfo uri) {
        return refuse(uri);
    }

    @HEAD
    public String head(@Context UriInfo uri) {
        return refuse(uri);
    }

    @POST
    public String post(@Context UriInfo uri) {
        return refuse(uri);
    }

    @PUT
    public String put(@Context UriInfo uri) {
        return refuse(uri);
    }

    @PATCH
    public String patch(@Context UriInfo uri) {
        return refuse(uri);
    }

    @DELETE
    public String delete(@Context UriInfo uri) {
        return refuse(uri);
    }
}
