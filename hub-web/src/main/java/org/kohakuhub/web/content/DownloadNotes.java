package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.community.DownloadCounter;
import org.kohakuhub.web.auth.RequestCaller;

/**
 * Tells the counter of downloads which requests are some: every GET of a file, and its HEAD where the client says so by
 * {@code X-HF-Download-Counter}. huggingface_hub does in what it downloads (and may then fetch the bytes elsewhere), and
 * not when it only looks whether a file is there.
 */
@RequestScoped
public class DownloadNotes {
    private static final String COUNTER = "X-HF-Download-Counter";

    private final DownloadCounter counter;
    private final RequestCaller caller;
    private final HttpServletRequest request;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DownloadNotes() {
        this(null, null, null);
    }

    @Inject
    DownloadNotes(DownloadCounter counter, RequestCaller caller, HttpServletRequest request) {
        this.counter = counter;
        this.caller = caller;
        this.request = request;
    }

    /** A file was sent, or its place told. */
    void fetched(RepoKey repo) {
        counter.note(repo, caller.get(), address(), 1);
    }

    /** A client asked for a file that it may then fetch elsewhere. */
    void asked(RepoKey repo) {
        if (request.getHeader(COUNTER) != null) {
            counter.note(repo, caller.get(), address(), 0);
        }
    }

    /** The client's own, also behind proxies; who lies about it inflates a number and nothing else. */
    private String address() {
        String forwarded = request.getHeader("X-Forwarded-For");
        return forwarded == null || forwarded.isBlank() ? request.getRemoteAddr() : forwarded.split(",", 2)[0].trim();
    }
}
