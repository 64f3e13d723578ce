package org.kohakuhub.web.webhook;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.Done;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.web.paging.Links;
import org.kohakuhub.web.repo.PageSize;
import org.kohakuhub.webhook.Delivery;
import org.kohakuhub.webhook.Webhook;
import org.kohakuhub.webhook.WebhookService;
import org.kohakuhub.webhook.WebhookService.Wanted;

/** {@code /api/settings/webhooks…}; a single webhook is wrapped in an object. */
@RequestScoped
@Path("/api/settings/webhooks")
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {
    private static final int PAGE = 50;

    private final WebhookService webhooks;
    private final RequestCaller caller;
    private final Links links;

    /** For the proxy. */
    public WebhooksResource() {
        this(null, null, null);
    }

    @Inject
    WebhooksResource(WebhookService webhooks, RequestCaller caller, Links links) {
        this.webhooks = webhooks;
        this.caller = caller;
        this.links = links;
    }

    @GET
    public StreamingOutput list() {
        List<Webhook> all = webhooks.list(caller.get());
        return JsonAnswer.of(json -> {
            json.writeStartArray();
            all.forEach(webhook -> {
                json.writeStartObject();
                fields(json, webhook);
                json.writeEnd();
            });
            json.writeEnd();
        });
    }

    @POST
    public StreamingOutput create(InputStream body) {
        JsonBody asked = JsonBody.read(body);
        WebhookBodies.refuseJob(asked);
        Wanted wanted = new Wanted(
                asked.required("url"),
                WebhookBodies.watched(asked).orElse(List.of()),
                WebhookBodies.domains(asked).orElse(Set.of()),
                asked.text("secret").filter(secret -> !secret.isEmpty()));
        return answer(webhooks.create(caller.get(), wanted));
    }

    @GET
    @Path("/{id}")
    public StreamingOutput show(@PathParam("id") String id) {
        return answer(webhooks.find(caller.get(), id));
    }

    @POST
    @Path("/{id}")
    public StreamingOutput update(@PathParam("id") String id, InputStream body) {
        JsonBody asked = JsonBody.read(body);
        WebhookBodies.refuseJob(asked);
        return answer(webhooks.update(
                caller.get(),
                id,
                asked.text("url"),
                WebhookBodies.watched(asked).filter(watched -> !watched.isEmpty()), // the client sends an empty list
                WebhookBodies.domains(asked),
                asked.text("secret")));
    }

    @DELETE
    @Path("/{id}")
    public Done delete(@PathParam("id") String id) {
        webhooks.delete(caller.get(), id);
        return Done.because("Webhook deleted");
    }

    @POST
    @Path("/{id}/{switch: enable|disable}")
    public StreamingOutput disable(@PathParam("id") String id, @PathParam("switch") String to) {
        return answer(webhooks.disable(caller.get(), id, to.equals("disable")));
    }

    /** What it was told, newest first. */
    @GET
    @Path("/{id}/deliveries")
    public Response deliveries(
            @PathParam("id") String id,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") @DefaultValue("") String cursor) {
        int size = PageSize.read(limit, PAGE, PAGE);
        List<Delivery> found = webhooks.deliveries(caller.get(), id, cursor, size + 1);
        List<Delivery> page = found.subList(0, Math.min(size, found.size()));
        Response.ResponseBuilder answer = Response.ok(JsonAnswer.of(json -> {
            json.writeStartArray();
            page.forEach(delivery -> delivery(json, delivery));
            json.writeEnd();
        }));
        if (found.size() > size) {
            answer.header("Link", links.next("cursor", page.get(size - 1).id()));
        }
        return answer.build();
    }

    @POST
    @Path("/{id}/deliveries/{delivery}/replay")
    public Done replay(@PathParam("id") String id, @PathParam("delivery") String delivery) {
        webhooks.again(caller.get(), id, delivery);
        return Done.because("It is sent again");
    }

    private static StreamingOutput answer(Webhook webhook) {
        return JsonAnswer.of(json -> {
            json.writeStartObject().writeStartObject("webhook");
            fields(json, webhook);
            json.writeEnd().writeEnd();
        });
    }

    private static void fields(JsonGenerator json, Webhook webhook) {
        json.write("id", webhook.id()).write("url", webhook.url().toString());
        json.writeStartArray("watched");
        webhook.watched()
                .forEach(watched -> json.writeStartObject()
                        .write("type", watched.type())
                        .write("name", watched.name())
                        .writeEnd());
        json.writeEnd().writeStartArray("domains");
        webhook.domains().forEach(domain -> json.write(domain.text()));
        json.writeEnd();
        webhook.secret().ifPresent(secret -> json.write("secret", secret));
        json.write("disabled", webhook.disabled());
    }

    private static void delivery(JsonGenerator json, Delivery delivery) {
        json.writeStartObject()
                .write("id", delivery.id())
                .write("state", delivery.state())
                .write("attempts", delivery.attempts())
                .write("createdAt", JsonAnswer.date(delivery.createdAt()))
                .write("payload", JsonAnswer.parse(delivery.payload()));
        delivery.outcome().ifPresent(outcome -> {
            json.writeStartObject("outcome").write("tookMillis", outcome.tookMillis());
            outcome.status().ifPresent(status -> json.write("status", status));
            outcome.answer().ifPresent(answer -> json.write("answer", answer));
            outcome.error().ifPresent(error -> json.write("error", error));
            json.writeEnd();
        });
        json.writeEnd();
    }
}
