package org.kohakuhub.web.paging;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohakuhub.web.auth.RequestBase;

/**
 * Makes the {@code Link} header that leads to the next page. The client follows it verbatim and adds nothing, so it is
 * absolute, on the caller's host, and repeats the whole query but the cursor.
 */
@RequestScoped
public class Links {
    private final HttpServletRequest request;
    private final RequestBase base;

    /** For the proxy. */
    public Links() {
        this(null, null);
    }

    @Inject
    Links(HttpServletRequest request, RequestBase base) {
        this.request = request;
        this.base = base;
    }

    /**
     * The header's value.
     *
     * @param parameter the query parameter that carries the cursor
     * @param cursor where the next page begins, as it is before encoding
     */
    public String next(String parameter, String cursor) {
        return next(base.base(), request.getRequestURI(), request.getQueryString(), parameter, cursor);
    }

    static String next(URI base, String rawPath, String rawQuery, String parameter, String cursor) {
        Stream<String> kept = rawQuery == null
                ? Stream.empty()
                : Arrays.stream(rawQuery.split("&")).filter(pair -> !pair.isEmpty() && !isNamed(pair, parameter));
        String query = Stream.concat(kept, Stream.of(encoded(parameter) + '=' + encoded(cursor)))
                .map(Links::quoted)
                .collect(Collectors.joining("&"));
        return '<' + base.toString() + quoted(rawPath) + '?' + query + ">; rel=\"next\"";
    }

    private static boolean isNamed(String pair, String parameter) {
        String name = pair.split("=", 2)[0];
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).equals(parameter);
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What would end the address too early inside a header. */
    private static String quoted(String raw) {
        return raw.replace("<", "%3C").replace(">", "%3E").replace("\"", "%22").replace(" ", "%20");
    }
}
