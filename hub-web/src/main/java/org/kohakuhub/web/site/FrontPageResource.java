package org.kohakuhub.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.kohakuhub.config.HubVersion;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.health.Readiness;
import org.kohakuhub.web.auth.RequestBase;

/** {@code GET /}: what a person who was given the address sees, and the same for programs as JSON. */
@RequestScoped
@Path("/")
public class FrontPageResource {
    private static final List<Variant> FORMS = Variant.mediaTypes(
                    MediaType.TEXT_HTML_TYPE, MediaType.APPLICATION_JSON_TYPE)
            .build();

    private final SiteConfig site;
    private final Readiness readiness;
    private final RequestBase base;

    /** For RESTEasy and the CDI proxy. */
    public FrontPageResource() {
        this(null, null, null);
    }

    @Inject
    FrontPageResource(SiteConfig site, Readiness readiness, RequestBase base) {
        this.site = site;
        this.readiness = readiness;
        this.base = base;
    }

    /** Name, version, state, and what to do next. */
    @GET
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    public Response show(@Context Request request) {
        boolean up = readiness.report().up();
        Variant form = request.selectVariant(FORMS);
        boolean json = form != null && form.getMediaType().isCompatible(MediaType.APPLICATION_JSON_TYPE);
        Response.ResponseBuilder answer = json
                ? Response.ok(
                        new Front(site.name(), HubVersion.text(), up ? "UP" : "DOWN"), MediaType.APPLICATION_JSON_TYPE)
                : Response.ok(page(up), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        return answer.header("Vary", "Accept")
                .header("Cache-Control", "no-store")
                .build();
    }

    private String page(boolean up) {
        String address = escaped(base.base().toString());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem;
                       color-scheme: light dark }
                pre { overflow-x: auto; padding: 1rem; border: 1px solid #8888; border-radius: 6px }
                </style>
                </head>
                <body>
                <h1>%1$s</h1>
                <p>A hub for models, datasets, spaces and kernels. Version %2$s. State: <strong>%3$s</strong>.</p>
                <p>There is no web interface yet. Use the clients that you know:</p>
                <pre>pip install huggingface_hub
                export HF_ENDPOINT=%4$s
                python -c 'import huggingface_hub as h; print(list(h.HfApi().list_models()))'</pre>
                <p><a href="/openapi">API description</a> · <a href="/health">Health</a></p>
                </body>
                </html>
                """.formatted(
                        escaped(site.name()),
                        escaped(HubVersion.text()),
                        up ? "ready" : "not ready: the database or the object store does not answer",
                        address);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The front page for programs. */
    public record Front(String name, String version, String status) {}
}
