package org.kohakuhub.web.lfs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.lfs.FileLock;
import org.kohakuhub.lfs.LockService;
import org.kohakuhub.lfs.LockService.Filter;
import org.kohakuhub.lfs.LockService.Locked;
import org.kohakuhub.lfs.LockService.Page;
import org.kohakuhub.lfs.LockService.Window;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.auth.RequestId;
import org.kohakuhub.web.json.JsonBody;

/** {@code /{repo}.git/info/lfs/locks…}: the Git LFS File Locking API. */
@RequestScoped
@Path(LfsPaths.REPO + "/info/lfs/locks")
@LfsErrors
public class LfsLocksResource {
    private final LockService locks;
    private final RequestCaller caller;

    @Context
    private HttpServletRequest request;

    /** For RESTEasy and the CDI proxy. */
    public LfsLocksResource() {
        this(null, null);
    }

    @Inject
    LfsLocksResource(LockService locks, RequestCaller caller) {
        this.locks = locks;
        this.caller = caller;
    }

    /** 201, or 409 with the lock that is there, also where it is one's own. */
    @POST
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response lock(@PathParam("repo") String repo, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        Locked locked = locks.lock(caller.get(), LfsPaths.repo(repo), asked.required("path"), ref(asked));
        byte[] answer = locked.isNew()
                ? LfsAnswers.lock(locked.lock())
                : LfsAnswers.alreadyLocked(locked.lock(), RequestId.of(request));
        return Response.status(locked.isNew() ? Response.Status.CREATED : Response.Status.CONFLICT)
                .entity(answer)
                .type(LfsPaths.JSON)
                .build();
    }

    /** A page of them. */
    @GET
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response list(
            @PathParam("repo") String repo,
            @QueryParam("path") String path,
            @QueryParam("id") String id,
            @QueryParam("refspec") String ref,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit) {
        Page page = locks.list(
                caller.get(),
                LfsPaths.repo(repo),
                new Filter(given(path), given(id), given(ref)),
                new Window(given(cursor), given(limit).map(LfsLocksResource::number)));
        return Response.ok(LfsAnswers.locks(page), LfsPaths.JSON).build();
    }

    /** What git-lfs asks before a push. */
    @POST
    @Path("/verify")
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response verify(@PathParam("repo") String repo, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        Caller who = caller.get();
        Window window = new Window(asked.text("cursor").filter(text -> !text.isEmpty()), asked.whole("limit"));
        Page page = locks.verify(who, LfsPaths.repo(repo), window);
        return Response.ok(LfsAnswers.verified(page, who.userId()), LfsPaths.JSON)
                .build();
    }

    /** The lock that is no more. */
    @POST
    @Path("/{id}/unlock")
    @Produces({LfsPaths.JSON, MediaType.APPLICATION_JSON})
    public Response unlock(@PathParam("repo") String repo, @PathParam("id") String id, InputStream body) {
        boolean force = JsonBody.read(body).flag("force").orElse(false);
        FileLock lock = locks.unlock(caller.get(), LfsPaths.repo(repo), id, force);
        return Response.ok(LfsAnswers.lock(lock), LfsPaths.JSON).build();
    }

    private static Optional<String> given(String parameter) {
        return Optional.ofNullable(parameter).filter(text -> !text.isEmpty());
    }

    private static Optional<String> ref(JsonBody asked) {
        JsonValue ref = asked.value("ref").orElse(JsonValue.EMPTY_JSON_OBJECT);
        if (!(ref instanceof JsonObject object)) {
            throw new HubException(ErrorKind.INVALID, "Field ref must be an object");
        }
        return object.get("name") instanceof JsonString name ? Optional.of(name.getString()) : Optional.empty();
    }

    private static long number(String limit) {
        try {
            return Long.parseLong(limit);
        } catch (NumberFormatException e) {
            throw new HubException(ErrorKind.INVALID, "Parameter limit must be a number");
        }
    }
}
