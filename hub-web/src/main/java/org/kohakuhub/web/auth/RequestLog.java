package org.kohakuhub.web.auth;

import jakarta.json.Json;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohakuhub.common.Text;

/** One line for each request: no query (it may hold a signature), no header, no body. */
final class RequestLog {
    private static final System.Logger log = System.getLogger("org.kohakuhub.request");

    private final boolean json;

    RequestLog(boolean json) {
        this.json = json;
    }

    /**
     * Writes the line now, or when the asynchronous answer is complete.
     *
     * @param path as it came; a forward inside the server changes what the request says of itself
     */
    void finish(HttpServletRequest request, HttpServletResponse response, String path, long startNanos) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new AsyncListener() {
                @Override
                public void onComplete(AsyncEvent event) {
                    write(request, response, path, startNanos);
                }

                @Override
                public void onTimeout(AsyncEvent event) {
                    // completion follows
                }

                @Override
                public void onError(AsyncEvent event) {
                    // completion follows
                }

                @Override
                public void onStartAsync(AsyncEvent event) {
                    event.getAsyncContext().addListener(this); // a new cycle drops the listeners of the one before
                }
            });
        } else {
            write(request, response, path, startNanos);
        }
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String path, long startNanos) {
        if (!log.isLoggable(Level.INFO)) {
            return;
        }
        Map<String, Object> fields = new TreeMap<>();
        fields.put("id", RequestId.of(request));
        fields.put("method", Text.shown(request.getMethod()));
        fields.put("path", Text.shown(path));
        fields.put("status", response.getStatus());
        fields.put("ms", (System.nanoTime() - startNanos) / 1_000_000);
        fields.put("user", RequestCaller.of(request).name().orElse("-"));
        fields.put("from", String.valueOf(request.getRemoteAddr()));
        log.log(Level.INFO, () -> line(fields));
    }

    private String line(Map<String, Object> fields) {
        if (json) {
            return Json.createObjectBuilder(fields).build().toString();
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + field.getValue())
                .collect(Collectors.joining(" ", "request ", ""));
    }
}
