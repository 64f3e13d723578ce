package org.kohakuhub.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kohakuhub.access.NameCheck;
import org.kohakuhub.account.Accounts;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/validate/check-name}: what a form asks while somebody types the name of something new. */
@RequestScoped
@Path("/api/validate/check-name")
@Produces(MediaType.APPLICATION_JSON)
public class CheckNameResource {
    private final Accounts accounts;
    private final NameCheck names;
    private final RequestCaller caller;

    /** For RESTEasy and the CDI proxy. */
    public CheckNameResource() {
        this(null, null, null);
    }

    @Inject
    CheckNameResource(Accounts accounts, NameCheck names, RequestCaller caller) {
        this.accounts = accounts;
        this.names = names;
        this.caller = caller;
    }

    /** Of a repository if a namespace is given, else of a user or an organization. */
    @POST
    public Answer check(InputStream body) {
        JsonBody json = JsonBody.read(body);
        String name = json.required("name");
        try {
            Optional<String> conflict = json.text("namespace")
                    .map(namespace -> repository(json, namespace, name))
                    .orElseGet(() -> accounts.conflict(name));
            String message = conflict.map(other -> other.equals(name)
                            ? "The name " + Text.shown(name) + " is taken"
                            : "The name " + Text.shown(name) + " is too much like " + other)
                    .orElse("The name is free");
            return new Answer(conflict.isEmpty(), Text.normalizedName(name), conflict.orElse(null), message);
        } catch (HubException refused) { // no name at all: that too is an answer here
            return new Answer(false, Text.normalizedName(name), null, refused.sentence());
        }
    }

    private Optional<String> repository(JsonBody json, String namespace, String name) {
        List<RepoType> types =
                json.text("type").map(text -> List.of(RepoType.parse(text))).orElse(Arrays.asList(RepoType.values()));
        return types.stream()
                .flatMap(type -> names.takenBy(caller.get(), new RepoId(type, namespace, name)).stream())
                .map(RepoId::name)
                .findFirst();
    }

    /** The field names are the original's. */
    public record Answer(boolean available, String normalized_name, String conflict_with, String message) {}
}
