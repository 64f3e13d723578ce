package org.kohakuhub.config;

import java.util.List;

/**
 * Where webhooks may lead.
 *
 * @param allowedNetworks private networks that may be called all the same, in the form {@code 10.1.0.0/16}
 */
public record WebhookConfig(List<String> allowedNetworks) {
    private static final String NETWORK = "[0-9A-Fa-f:.]+/[0-9]{1,3}";

    /**
     * @throws IllegalArgumentException with a sentence that names the variable
     */
    public WebhookConfig {
        allowedNetworks = List.copyOf(allowedNetworks);
        if (!allowedNetworks.stream().allMatch(network -> network.matches(NETWORK))) {
            throw new IllegalArgumentException(
                    "KOHAKU_HUB_WEBHOOK_ALLOWED_NETWORKS must hold networks such as 10.1.0.0/16");
        }
    }
}
