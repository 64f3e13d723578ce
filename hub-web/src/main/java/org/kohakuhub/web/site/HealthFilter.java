package org.kohakuhub.web.site;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.health.Readiness;
import org.kohakuhub.web.error.Refusals;

/**
 * {@code /health}, for balancers and supervisors, in MicroProfile Health's form: {@code live} says that the process
 * answers, {@code ready} (and {@code /health} itself) that all it needs does; 503 asks to send no work here now. A
 * filter and not a resource, because Payara puts its own servlet at this address, which knows of no checks.
 */
public class HealthFilter implements Filter {
    @Inject
    private Readiness readiness;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        switch (asked.getMethod() + ' ' + asked.getRequestURI()) {
            case "GET /health/live", "HEAD /health/live" -> answer((HttpServletResponse) response, true, List.of());
            case "GET /health", "HEAD /health", "GET /health/ready", "HEAD /health/ready" -> {
                Readiness.Report report = readiness.report();
                answer((HttpServletResponse) response, report.up(), report.checks());
            }
            default ->
                // not the server's own servlet, which calls all below its address healthy
                Refusals.write((HttpServletResponse) response, new HubException(ErrorKind.NOT_FOUND, "Not Found"));
        }
    }

    private static void answer(HttpServletResponse response, boolean up, List<Readiness.Check> checks)
            throws IOException {
        JsonArrayBuilder parts = Json.createArrayBuilder();
        checks.forEach(check ->
                parts.add(Json.createObjectBuilder().add("name", check.name()).add("status", status(check.up()))));
        byte[] body = Json.createObjectBuilder()
                .add("status", status(up))
                .add("checks", parts)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
