package org.kohakuhub.web;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.web.auth.RequestId;

/**
 * Logs how request bodies of the API begin, where {@code KOHAKU_HUB_DEBUG_LOG_PAYLOADS} asks for it. Never those below
 * {@code /api/auth}: they hold passwords.
 */
@Provider
public class PayloadLog implements ContainerRequestFilter {
    private static final System.Logger log = System.getLogger("org.kohakuhub.payload");
    private static final int LONGEST = 4096;

    @Inject
    private SiteConfig site;

    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (!site.debugLogPayloads()
                || !context.hasEntity()
                || request.getRequestURI().startsWith("/api/auth/")) {
            return;
        }
        InputStream body = new BufferedInputStream(context.getEntityStream(), LONGEST);
        body.mark(LONGEST);
        String start = new String(body.readNBytes(LONGEST - 1), StandardCharsets.UTF_8);
        body.reset();
        context.setEntityStream(body);
        String line = start.replaceAll("\\p{Cntrl}+", " ");
        log.log(Level.INFO, () -> "payload id=" + RequestId.of(request) + " begins " + line);
    }
}
