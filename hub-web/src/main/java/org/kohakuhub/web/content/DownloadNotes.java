package org.kohakuhub.web.content;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.community.DownloadCounter;
import org.kohakuhub.config.RateLimitConfig;
import org.kohakuhub.web.auth.CallerNetwork;
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
    private final RateLimitConfig limits;

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    public DownloadNotes() {
        this(null, null, null, null);
    }

    @Inject
    DownloadNotes(DownloadCounter counter, RequestCaller caller, HttpServletRequest request, RateLimitConfig limits) {
        this.counter = counter;
        this.caller = caller;
        this.request = request;
        this.limits = limits;
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

    /**
     * A client was told how to put a file together, or a part of it, by a token of his: older ones do not say what the
     * HEAD before it was for. A file begins once, however many parts it is asked for in.
     *
     * @param bearer whom the token names
     */
    public void planned(RepoKey repo, Caller bearer, boolean fromItsBegin) {
        counter.note(repo, bearer, address(), fromItsBegin ? 1 : 0);
    }

    private String address() {
        return CallerNetwork.of(request, limits.trustedProxies());
    }
}
