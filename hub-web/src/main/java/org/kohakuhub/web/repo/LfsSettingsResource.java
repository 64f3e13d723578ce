package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.kohakuhub.repo.LfsSettings;
import org.kohakuhub.repo.LfsSettingsService;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;

/** {@code GET …/settings/lfs}: each setting as it is, what counts, and who says so. The field names are the original's. */
@RequestScoped
@Path(RepoPath.API + "/settings/lfs")
public class LfsSettingsResource {
    private static final String THRESHOLD = "lfs_threshold_bytes";
    private static final String VERSIONS = "lfs_keep_versions";
    private static final String SUFFIXES = "lfs_suffix_rules";

    private final LfsSettingsService service;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public LfsSettingsResource() {
        this(null, null);
    }

    @Inject
    public LfsSettingsResource(LfsSettingsService service, RequestCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response show(@BeanParam RepoPath repo) {
        LfsSettings settings = service.of(caller.get(), repo.repoId());
        return Response.ok(JsonAnswer.of(json -> write(json, settings))).build();
    }

    private static void write(JsonGenerator json, LfsSettings settings) {
        json.writeStartObject();
        settings.ownThreshold().ifPresentOrElse(own -> json.write(THRESHOLD, own), () -> json.writeNull(THRESHOLD));
        json.write(THRESHOLD + "_effective", settings.effective().thresholdBytes())
                .write(THRESHOLD + "_source", source(settings.ownThreshold().isPresent()));
        json.writeNull(VERSIONS)
                .write(VERSIONS + "_effective", settings.serverKeepVersions())
                .write(VERSIONS + "_source", source(false));
        settings.ownSuffixes().ifPresentOrElse(own -> write(json, SUFFIXES, own), () -> json.writeNull(SUFFIXES));
        write(json, SUFFIXES + "_effective", settings.effective().suffixes());
        json.write(SUFFIXES + "_source", source(settings.ownSuffixes().isPresent()));
        json.writeStartObject("server_defaults")
                .write(THRESHOLD, settings.server().thresholdBytes())
                .write(VERSIONS, settings.serverKeepVersions());
        write(json, SUFFIXES, settings.server().suffixes());
        json.writeEnd().writeEnd();
    }

    private static void write(JsonGenerator json, String name, List<String> values) {
        json.writeStartArray(name);
        values.forEach(json::write);
        json.writeEnd();
    }

    private static String source(boolean own) {
        return own ? "repository" : "server_default";
    }
}
