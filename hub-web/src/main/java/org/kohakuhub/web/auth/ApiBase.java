package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Lets the API answer below {@code KOHAKU_HUB_API_BASE} too: a request there is shown to JAX-RS as one to /api. */
final class ApiBase extends HttpServletRequestWrapper {
    private static final String OURS = "/api";

    private final String base;

    private ApiBase(HttpServletRequest request, String base) {
        super(request);
        this.base = base;
    }

    static HttpServletRequest seenFrom(HttpServletRequest request, String base) {
        boolean elsewhere = !base.equals(OURS) && request.getRequestURI().startsWith(base + '/');
        return elsewhere ? new ApiBase(request, base) : request;
    }

    @Override
    public String getRequestURI() {
        return OURS + super.getRequestURI().substring(base.length());
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        int path = url.length() - super.getRequestURI().length();
        return url.replace(path, path + base.length(), OURS);
    }

    @Override
    public String getPathInfo() {
        String info = super.getPathInfo();
        return info == null ? null : OURS + info.substring(base.length());
    }
}
