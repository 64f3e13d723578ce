package org.kohakuhub.web.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import org.kohakuhub.common.Text;
import org.kohakuhub.database.UnstorableText;
import org.kohakuhub.web.auth.RequestId;

/** Whatever nobody foresaw: logged whole, told in one line. JAX-RS's own refusals get the contract's body. */
@Provider
public class DefectMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger log = System.getLogger(DefectMapper.class.getName());

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable defect) {
        if (defect instanceof WebApplicationException byJaxRs) { // 404, 405, 406, 415: they keep their headers
            Response theirs = byJaxRs.getResponse();
            boolean refusal = theirs.getStatus() >= 400;
            return refusal
                    ? told(Response.fromResponse(theirs), theirs.getStatusInfo().getReasonPhrase())
                    : theirs;
        }
        if (UnstorableText.causes(defect)) {
            return told(Response.status(Response.Status.BAD_REQUEST), "The request holds a NUL character");
        }
        log.log(Level.ERROR, () -> "Unexpected failure, request " + RequestId.of(request), defect);
        return told(Response.serverError(), "Internal server error");
    }

    private static Response told(Response.ResponseBuilder response, String sentence) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header("X-Error-Message", Text.shown(sentence))
                .entity(new ErrorBody(sentence))
                .build();
    }
}
