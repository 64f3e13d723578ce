package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.InputStream;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.community.AccessRequests;
import org.kohakuhub.community.AccessStatus;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.FormBody;

/** Asks for the files of a gated repository: every field of the form is kept for those who answer. */
@RequestScoped
public class AskAccess {
    private final AccessRequests requests;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public AskAccess() {
        this(null, null);
    }

    @Inject
    AskAccess(AccessRequests requests, RequestCaller caller) {
        this.requests = requests;
        this.caller = caller;
    }

    Asked ask(RepoId repo, String contentType, InputStream body) {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        FormBody.read(contentType, body).fields().forEach(fields::add);
        AccessStatus status = requests.ask(caller.get(), repo, fields.build().toString());
        return new Asked(status.text());
    }

    /** What the request is now: {@code accepted} where asking is enough, else {@code pending}. */
    public record Asked(String status) {}
}
