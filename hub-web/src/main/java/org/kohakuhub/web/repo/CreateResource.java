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
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.repo.NewRepository;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/repos/create}. */
@RequestScoped
@Path("/api/repos/create")
public class CreateResource {
    private static final Set<String> SDKS = Set.of("gradio", "streamlit", "docker", "static");

    private final RepositoryService repositories;
    private final RequestCaller caller;
    private final CreationAnswers answers;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public CreateResource() {
        this(null, null, null);
    }

    @Inject
    public CreateResource(RepositoryService repositories, RequestCaller caller, CreationAnswers answers) {
        this.repositories = repositories;
        this.caller = caller;
        this.answers = answers;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(InputStream body) {
        NewRepository wanted = wanted(JsonBody.read(body));
        return answers.answer(repositories.create(caller.get(), wanted));
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
}
