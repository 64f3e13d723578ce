package org.kohakuhub.web.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Lets the API answer at other addresses too, whose requests are shown to JAX-RS as ones to {@code /api}: below
 * {@code KOHAKU_HUB_API_BASE}, and the dataset viewer on a host of its own, {@code datasets-server.} before the hub's
 * name, which the datasets library asks.
 */
final class ApiBase extends HttpServletRequestWrapper {
    private static final String OURS = "/api";
    private static final String VIEWER = OURS + "/datasets-server";
    private static final String VIEWER_HOST = "datasets-server.";

    private final String base;
    private final String ours;

    private ApiBase(HttpServletRequest request, String base, String ours) {
        super(request);
        this.base = base;
        this.ours = ours;
    }

    static HttpServletRequest seenFrom(HttpServletRequest request, String base) {
        String forwarded = request.getHeader("X-Forwarded-Host");
        String host = forwarded == null ? request.getHeader("Host") : forwarded;
        if (host != null && host.regionMatches(true, 0, VIEWER_HOST, 0, VIEWER_HOST.length())) {
            return new ApiBase(request, "", VIEWER);
        }
        boolean elsewhere = !base.equals(OURS) && request.getRequestURI().startsWith(base + '/');
        return elsewhere ? new ApiBase(request, base, OURS) : request;
    }

    @Override
    public String getRequestURI() {
        return ours + super.getRequestURI().substring(base.length());
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        int path = url.length() - super.getRequestURI().length();
        return url.replace(path, path + base.length(), ours);
    }

    @Override
    public String getPathInfo() {
        String info = super.getPathInfo();
        return info == null ? null : ours + info.substring(base.length());
    }
}
