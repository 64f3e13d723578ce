package org.kohakuhub.web.community;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.community.AccessRequest;
import org.kohakuhub.community.AccessRequests;
import org.kohakuhub.community.AccessStatus;
import org.kohakuhub.community.Asker;
import org.kohakuhub.community.Slice;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.web.repo.RepoPath;

/** {@code …/user-access-request}: who wants to read a gated repository, and the answers. */
@RequestScoped
@Path(RepoPath.API + "/user-access-request")
@Produces(MediaType.APPLICATION_JSON)
public class AccessRequestResource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private final AccessRequests requests;
    private final RequestCaller caller;
    private final Avatars avatars;
    private final Links links;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public AccessRequestResource() {
        this(null, null, null, null);
    }

    @Inject
    public AccessRequestResource(AccessRequests requests, RequestCaller caller, Avatars avatars, Links links) {
        this.requests = requests;
        this.caller = caller;
        this.avatars = avatars;
        this.links = links;
    }

    /** A page of requests that are pending, accepted or rejected. */
    @GET
    @Path("{status: pending|accepted|rejected}")
    public Response list(
            @BeanParam RepoPath repo,
            @PathParam("status") String status,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Slice<AccessRequest> page = requests.list(
                caller.get(),
                repo.repoId(),
                AccessStatus.parse(status).orElseThrow(),
                Optional.ofNullable(cursor),
                PageSize.read(limit, PAGE, LONGEST_PAGE));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.items().forEach(request -> write(json, request));
            json.writeEnd();
        }));
        page.next().ifPresent(next -> answer.header("Link", links.next("cursor", next)));
        return answer.build();
    }

    private void write(JsonGenerator json, AccessRequest request) {
        json.writeStartObject()
                .write("requestId", request.id())
                .writeStartObject("user")
                .write("_id", request.userId())
                .write("user", request.user())
                .write("fullname", request.fullName().orElse(request.user()))
                .write("avatarUrl", avatars.address(request.user(), false))
                .write("type", "user");
        request.email().ifPresent(email -> json.write("email", email));
        json.writeEnd().write("status", request.status().text()).write("timestamp", JsonAnswer.date(request.at()));
        request.fields()
                .map(JsonAnswer::parse)
                .filter(fields -> !fields.equals(JsonValue.EMPTY_JSON_OBJECT))
                .ifPresent(fields -> json.write("fields", fields));
        request.rejectionReason().ifPresent(reason -> json.write("rejectionReason", reason));
        json.writeEnd();
    }

    /** Accepts, rejects, or makes a request wait again. */
    @POST
    @Path("handle")
    public Done handle(@BeanParam RepoPath repo, InputStream body) {
        JsonBody json = JsonBody.read(body);
        String word = json.required("status");
        AccessStatus status = AccessStatus.parse(word)
                .orElseThrow(() -> new HubException(
                        ErrorKind.INVALID, "status must be pending, accepted or rejected, not " + Text.shown(word)));
        Asker asker = json.text("requestId")
                .<Asker>map(Asker.OfRequest::new)
                .orElseGet(() -> new Asker.Named(json.required("user")));
        requests.decide(caller.get(), repo.repoId(), asker, status, json.text("rejectionReason"));
        return Done.because("The request is " + status.text());
    }

    /** Lets somebody in who need not have asked. */
    @POST
    @Path("grant")
    public Done grant(@BeanParam RepoPath repo, InputStream body) {
        requests.grant(caller.get(), repo.repoId(), JsonBody.read(body).required("user"));
        return Done.because("Access granted");
    }
}
