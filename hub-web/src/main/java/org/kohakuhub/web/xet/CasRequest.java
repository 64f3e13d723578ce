package org.kohakuhub.web.xet;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;

/** What requests to the CAS endpoints have in common: their token, and bodies that must be read to their end. */
@RequestScoped
public class CasRequest {
    private static final String BEARER = "bearer ";
    private static final int BUFFER = 64 << 10;

    /** A body is read on to be thrown away up to here; the client whose connection breaks off would send it again. */
    private static final long PATIENCE = 128L << 20;

    private final HttpServletRequest request;

    /** For the proxy. */
    public CasRequest() {
        this(null);
    }

    @Inject
    CasRequest(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * The token.
     *
     * @throws HubException UNAUTHENTICATED if there is none
     */
    String token() {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw new HubException(ErrorKind.UNAUTHENTICATED, "A CAS token is needed");
        }
        return header.substring(BEARER.length()).trim();
    }

    /** Bytes of the body, as announced; -1 if they were not. */
    long announced() {
        return request.getContentLengthLong();
    }

    /** Reads what the handler left of a body, so that the client hears the answer. */
    static void drain(InputStream body) {
        byte[] buffer = new byte[BUFFER];
        try {
            long read = 0;
            for (int n = body.read(buffer); n >= 0 && read < PATIENCE; n = body.read(buffer)) {
                read += n;
            }
        } catch (IOException e) {
            // the client is gone, and with it the one who would have read the answer
            return;
        }
    }
}
