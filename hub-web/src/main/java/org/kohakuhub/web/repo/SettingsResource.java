package org.kohakuhub.web.repo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.repo.Gated;
import org.kohakuhub.repo.RepositoryRecord;
import org.kohakuhub.repo.RepositoryService;
import org.kohakuhub.repo.SettingsChange;
import org.kohakuhub.web.auth.RequestCaller;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** {@code PUT /api/{type}s/{ns}/{name}/settings}: huggingface_hub's {@code update_repo_settings}. */
@RequestScoped
@Path(RepoPath.API + "/settings")
public class SettingsResource {
    private final RepositoryService repositories;
    private final RequestCaller caller;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public SettingsResource() {
        this(null, null);
    }

    @Inject
    public SettingsResource(RepositoryService repositories, RequestCaller caller) {
        this.repositories = repositories;
        this.caller = caller;
    }

    @PUT
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(@BeanParam RepoPath repo, InputStream body) {
        SettingsChange change = read(JsonBody.read(body));
        RepositoryRecord now = repositories.change(caller.get(), repo.repoId(), change);
        return Response.ok(JsonAnswer.of(json -> json.writeStartObject()
                        .write("private", now.isPrivate())
                        .write("visibility", Visibility.word(now.isPrivate()))
                        .write("gated", RepositoryJson.gated(now.gated()))
                        .writeEnd()))
                .build();
    }

    static SettingsChange read(JsonBody body) {
        return new SettingsChange(
                Visibility.isPrivate(body),
                body.value("gated").map(SettingsResource::gated),
                body.text("description"),
                body.flag("discussionsDisabled"),
                own(body, "lfs_threshold_bytes", SettingsResource::bytes),
                own(body, "lfs_suffix_rules", SettingsResource::suffixes));
    }

    private static Gated gated(JsonValue value) {
        if (value == JsonValue.FALSE) {
            return Gated.NO;
        }
        if (value instanceof JsonString word) {
            Optional<Gated> gated = Gated.parse(word.getString());
            if (gated.isPresent()) {
                return gated.get();
            }
        }
        throw new HubException(ErrorKind.INVALID, "gated must be false, \"auto\" or \"manual\"");
    }

    /** Here {@code null} is not the same as absent: it goes back to the server's setting. */
    private static <T> Optional<SettingsChange.Own<T>> own(JsonBody body, String field, Function<JsonValue, T> reader) {
        JsonValue value = body.object().get(field);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> own = value == JsonValue.NULL ? Optional.empty() : Optional.of(reader.apply(value));
        return Optional.of(new SettingsChange.Own<>(own));
    }

    private static Long bytes(JsonValue value) {
        if (value instanceof JsonNumber number
                && number.isIntegral()
                && number.bigDecimalValue().precision() <= 18) {
            return number.longValueExact();
        }
        throw new HubException(ErrorKind.INVALID, "lfs_threshold_bytes must be a number of bytes");
    }

    private static List<String> suffixes(JsonValue value) {
        if (value instanceof JsonArray list && list.stream().allMatch(JsonString.class::isInstance)) {
            return list.getValuesAs(JsonString::getString);
        }
        throw new HubException(ErrorKind.INVALID, "lfs_suffix_rules must be a list of suffixes");
    }
}
