package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.repo.Creation;
import org.kohakuhub.repo.DuplicationService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/**
 * {@code POST …/duplicate}: huggingface_hub's {@code duplicate_repo}, and 1.x's {@code duplicate_space}. What a Space runs
 * on (hardware, secrets, volumes) is taken and left aside: nothing runs here.
 */
@RequestScoped
@Path(RepoPath.API + "/duplicate")
public class DuplicateRepositoryResource {
    private final DuplicationService duplicates;
    private final CreationAnswers answers;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DuplicateRepositoryResource() {
        this(null, null, null);
    }

    @Inject
    public DuplicateRepositoryResource(DuplicationService duplicates, CreationAnswers answers, RequestCaller caller) {
        this.duplicates = duplicates;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response duplicate(@BeanParam RepoPath repo, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        RepoId source = repo.repoId();
        String[] target = MoveResource.names(asked, "repository");
        Creation creation = duplicates.duplicate(
                caller.get(), source, new RepoId(source.type(), target[0], target[1]), Visibility.isPrivate(asked));
        return answers.answer(creation);
    }
}
