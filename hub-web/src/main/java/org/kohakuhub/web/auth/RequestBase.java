package org.kohakuhub.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.kohakuhub.config.SiteConfig;
import org.kohakuhub.config.WebConfig;
import org.kohakuhub.object.ObjectStore;

/** The address that this request's caller knows the hub by. */
@RequestScoped
public class RequestBase {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpServletRequest request;
    private final SiteConfig site;
    private final WebConfig web;

    /** For the proxy. */
    public RequestBase() {
        this(null, null, null);
    }

    @Inject
    RequestBase(HttpServletRequest request, SiteConfig site, WebConfig web) {
        this.request = request;
        this.site = site;
        this.web = web;
    }

    /** The absolute base of every address in an answer, without trailing slash. */
    public URI base() {
        return URI.create(address().origin());
    }

    /**
     * For whom an address of the object store is meant. Its host is the caller's own only where that is a name of the
     * hub: the configured base address or one of {@code KOHAKU_HUB_ALLOWED_HOSTS}, this machine's loopback names, or
     * the very address that the connection came in on. Any other gets the configured host.
     */
    public ObjectStore.Audience audience() {
        CallerAddress address = address();
        String host = address.host();
        return isOurs(host.toLowerCase(Locale.ROOT))
                ? new ObjectStore.Audience(host, address.secure())
                : new ObjectStore.Audience(
                        site.baseUrl().getHost(), site.baseUrl().getScheme().equals("https"));
    }

    private boolean isOurs(String host) {
        return host.equals(site.baseUrl().getHost().toLowerCase(Locale.ROOT))
                || LOOPBACK.contains(host)
                || web.hosts().contains(host)
                || host.equals(literal(request.getLocalAddr()));
    }

    private static String literal(String address) {
        return address != null && address.indexOf(':') >= 0 ? '[' + address + ']' : address;
    }

    /** Whether the caller came by https, to the hub or to the proxy in front. */
    public boolean secure() {
        return address().secure();
    }

    private CallerAddress address() {
        return (CallerAddress) request.getAttribute(CallerAddress.ATTRIBUTE);
    }
}
