package org.kohakuhub.web.xet;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.kohakuhub.xet.XetTokenService.Grant;

/**
 * A CAS token on its way to the client; the field names are the contract's.
 *
 * @param exp in seconds since 1970
 */
@JsonbPropertyOrder({"casUrl", "accessToken", "exp"})
public record TokenAnswer(String casUrl, String accessToken, long exp) {
    /** Says everything twice, because one half of the client reads the headers and the other the body. */
    public static Response of(Grant grant, URI base) {
        TokenAnswer answer = new TokenAnswer(
                base + grant.casPath(), grant.token(), grant.expires().getEpochSecond());
        return Response.ok(answer)
                .header("X-Xet-Cas-Url", answer.casUrl())
                .header("X-Xet-Access-Token", answer.accessToken())
                .header("X-Xet-Token-Expiration", answer.exp())
                .header("Cache-Control", "no-store")
                .build();
    }
}
