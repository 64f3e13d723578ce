package org.kohakuhub.webhook;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.kohakuhub.access.RepoKey;
import org.kohakuhub.discussion.DiscussionChanged;
import org.kohakuhub.repo.RepositoryChanged;
import org.kohakuhub.version.RefsMoved;
import org.kohakuhub.webhook.Webhook.Domain;

/**
 * Enlists what happens for the webhooks that watch it, in the transaction in which it happens. Who may not read a private
 * repository is told nothing of it, whatever he watches.
 */
@Stateless
public class WebhookOutbox {
    private final DeliveryRows deliveries;
    private final Payloads payloads;

    @PersistenceContext(unitName = "hub")
    EntityManager em;

    /** For the container's proxy only. */
    protected WebhookOutbox() {
        this(null, null);
    }

    @Inject
    public WebhookOutbox(DeliveryRows deliveries, Payloads payloads) {
        this.deliveries = deliveries;
        this.payloads = payloads;
    }

    /** Commits, pushes, branches and tags. */
    public void moved(@Observes RefsMoved moved) {
        enlist(moved.repo(), Domain.REPO, () -> payloads.refsMoved(moved));
    }

    /** Creation, removal, another name, other settings. */
    public void changed(@Observes RepositoryChanged changed) {
        enlist(changed.repo(), Domain.REPO, () -> payloads.repositoryChanged(changed));
    }

    /** Discussions, pull requests and comments. */
    public void changed(@Observes DiscussionChanged changed) {
        enlist(changed.repo(), Domain.DISCUSSIONS, () -> payloads.discussionChanged(changed));
    }

    private void enlist(RepoKey repo, Domain domain, Supplier<Optional<JsonObjectBuilder>> payload) {
        List<String> webhooks = watching(repo, domain);
        if (!webhooks.isEmpty()) {
            payload.get()
                    .map(builder -> builder.build().toString())
                    .ifPresent(text -> webhooks.forEach(webhook -> deliveries.add(webhook, text)));
        }
    }

    private List<String> watching(RepoKey repo, Domain domain) {
        String readers = repo.isPrivate()
                ? " and (w.owner_id = ?2 or exists (select 1 from membership m"
                        + " where m.org_id = ?2 and m.user_id = w.owner_id))"
                : "";
        Query query = em.createNativeQuery("select distinct w.id from webhook w join webhook_watch h"
                        + " on h.webhook_id = w.id where (h.repo_id = ?1 or h.account_id = ?2) and not w.disabled and "
                        + (domain == Domain.REPO ? "w.on_repo" : "w.on_discussions") + readers)
                .setParameter(1, repo.id())
                .setParameter(2, repo.ownerId());
        List<?> ids = query.getResultList();
        return ids.stream().map(String.class::cast).toList();
    }
}
