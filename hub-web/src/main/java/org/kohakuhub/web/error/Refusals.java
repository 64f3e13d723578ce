package org.kohakuhub.web.error;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.Text;

/** The same answers as the mappers', for servlet filters, which stand before JAX-RS. */
public final class Refusals {
    private Refusals() {}

    /** Answers a refusal: status, {@code X-Error-Code}, {@code X-Error-Message}, JSON body. */
    public static void write(HttpServletResponse response, HubException refusal) throws IOException {
        refusal.kind().code().ifPresent(code -> response.setHeader("X-Error-Code", code));
        write(response, refusal.kind().status(), refusal.sentence());
    }

    /** Answers a status that is no {@link HubException}'s. */
    public static void write(HttpServletResponse response, int status, String sentence) throws IOException {
        byte[] body = Json.createObjectBuilder()
                .add("error", sentence)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("X-Error-Message", Text.shown(sentence)); // a header holds one line of ASCII
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
