package org.kohakuhub.web.discussion;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.GitOid;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;
import org.kohakuhub.discussion.DiscussionEvent;
import org.kohakuhub.discussion.DiscussionService;
import org.kohakuhub.discussion.DiscussionService.Filter;
import org.kohakuhub.discussion.DiscussionService.Found;
import org.kohakuhub.discussion.DiscussionService.Page;
import org.kohakuhub.discussion.PullRequestService;
import org.kohakuhub.discussion.PullRequestService.Details;
import org.kohakuhub.discussion.Status;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.QueryFlag;
import org.kohakuhub.web.repo.RepoPath;

/** {@code /api/{type}s/{ns}/{name}/discussions…} */
@RequestScoped
@Path(RepoPath.API + "/discussions")
@Produces(MediaType.APPLICATION_JSON)
public class DiscussionsResource {
    /** The client counts what came, and goes on until it has all. */
    private static final int PAGE = 50;

    private static final int FARTHEST_PAGE = 1_000_000;

    private final DiscussionService discussions;
    private final PullRequestService pulls;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    public DiscussionsResource() {
        this(null, null, null, null);
    }

    @Inject
    DiscussionsResource(
            DiscussionService discussions, PullRequestService pulls, RequestCaller caller, RequestBase base) {
        this.discussions = discussions;
        this.pulls = pulls;
        this.caller = caller;
        this.base = base;
    }

    /** A page by its number, from 0. */
    @GET
    public StreamingOutput list(
            @BeanParam RepoPath repo,
            @QueryParam("p") String page,
            @QueryParam("type") String type,
            @QueryParam("status") String status,
            @QueryParam("author") String author) {
        int start = page(page) * PAGE;
        Filter filter = new Filter(
                one("type", type, "discussion", "pull_request").map(asked -> asked.equals("pull_request")),
                one("status", status, "open", "closed").map(asked -> asked.equals("open")),
                Optional.ofNullable(author).filter(name -> !name.isEmpty()));
        Page found = discussions.list(caller.get(), repo.repoId(), filter, start, PAGE);
        return JsonAnswer.of(json -> {
            json.writeStartObject().write("count", found.total()).write("start", start);
            json.writeStartArray("discussions");
            found.discussions().forEach(discussion -> DiscussionJson.discussion(json, found.repo(), discussion));
            json.writeEnd().writeEnd();
        });
    }

    private static int page(String page) {
        if (page == null || page.isEmpty()) {
            return 0;
        }
        if (!page.matches("[0-9]{1,9}")) {
            throw new HubException(ErrorKind.INVALID, "p must be a page's number, from 0");
        }
        return Math.min(Integer.parseInt(page), FARTHEST_PAGE);
    }

    private static Optional<String> one(String name, String value, String first, String second) {
        if (value == null || value.isEmpty() || value.equals("all")) {
            return Optional.empty();
        }
        if (value.equals(first) || value.equals(second)) {
            return Optional.of(value);
        }
        throw new HubException(
                ErrorKind.INVALID, name + " must be all, " + first + " or " + second + ", not " + Text.shown(value));
    }

    @POST
    public Opened open(@BeanParam RepoPath repo, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String title = asked.required("title");
        String comment = asked.required("description");
        boolean pull = asked.flag("pullRequest").orElse(false);
        Found made = pull
                ? pulls.draft(caller.get(), repo.repoId(), title, comment)
                : discussions.open(caller.get(), repo.repoId(), title, comment);
        int num = made.discussion().num();
        return new Opened(num, base.base() + "/" + made.repo().urlPath() + "/discussions/" + num, pull);
    }

    /** A discussion that was opened. */
    public record Opened(int num, String url, boolean pullRequest) {}

    @GET
    @Path("/{num}")
    public StreamingOutput details(
            @BeanParam RepoPath repo, @PathParam("num") String num, @QueryParam("diff") String diff) {
        Details details = pulls.details(caller.get(), repo.repoId(), number(num), QueryFlag.isSet(diff));
        return JsonAnswer.of(json -> DiscussionJson.details(json, details));
    }

    @POST
    @Path("/{num}/comment")
    public StreamingOutput comment(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        String text = JsonBody.read(body).required("comment");
        return answer("newMessage", discussions.comment(caller.get(), repo.repoId(), number(num), text));
    }

    @POST
    @Path("/{num}/title")
    public StreamingOutput rename(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        String title = JsonBody.read(body).required("title");
        return answer("newTitle", discussions.rename(caller.get(), repo.repoId(), number(num), title));
    }

    @POST
    @Path("/{num}/status")
    public StreamingOutput change(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        Status to = one("Field status", asked.required("status"), "open", "closed")
                .map(text -> Status.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElseThrow(() -> new HubException(ErrorKind.INVALID, "Field status must be open or closed"));
        return answer(
                "newStatus", discussions.change(caller.get(), repo.repoId(), number(num), to, asked.text("comment")));
    }

    /** The client may send no body at all. */
    @POST
    @Path("/{num}/merge")
    public Merged merge(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        Optional<String> comment = JsonBody.read(body).text("comment");
        GitOid head = pulls.merge(caller.get(), repo.repoId(), number(num), comment);
        return new Merged(true, head.hex());
    }

    /** What a merge made. */
    public record Merged(boolean success, String mergeCommitId) {}

    @POST
    @Path("/{num}/comment/{id}/edit")
    public StreamingOutput edit(
            @BeanParam RepoPath repo, @PathParam("num") String num, @PathParam("id") String id, InputStream body) {
        String text = JsonBody.read(body).required("content");
        return answer("updatedComment", discussions.edit(caller.get(), repo.repoId(), number(num), id, text));
    }

    @POST
    @Path("/{num}/comment/{id}/hide")
    public StreamingOutput hide(@BeanParam RepoPath repo, @PathParam("num") String num, @PathParam("id") String id) {
        return answer("updatedComment", discussions.hide(caller.get(), repo.repoId(), number(num), id));
    }

    @POST
    @Path("/{num}/pin")
    public StreamingOutput pin(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        boolean pinned = JsonBody.read(body).flag("pinned").orElse(true);
        return answer("newPin", discussions.pin(caller.get(), repo.repoId(), number(num), pinned));
    }

    @POST
    @Path("/{num}/lock")
    public StreamingOutput lock(@BeanParam RepoPath repo, @PathParam("num") String num, InputStream body) {
        boolean locked = JsonBody.read(body).flag("locked").orElse(true);
        return answer("newLock", discussions.lock(caller.get(), repo.repoId(), number(num), locked));
    }

    private static StreamingOutput answer(String name, DiscussionEvent event) {
        return JsonAnswer.of(json -> DiscussionJson.event(json, name, event));
    }

    /** No discussion has a number that is none. */
    private static int number(String num) {
        if (!num.matches("[1-9][0-9]{0,8}")) {
            throw new HubException(ErrorKind.NOT_FOUND, "Discussion " + Text.shown(num) + " not found");
        }
        return Integer.parseInt(num);
    }
}
