package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.Creation;
import org.kohakuhub.repo.NewRepository;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/repos/create}. */
@RequestScoped
@Path("/api/repos/create")
public class CreateResource {
    private static final Set<String> SDKS = Set.of("gradio", "streamlit", "docker", "static");

    private final RepositoryService repositories;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CreateResource() {
        this(null, null, null);
    }

    @Inject
    public CreateResource(RepositoryService repositories, RequestCaller caller, RequestBase base) {
        this.repositories = repositories;
        this.caller = caller;
        this.base = base;
    }

    /** A name that is taken is no error to who asked for {@code exist_ok}: he reads the address from the refusal. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(InputStream body) {
        NewRepository wanted = wanted(JsonBody.read(body));
        Creation creation = repositories.create(caller.get(), wanted);
        if (creation instanceof Creation.Taken taken) {
            return Response.status(ErrorKind.CONFLICT.status())
                    .header("X-Error-Message", Text.shown(taken.sentence()))
                    .entity(new Taken(taken.sentence(), url(taken.existing())))
                    .build();
        }
        Creation.Created created = (Creation.Created) creation;
        return Response.ok(new Created(url(created.name()), created.name().fullName(), created.id()))
                .build();
    }

    static NewRepository wanted(JsonBody body) {
        RepoType type = body.text("type").map(RepoType::parse).orElse(RepoType.MODEL);
        Optional<String> organization = body.text("organization").filter(text -> !text.isEmpty());
        String name = body.required("name");
        int slash = name.indexOf('/');
        if (slash >= 0 && organization.isEmpty()) { // some callers put the whole id here
            organization = Optional.of(name.substring(0, slash));
            name = name.substring(slash + 1);
        }
        Optional<String> sdk =
                type == RepoType.SPACE ? body.text("sdk").map(CreateResource::checkedSdk) : Optional.empty();
        return new NewRepository(
                type, organization, name, Visibility.isPrivate(body).orElse(false), sdk);
    }

    private static String checkedSdk(String sdk) {
        if (!SDKS.contains(sdk)) {
            throw new HubException(
                    ErrorKind.INVALID, "sdk must be gradio, streamlit, docker or static, not " + Text.shown(sdk));
        }
        return sdk;
    }

    private String url(RepoId name) {
        return base.base() + "/" + name.urlPath();
    }

    /** The field names are the contract's. */
    public record Created(String url, String name, String id) {}

    /** The refusal of a name that is taken. */
    public record Taken(String error, String url) {}
}
