package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.Spool;
import org.kohakuhub.xet.ShardBody;
import org.kohakuhub.xet.ShardService;

/**
 * {@code POST /xet/{epoch}/v2/shards}, which tells how far it is while it hashes the files, and {@code …/v1/shards},
 * which does not. What is wrong with the shard itself is an ordinary refusal in both.
 */
@RequestScoped
@Path("/xet/{epoch}/{version: v1|v2}/shards")
public class ShardResource {
    private static final int BUFFER = 64 << 10;

    private final ShardService shards;
    private final CasRequest request;

    /** For the proxy. */
    public ShardResource() {
        this(null, null);
    }

    @Inject
    ShardResource(ShardService shards, CasRequest request) {
        this.shards = shards;
        this.request = request;
    }

    @POST
    @Produces({MediaType.APPLICATION_JSON, "application/x-ndjson"})
    public Response upload(@PathParam("version") String version, InputStream body) {
        Received received = new Received();
        boolean streaming = false;
        try {
            String token = request.token();
            received.read(body);
            ShardService.Checked checked = shards.check(token, received);
            if (version.equals("v1")) {
                int fresh = shards.store(checked, (files, total) -> {});
                return Response.ok(new Answer(fresh > 0 ? 1 : 0), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            }
            streaming = true;
            StreamingOutput progress = out -> {
                try (received) {
                    new ShardProgress(out).run(lines -> shards.store(checked, lines::verified));
                }
            };
            return Response.ok(progress, "application/x-ndjson")
                    .header("X-Accel-Buffering", "no") // a proxy that collects the lines would make them useless
                    .build();
        } finally {
            CasRequest.drain(body);
            if (!streaming) {
                received.close();
            }
        }
    }

    /** 1 if any file of the shard is new. */
    public record Answer(int result) {}

    /** The shard, kept while it is worked on. */
    private static final class Received implements ShardBody, AutoCloseable {
        private final Spool spool = new Spool();

        void read(InputStream body) {
            byte[] buffer = new byte[BUFFER];
            try {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    if (spool.length() + n > ShardBody.LONGEST) {
                        throw new HubException(
                                ErrorKind.TOO_LARGE, "A shard has at most " + ShardBody.LONGEST + " bytes");
                    }
                    spool.write(buffer, 0, n);
                }
            } catch (IOException e) {
                throw new WebApplicationException(e, Response.Status.BAD_REQUEST); // the client broke off
            }
        }

        @Override
        public InputStream open() throws IOException {
            return spool.open();
        }

        @Override
        public long length() {
            return spool.length();
        }

        @Override
        public void close() {
            try {
                spool.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
