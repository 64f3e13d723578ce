package org.kohakuhub.webhook;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends what is due, from every node, a few at a time: one slow receiver holds up nobody but himself. */
@Singleton
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookWorker {
    private static final System.Logger log = System.getLogger(WebhookWorker.class.getName());
    private static final int MOST_AT_ONCE = 8;

    private final DeliveryRows rows;
    private final WebhookCalls calls;
    private final WebhookSender sender;

    /** Webhooks that this node is calling: what else waits for one of them waits for the end of that call. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** For the container's proxy only. */
    protected WebhookWorker() {
        this(null, null, null);
    }

    @Inject
    public WebhookWorker(DeliveryRows rows, WebhookCalls calls, WebhookSender sender) {
        this.rows = rows;
        this.calls = calls;
        this.sender = sender;
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "webhooks")
    public void everySecond() {
        try {
            sender.giveUp();
            int free = MOST_AT_ONCE - busy.size();
            if (free > 0) {
                rows.due(free, Set.copyOf(busy)).forEach(this::call);
            }
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "Webhooks are called again in a second", e);
        }
    }

    private void call(DeliveryRows.Due due) {
        if (!busy.add(due.webhookId())) {
            return;
        }
        try {
            calls.call(due.id(), () -> busy.remove(due.webhookId()));
        } catch (RuntimeException noThreadForIt) {
            busy.remove(due.webhookId());
            throw noThreadForIt;
        }
    }

    @Schedule(hour = "*", minute = "23", persistent = false, info = "forget old deliveries")
    public void everyHour() {
        rows.forget();
    }
}
