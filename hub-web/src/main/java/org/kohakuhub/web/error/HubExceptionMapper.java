package org.kohakuhub.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoMovedException;
import org.kohakuhub.common.Text;
import org.kohakuhub.web.auth.GitPaths;
import org.kohakuhub.web.auth.RequestCaller;

/** The one place where a refusal becomes an answer of the API. */
@Provider
public class HubExceptionMapper implements ExceptionMapper<HubException> {
    private static final int RETRY_SECONDS = 5;

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(HubException refusal) {
        int status = refusal.kind().status();
        var response = Response.status(status);
        if (asksForCredentials(refusal.kind())) {
            response.status(ErrorKind.UNAUTHENTICATED.status());
            GitPaths.challenge(request).forEach(response::header);
        }
        if (refusal instanceof RepoMovedException moved) {
            response.header("Location", moved.sentOn(request.getRequestURI(), request.getQueryString()));
        }
        if (refusal.kind() == ErrorKind.UNAVAILABLE) {
            response.header("Retry-After", RETRY_SECONDS);
        }
        refusal.kind().code().ifPresent(code -> response.header("X-Error-Code", code));
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header("X-Error-Message", Text.shown(refusal.sentence())) // a header holds one line of ASCII
                .entity(new ErrorBody(refusal.sentence()))
                .build();
    }

    /**
     * git-lfs offers credentials only after a 401, so that what is hidden from an anonymous caller must be a challenge
     * to it. It tells nothing: a missing repository is one too.
     */
    private boolean asksForCredentials(ErrorKind kind) {
        boolean hidden = kind == ErrorKind.REPO_NOT_FOUND || kind.status() == ErrorKind.UNAUTHENTICATED.status();
        return hidden && GitPaths.isGit(request) && RequestCaller.of(request).isAnonymous();
    }
}
