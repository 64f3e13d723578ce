package org.kohakuhub.web.lfs;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.web.auth.RequestId;
import org.kohakuhub.web.error.ErrorBody;

/**
 * Tells a refusal as the LFS specification has it ("Response Errors" of the batch API): the headers stay, which
 * huggingface_hub reads, and the body becomes {@code message} and {@code request_id}, which git-lfs shows.
 */
@Provider
@LfsErrors
public class LfsErrorFilter implements ContainerResponseFilter {
    @Context
    private HttpServletRequest servletRequest;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof ErrorBody told) {
            byte[] body = Json.createObjectBuilder()
                    .add("message", told.error())
                    .add("request_id", RequestId.of(servletRequest))
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            response.setEntity(body, new Annotation[0], MediaType.valueOf(LfsPaths.JSON));
        }
    }
}
