package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kohakuhub.common.Revision;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;
import org.kohakuhub.xet.XetTokenService;

/**
 * {@code GET /api/{type}s/{ns}/{name}/xet-read-token/{revision}} and {@code …/xet-write-token/{revision}}.
 */
@RequestScoped
@Path(RepoPath.API + "/xet-{scope: read|write}-token/{revision}")
public class XetTokenResource {
    private final XetTokenService tokens;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    public XetTokenResource() {
        this(null, null, null);
    }

    @Inject
    XetTokenResource(XetTokenService tokens, RequestCaller caller, RequestBase base) {
        this.tokens = tokens;
        this.caller = caller;
        this.base = base;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response token(
            @BeanParam RepoPath repo,
            @PathParam("scope") String scope,
            @PathParam("revision") String revision,
            @QueryParam("create_pr") String createPr) {
        XetTokenService.Grant grant = grant(repo, scope.equals("write"), revision, QueryFlag.isSet(createPr));
        return TokenAnswer.of(grant, base.base());
    }

    /** For a new pull request the revision says nothing: the client may even write None. */
    private XetTokenService.Grant grant(RepoPath repo, boolean write, String revision, boolean proposal) {
        if (write && proposal) {
            return tokens.propose(caller.get(), repo.repoId());
        }
        Revision at = Revision.parse(revision);
        return write ? tokens.write(caller.get(), repo.repoId(), at) : tokens.read(caller.get(), repo.repoId(), at);
    }
}
