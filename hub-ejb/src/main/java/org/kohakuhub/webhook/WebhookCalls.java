package org.kohakuhub.webhook;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.kohakuhub.webhook.DeliveryRows.Taken;

/** One call to one receiver, on a thread of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookCalls {
    private static final System.Logger log = System.getLogger(WebhookCalls.class.getName());

    private final DeliveryRows rows;
    private final WebhookSender sender;

    /** For the container's proxy only. */
    protected WebhookCalls() {
        this(null, null);
    }

    @Inject
    public WebhookCalls(DeliveryRows rows, WebhookSender sender) {
        this.rows = rows;
        this.sender = sender;
    }

    /** Takes a delivery, if no other node has, and sends it; {@code done} runs in any case. */
    @Asynchronous
    public void call(String deliveryId, Runnable done) {
        try {
            Optional<Taken> taken = rows.take(deliveryId);
            taken.ifPresent(delivery -> rows.settle(delivery, sender.send(delivery)));
        } catch (RuntimeException e) {
            log.log(Level.WARNING, "A webhook could not be called; it is tried again", e);
        } finally {
            done.run();
        }
    }
}
