package org.kohakuhub.webhook;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohakuhub.access.AccessPolicy;
import org.kohakuhub.access.Action;
import org.kohakuhub.access.NamespaceKey;
import org.kohakuhub.account.Caller;
import org.kohakuhub.common.ErrorKind;
import org.kohakuhub.common.HubException;
import org.kohakuhub.common.RepoId;
import org.kohakuhub.common.RepoType;
import org.kohakuhub.common.Text;
import org.kohakuhub.config.WebhookConfig;
import org.kohakuhub.webhook.Webhook.Domain;
import org.kohakuhub.webhook.Webhook.Watched;
import org.kohakuhub.webhook.WebhookRows.Content;
import org.kohakuhub.webhook.WebhookRows.Target;

/** A user's own webhooks. Others' are not found. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookService {
    private static final int MOST = 100;
    private static final int MOST_WATCHED = 100;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_SECRET = 500;

    private final AccessPolicy access;
    private final WebhookRows rows;
    private final DeliveryRows deliveries;
    private final WebhookConfig config;

    /** For the container's proxy only. */
    protected WebhookService() {
        this(null, null, null, null);
    }

    @Inject
    public WebhookService(AccessPolicy access, WebhookRows rows, DeliveryRows deliveries, WebhookConfig config) {
        this.access = access;
        this.rows = rows;
        this.deliveries = deliveries;
        this.config = config;
    }

    /**
     * What a webhook is asked to be.
     *
     * @param domains empty: everything
     */
    public record Wanted(String url, List<Watched> watched, Set<Domain> domains, Optional<String> secret) {}

    /** All of the caller's webhooks. */
    public List<Webhook> list(Caller caller) {
        return rows.all(owner(caller));
    }

    /**
     * One of them.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
     */
    public Webhook find(Caller caller, String id) {
        return existing(owner(caller), id);
    }

    /**
     * Makes a webhook.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN; INVALID for an address that may not be called; NOT_FOUND,
     *     REPO_NOT_FOUND for what cannot be watched
     */
    public Webhook create(Caller caller, Wanted wanted) {
        String owner = owner(caller);
        if (rows.count(owner) >= MOST) {
            throw new HubException(ErrorKind.INVALID, "You have " + MOST + " webhooks already");
        }
        return existing(owner, rows.add(owner, content(caller, wanted)));
    }

    /**
     * Changes a webhook; what is not named stays.
     *
     * @throws HubException as above
     */
    public Webhook update(
            Caller caller,
            String id,
            Optional<String> url,
            Optional<List<Watched>> watched,
            Optional<Set<Domain>> domains,
            Optional<String> secret) {
        String owner = owner(caller);
        Webhook before = existing(owner, id);
        Wanted wanted = new Wanted(
                url.orElse(before.url().toString()),
                watched.orElse(before.watched()),
                domains.orElse(before.domains()),
                secret.or(before::secret));
        rows.replace(owner, id, content(caller, wanted));
        return existing(owner, id);
    }

    /**
     * Switches a webhook on or off.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
     */
    public Webhook disable(Caller caller, String id, boolean disabled) {
        String owner = owner(caller);
        rows.disable(owner, id, disabled);
        return existing(owner, id);
    }

    /**
     * Removes a webhook with all that it was to be told.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
     */
    public void delete(Caller caller, String id) {
        if (!rows.remove(owner(caller), id)) {
            throw notFound();
        }
    }

    /**
     * What it was told, newest first.
     *
     * @param before the id of the page before's last delivery; empty for the first page
     * @throws HubException UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
     */
    public List<Delivery> deliveries(Caller caller, String id, String before, int limit) {
        existing(owner(caller), id);
        return deliveries.log(id, before, limit);
    }

    /**
     * Tells something once more.
     *
     * @throws HubException UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
     */
    public void again(Caller caller, String id, String deliveryId) {
        existing(owner(caller), id);
        if (!deliveries.again(id, deliveryId)) {
            throw new HubException(ErrorKind.NOT_FOUND, "There is no such delivery that is over");
        }
    }

    private String owner(Caller caller) {
        access.requireAccount(caller); // a webhook's secret is nothing for a token that may only read
        return caller.userId();
    }

    private Webhook existing(String owner, String id) {
        return rows.find(owner, id).orElseThrow(WebhookService::notFound);
    }

    private static HubException notFound() {
        return new HubException(ErrorKind.NOT_FOUND, "Webhook not found");
    }

    private Content content(Caller caller, Wanted wanted) {
        if (wanted.watched().isEmpty() || wanted.watched().size() > MOST_WATCHED) {
            throw new HubException(ErrorKind.INVALID, "A webhook watches 1 to " + MOST_WATCHED + " things");
        }
        if (wanted.secret().filter(secret -> !isHeaderValue(secret)).isPresent()) {
            throw new HubException(
                    ErrorKind.INVALID, "The secret must have at most " + LONGEST_SECRET + " characters of ASCII");
        }
        List<Target> targets = new ArrayList<>();
        wanted.watched().forEach(watched -> targets.add(target(caller, watched)));
        Set<Domain> domains = wanted.domains().isEmpty() ? Set.of(Domain.values()) : wanted.domains();
        return new Content(address(wanted.url()), targets, domains, wanted.secret());
    }

    private static boolean isHeaderValue(String secret) {
        return secret.length() <= LONGEST_SECRET && secret.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private Target target(Caller caller, Watched watched) {
        if (watched.type().equals("user") || watched.type().equals("org")) {
            NamespaceKey found = access.requireNamespace(caller, Action.READ, watched.name());
            if (found.isOrganization() != watched.type().equals("org")) {
                throw new HubException(
                        ErrorKind.NOT_FOUND, "There is no " + watched.type() + " named " + Text.shown(watched.name()));
            }
            return new Target(true, found.id());
        }
        String[] parts = watched.name().split("/", -1);
        if (parts.length != 2 || !RepoId.isSegment(parts[0]) || !RepoId.isSegment(parts[1])) {
            throw new HubException(ErrorKind.REPO_NOT_FOUND, "Repository not found");
        }
        RepoId name = new RepoId(RepoType.parse(watched.type() + 's'), parts[0], parts[1]);
        return new Target(false, access.require(caller, Action.READ, name).id());
    }

    /** Judged again whenever it is called: a name may lead elsewhere by then. */
    private URI address(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null && text.length() <= LONGEST_URL) {
                refuseLiteral(url.getHost());
                return url;
            }
        } catch (URISyntaxException e) {
            throw new HubException(ErrorKind.INVALID, "This is no address: " + Text.shown(text));
        }
        throw new HubException(
                ErrorKind.INVALID, "url must be an address such as https://host/path, without user and password");
    }

    private void refuseLiteral(String host) {
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+") || host.equalsIgnoreCase("localhost");
        try {
            if (literal && !new AddressGuard(config.allowedNetworks()).allows(InetAddress.getByName(host))) {
                throw new HubException(
                        ErrorKind.INVALID, "Webhooks may not lead into a private network: " + Text.shown(host));
            }
        } catch (UnknownHostException e) {
            throw new HubException(ErrorKind.INVALID, "This is no address of a host: " + Text.shown(host));
        }
    }
}
