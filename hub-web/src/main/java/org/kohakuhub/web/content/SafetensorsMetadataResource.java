package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.RepoPath;
import org.kohakuhub.weights.ShardedModels;

/**
 * {@code GET /api/models/{repo}/safetensors-metadata/{path of an index}}: the heads of all files of a sharded model, for
 * {@code get_sharded_safetensors_metadata}.
 */
@RequestScoped
@Path("/api/models/{namespace}/{name}/safetensors-metadata/{path: .+}")
public class SafetensorsMetadataResource {
    private final ShardedModels models;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public SafetensorsMetadataResource() {
        this(null, null);
    }

    @Inject
    public SafetensorsMetadataResource(ShardedModels models, RequestCaller caller) {
        this.models = models;
        this.caller = caller;
    }

    /** Writes one head after the other as they are read: they may be long, and many. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public StreamingOutput read(@BeanParam RepoPath repo, @PathParam("path") String path) {
        ShardedModels.Model model = models.find(caller.get(), repo.repoId(), AskedPath.read(path));
        return out -> {
            write(out, "{\"index\":{\"metadata\":" + model.metadata() + "},\"headers\":{");
            String between = "";
            for (String shard : model.files().keySet()) {
                write(out, between + Json.createValue(shard) + ':');
                models.writeHead(model, shard, out);
                between = ",";
            }
            write(out, "}}");
        };
    }

    private static void write(OutputStream out, String json) throws IOException {
        out.write(json.getBytes(StandardCharsets.UTF_8));
    }
}
