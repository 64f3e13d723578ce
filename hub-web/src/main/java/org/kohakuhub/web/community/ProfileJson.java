package org.kohakuhub.web.community;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.Optional;
import org.kohakuhub.account.AccountRecord;
import org.kohakuhub.account.Profile;
import org.kohakuhub.account.ProfileChange;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.json.JsonAnswer;
import org.kohakuhub.web.json.JsonBody;

/** Profiles as the hub's own clients write and read them. Here {@code null} takes a part away, as an empty text does. */
final class ProfileJson {
    /** All that is told here is this hub's own. */
    private static final String SOURCE = "local";

    private ProfileJson() {}

    static ProfileChange change(JsonBody body) {
        return new ProfileChange(
                body.text("email").filter(email -> !email.isEmpty()),
                text(body, "full_name"),
                text(body, "bio"),
                text(body, "description"),
                text(body, "website"),
                socialMedia(body.object().get("social_media")));
    }

    private static Optional<String> text(JsonBody body, String field) {
        return body.object().get(field) == JsonValue.NULL ? Optional.of("") : body.text(field);
    }

    private static Optional<String> socialMedia(JsonValue value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value == JsonValue.NULL) {
            return Optional.of("");
        }
        if (value instanceof JsonObject object
                && object.values().stream().allMatch(name -> name instanceof JsonString || name == JsonValue.NULL)) {
            return Optional.of(object.toString());
        }
        throw new HubException(ErrorKind.INVALID, "social_media must be an object of texts");
    }

    static Kind kind(AccountRecord account) {
        return new Kind(account.isOrganization() ? "org" : "user", SOURCE);
    }

    static void writeUser(JsonGenerator json, Profile profile) {
        AccountRecord account = profile.account();
        json.writeStartObject().write("username", account.name());
        write(json, "full_name", account.fullName());
        write(json, "bio", profile.bio());
        writeRest(json, profile);
        json.writeEnd();
    }

    static void writeOrganization(JsonGenerator json, Profile profile, long members) {
        AccountRecord account = profile.account();
        json.writeStartObject().write("name", account.name());
        write(json, "description", account.description());
        write(json, "bio", profile.bio());
        json.write("member_count", members);
        writeRest(json, profile);
        json.writeEnd();
    }

    private static void writeRest(JsonGenerator json, Profile profile) {
        write(json, "website", profile.website());
        profile.socialMedia()
                .map(JsonAnswer::parse)
                .ifPresentOrElse(media -> json.write("social_media", media), () -> json.writeNull("social_media"));
        json.write("created_at", JsonAnswer.date(profile.account().createdAt())).write("_source", SOURCE);
    }

    private static void write(JsonGenerator json, String field, Optional<String> value) {
        value.ifPresentOrElse(text -> json.write(field, text), () -> json.writeNull(field));
    }

    /** The field names are the original's. */
    public record Kind(String type, String _source) {}
}
