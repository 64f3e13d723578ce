package org.kohakuhub.web.commit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.kohakuhub.repo.FrontMatter;
import org.kohakuhub.web.json.JsonBody;

/**
 * {@code POST /api/validate-yaml}: whether a README's metadata can be read. Public, as it looks at nothing of the hub's.
 * The client reads the body as JSON before it looks at the status.
 */
@RequestScoped
@Path("/api/validate-yaml")
public class ValidateYamlResource {
    private static final int LONGEST_BODY = 8 << 20;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response validate(InputStream body) {
        String readme = JsonBody.read(body, LONGEST_BODY).text("content").orElse("");
        try {
            FrontMatter.read(readme);
            return Response.ok(new Verdict(List.of(), List.of())).build();
        } catch (FrontMatter.Malformed refused) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(new Verdict(List.of(new Remark(refused.getMessage())), List.of()))
                    .build();
        }
    }

    /** The field names are the contract's. */
    public record Verdict(List<Remark> errors, List<Remark> warnings) {}

    /** One finding. */
    public record Remark(String message) {}
}
