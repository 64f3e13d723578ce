package org.kohakuhub.web.webhook;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.JsonBody;
import org.kohakuhub.webhook.Webhook.Domain;
import org.kohakuhub.webhook.Webhook.Watched;

/** Reads what clients send about webhooks. */
final class WebhookBodies {
    private static final Set<String> TYPES = Set.of("user", "org", "model", "dataset", "space", "kernel");

    private WebhookBodies() {}

    static Optional<List<Watched>> watched(JsonBody body) {
        return list(body, "watched").map(items -> {
            List<Watched> watched = new ArrayList<>();
            for (JsonValue item : items) {
                boolean whole = item instanceof JsonObject fields
                        && fields.get("type") instanceof JsonString type
                        && TYPES.contains(type.getString())
                        && fields.get("name") instanceof JsonString;
                if (!whole) {
                    throw new HubException(
                            ErrorKind.INVALID,
                            "Each of watched must have a name and a type: user, org, model, dataset, space or kernel");
                }
                JsonObject fields = item.asJsonObject();
                watched.add(new Watched(fields.getString("type"), fields.getString("name")));
            }
            return watched;
        });
    }

    static Optional<Set<Domain>> domains(JsonBody body) {
        return list(body, "domains").map(items -> {
            Set<Domain> domains = EnumSet.noneOf(Domain.class);
            for (JsonValue item : items) {
                domains.add(Arrays.stream(Domain.values())
                        .filter(domain -> item instanceof JsonString text
                                && (text.getString().equals(domain.text())
                                        || text.getString().equals("discussion") && domain == Domain.DISCUSSIONS))
                        .findFirst()
                        .orElseThrow(() ->
                                new HubException(ErrorKind.INVALID, "Each of domains must be repo or discussions")));
            }
            return domains;
        });
    }

    private static Optional<JsonArray> list(JsonBody body, String field) {
        return body.value(field).map(value -> {
            if (value instanceof JsonArray items) {
                return items;
            }
            throw new HubException(ErrorKind.INVALID, "Field " + field + " must be a list");
        });
    }

    /** A job that runs elsewhere is part of the hosted service. */
    static void refuseJob(JsonBody body) {
        if (body.value("jobSourceId").isPresent()) {
            throw new HubException(ErrorKind.NOT_IMPLEMENTED, "This hub runs no jobs: a webhook needs a url");
        }
    }
}
