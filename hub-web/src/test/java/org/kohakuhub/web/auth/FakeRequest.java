package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A request with a method, an address and headers, and nothing else. */
final class FakeRequest {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final String method;
    private final String uri;

    private FakeRequest(String method, String uri) {
        this.method = method;
        this.uri = uri;
    }

    static FakeRequest of(String method, String uri) {
        return new FakeRequest(method, uri);
    }

    FakeRequest with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    FakeRequest attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI", "getPathInfo" -> uri;
                    case "getRequestURL" -> new StringBuffer("http://localhost" + uri);
                    case "getScheme" -> "http";
                    case "getLocalAddr" -> "192.168.1.5";
                    case "getHeader" -> headers.get((String) arguments[0]);
                    case "getAttribute" -> attributes.get((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }
}
