package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.XorbService;
import org.kohakuhub.xet.format.XorbLimits;

/** {@code POST /xet/{epoch}/v1/xorbs/default/{hash}}. The body comes without a type. */
@RequestScoped
@Path("/xet/{epoch}/v1/xorbs/{prefix}/{hash}")
public class XorbResource {
    private final XorbService xorbs;
    private final CasRequest request;

    /** For the proxy. */
    public XorbResource() {
        this(null, null);
    }

    @Inject
    XorbResource(XorbService xorbs, CasRequest request) {
        this.xorbs = xorbs;
        this.request = request;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer upload(@PathParam("hash") String hash, InputStream body) {
        try {
            if (request.announced() > XorbLimits.BODY_BYTES) {
                throw new HubException(ErrorKind.TOO_LARGE, "A xorb has at most " + XorbLimits.BODY_BYTES + " bytes");
            }
            return new Answer(xorbs.upload(request.token(), XetHash.parse(hash), body));
        } finally {
            CasRequest.drain(body);
        }
    }

    /** The field name is the contract's. */
    public record Answer(@JsonbProperty("was_inserted") boolean wasInserted) {}
}
