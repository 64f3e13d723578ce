package org.kohakuhub.web.community;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.kohakuhub.account.Picture;
import org.kohakuhub.account.Pictures;
import org.kohakuhub.web.json.Done;

/** A picture's address. Who has no picture gets a letter. */
public abstract class AvatarDoor {
    private final Pictures pictures;
    private final boolean organization;

    /**
     * @param organization whether the addresses are of organizations
     */
    protected AvatarDoor(Pictures pictures, boolean organization) {
        this.pictures = pictures;
        this.organization = organization;
    }

    /** Gives another picture, or takes it away. */
    protected abstract void set(String name, Optional<Picture> picture);

    /** The picture. */
    @GET
    @Produces(MediaType.WILDCARD)
    public Response show(@PathParam("name") String name) {
        Optional<Picture> picture = pictures.find(name, organization);
        Response.ResponseBuilder answer = picture.map(
                        found -> Response.ok(found.bytes()).type(found.type()))
                .orElseGet(() -> Response.ok(letter(name)).type("image/svg+xml"));
        return answer.header("Cache-Control", "max-age=60")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** Takes the field {@code file} of a form for the picture. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Done change(
            @PathParam("name") String name, @HeaderParam("Content-Type") String contentType, InputStream body) {
        Picture picture = Picture.of(UploadedFile.read(contentType, body, "file", Picture.LARGEST));
        set(name, Optional.of(picture));
        return Done.because("Picture changed");
    }

    /** Takes the picture away. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Done remove(@PathParam("name") String name) {
        set(name, Optional.empty());
        return Done.because("Picture removed");
    }

    /** The name is an account's, so that it holds nothing that would have to be quoted. */
    private static String letter(String name) {
        int hue = Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), 360);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" \
                fill="hsl(%d 45%% 45%%)"/><text x="32" y="43" font-family="sans-serif" font-size="32" fill="#fff" \
                text-anchor="middle">%s</text></svg>
                """.formatted(hue, name.substring(0, 1).toUpperCase(Locale.ROOT));
    }
}
