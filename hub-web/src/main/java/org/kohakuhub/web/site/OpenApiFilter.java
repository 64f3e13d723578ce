package org.kohakuhub.web.site;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.web.error.Refusals;

/**
 * {@code /openapi}: the description that the build made of the resources, as YAML or, if {@code Accept} or
 * {@code ?format=JSON} say so, as JSON. A filter and not a resource, because Payara puts its own servlet at this address,
 * which adds to the document what OpenAPI does not allow.
 */
public class OpenApiFilter implements Filter {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    /** For the server. */
    public OpenApiFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!asked.getMethod().equals("GET") && !asked.getMethod().equals("HEAD")) {
            Refusals.write(answer, new HubException(ErrorKind.NOT_FOUND, "Not Found"));
            return;
        }
        boolean json = json(asked.getParameter("format"), asked.getHeader("Accept"));
        byte[] document = document(json ? "openapi.json" : "openapi.yaml");
        answer.setContentType(json ? JSON : YAML);
        answer.setCharacterEncoding("UTF-8");
        answer.setHeader("Vary", "Accept");
        answer.setContentLength(document.length);
        answer.getOutputStream().write(document);
    }

    private static boolean json(String format, String accept) {
        return format == null ? accept != null && accept.contains(JSON) : format.equalsIgnoreCase("json");
    }

    private static byte[] document(String name) throws IOException {
        try (InputStream in = OpenApiFilter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }
}
