package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.kohakuhub.bucket.BucketService;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonBody;

/** {@code POST /api/repos/move}: another name, in the same namespace or another; of buckets too. */
@RequestScoped
@Path("/api/repos/move")
public class MoveResource {
    private final RepositoryService repositories;
    private final BucketService buckets;
    private final RequestCaller caller;

    /** For the proxy. */
    public MoveResource() {
        this(null, null, null);
    }

    @Inject
    MoveResource(RepositoryService repositories, BucketService buckets, RequestCaller caller) {
        this.repositories = repositories;
        this.buckets = buckets;
        this.caller = caller;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Answer move(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        String[] from = names(asked, "fromRepo");
        String[] to = names(asked, "toRepo");
        String word = asked.text("type").orElse("model");
        if (word.equals("bucket")) {
            BucketId moved = buckets.move(caller.get(), new BucketId(from[0], from[1]), new BucketId(to[0], to[1]));
            return new Answer(true, "The bucket is called " + moved.fullName() + " now");
        }
        RepoType type = RepoType.parse(word);
        RepoId moved = repositories.move(
                caller.get(), RepoAddress.read(type, from[0], from[1]), new RepoId(type, to[0], to[1]));
        return new Answer(true, "The repository is called " + moved.fullName() + " now");
    }

    static String[] names(JsonBody asked, String field) {
        String[] names = asked.required(field).split("/", -1);
        if (names.length != 2) {
            throw new HubException(ErrorKind.INVALID, "Field " + field + " must be namespace/name");
        }
        return names;
    }

    /** The field names are the contract's. */
    public record Answer(boolean success, String message) {}
}
