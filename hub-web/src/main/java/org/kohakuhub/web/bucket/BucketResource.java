package org.kohakuhub.web.bucket;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.kohakuhub.bucket.BucketRecord;
import org.kohakuhub.bucket.BucketService;
import org.kohakuhub.common.BucketId;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.Text;
import org.kohakuhub.web.auth.RequestBase;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.repo.Visibility;

/** {@code /api/buckets/{ns}/{name}}: makes, shows and removes a bucket. */
@RequestScoped
@Path("/api/buckets/{namespace}/{name}")
public class BucketResource {
    /** The caller's own namespace, where a bucket is made and where buckets are listed; nowhere else. */
    static final String ME = "me";

    private final BucketService buckets;
    private final RequestCaller caller;
    private final RequestBase base;

    /** For the proxy. */
    public BucketResource() {
        this(null, null, null);
    }

    @Inject
    BucketResource(BucketService buckets, RequestCaller caller, RequestBase base) {
        this.buckets = buckets;
        this.caller = caller;
        this.base = base;
    }

    /** A name that is taken is no error to who asked for {@code exist_ok}: he reads the address from the refusal. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(@BeanParam BucketPath path, InputStream body) {
        boolean isPrivate = Visibility.isPrivate(JsonBody.read(body)).orElse(false);
        String namespace = path.namespace().equals(ME) ? caller.user().username() : path.namespace();
        BucketService.Creation made = buckets.create(caller.get(), namespace, path.name(), isPrivate);
        Created answer = new Created(
                url(made.name()), made.name().fullName(), made.name().name());
        if (made.isNew()) {
            return Response.ok(answer).build();
        }
        String sentence = "A bucket called " + made.name().fullName() + " already exists";
        return Response.status(ErrorKind.CONFLICT.status())
                .header("X-Error-Message", Text.shown(sentence))
                .entity(new Taken(sentence, answer.url()))
                .build();
    }

    private String url(BucketId name) {
        return base.base() + "/buckets/" + name.fullName();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response info(@BeanParam BucketPath path) {
        BucketRecord bucket = buckets.info(caller.get(), path.bucketId());
        return Response.ok(JsonAnswer.of(json -> BucketJson.write(json, bucket)))
                .build();
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Done delete(@BeanParam BucketPath path) {
        BucketId name = path.bucketId();
        buckets.delete(caller.get(), name);
        return Done.because("The bucket " + name.fullName() + " is removed");
    }

    /** The field names are the contract's. */
    public record Created(String url, String id, String name) {}

    /** The refusal of a name that is taken. */
    public record Taken(String error, String url) {}
}
