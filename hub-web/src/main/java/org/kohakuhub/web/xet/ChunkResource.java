package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.XetHash;
import org.kohakuhub.xet.DedupService;

/**
 * {@code GET /xet/{epoch}/v1/chunks/default/{chunk}}: does the hub have this chunk? Whatever fails in the hub is a "no":
 * the client then simply sends the chunk, while it repeats a query that met a 5xx for more than a minute.
 */
@RequestScoped
@Path("/xet/{epoch}/v1/chunks/{prefix}/{chunk}")
public class ChunkResource {
    private static final System.Logger log = System.getLogger(ChunkResource.class.getName());

    private final DedupService dedup;
    private final CasRequest request;

    /** For the proxy. */
    public ChunkResource() {
        this(null, null);
    }

    @Inject
    ChunkResource(DedupService dedup, CasRequest request) {
        this.dedup = dedup;
        this.request = request;
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response query(@PathParam("chunk") String chunk) {
        return answer(chunk)
                .map(shard -> Response.ok(shard, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                        .build())
                .orElseThrow(() -> new HubException(ErrorKind.NOT_FOUND, "This chunk is not known"));
    }

    private Optional<byte[]> answer(String chunk) {
        String token = request.token();
        XetHash hash = XetHash.parse(chunk);
        try {
            return dedup.query(token, hash);
        } catch (HubException refusal) {
            if (refusal.kind() == ErrorKind.UNAVAILABLE) {
                return Optional.empty();
            }
            throw refusal;
        } catch (RuntimeException defect) {
            log.log(Level.ERROR, "A dedup query failed", defect);
            return Optional.empty();
        }
    }
}
