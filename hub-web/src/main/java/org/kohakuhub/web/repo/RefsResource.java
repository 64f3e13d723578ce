package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.kohakuhub.common.RefNames;
import org.kohakuhub.repo.RefService;
import org.kohakuhub.version.RefRecord;
import org.kohakuhub.web.auth.RequestCaller;

/** {@code GET /api/{type}s/{ns}/{name}/refs}. */
@RequestScoped
@Path(RepoPath.API + "/refs")
public class RefsResource {
    private final RefService refs;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public RefsResource() {
        this(null, null);
    }

    @Inject
    public RefsResource(RefService refs, RequestCaller caller) {
        this.refs = refs;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Answer refs(@BeanParam RepoPath repo, @QueryParam("include_prs") String pullRequests) {
        List<RefRecord> all = refs.refs(caller.get(), repo.repoId());
        return new Answer(
                below(all, RefNames.HEADS),
                below(all, "refs/convert/"),
                below(all, RefNames.TAGS),
                QueryFlag.isSet(pullRequests) ? below(all, "refs/pr/") : null);
    }

    private static List<Ref> below(List<RefRecord> all, String prefix) {
        return all.stream()
                .filter(ref -> ref.name().startsWith(prefix))
                .map(ref -> new Ref(
                        ref.name().substring(prefix.length()),
                        ref.name(),
                        ref.commit().hex()))
                .toList();
    }

    /**
     * The field names are the contract's.
     *
     * @param pullRequests only where they were asked for
     */
    public record Answer(List<Ref> branches, List<Ref> converts, List<Ref> tags, List<Ref> pullRequests) {}

    /** One of them, by its short and its whole name. */
    public record Ref(String name, String ref, String targetCommit) {}
}
