package org.kohakuhub.object;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohakuhub.config.S3Config;
import org.kohakuhub.object.ObjectStore.Audience;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Knows by which address a client reaches the object store, and keeps a signer for each such address: the signature
 * covers the host, so an address cannot be exchanged afterwards.
 */
final class S3Addresses implements AutoCloseable {
    /** Hub names are few; the bound is against a configuration that accepts any. */
    private static final int MOST = 64;

    private final S3Config config;
    private final Map<URI, S3Presigner> presigners = new LinkedHashMap<>(16, 0.75f, true);

    S3Addresses(S3Config config) {
        this.config = config;
    }

    /** The signer for the address that {@code audience} can reach. */
    S3Presigner presigner(Audience audience) {
        URI address = address(audience);
        synchronized (presigners) {
            S3Presigner known = presigners.get(address);
            if (known == null) {
                known = S3Clients.presigner(config, address);
                presigners.put(address, known);
                if (presigners.size() > MOST) {
                    // Not closed: another thread may be signing with it. It holds neither thread nor connection.
                    presigners.remove(presigners.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    /**
     * The public address if the operator gave one. Else the store's own, but for the embedded store on the host that
     * the caller used; its scheme stays, as the embedded store speaks the same on every host.
     */
    URI address(Audience audience) {
        if (config.publicEndpoint().isPresent()) {
            return config.publicEndpoint().get();
        }
        if (!config.followCaller()) {
            return config.endpoint();
        }
        String host = audience.host();
        String literal = host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
        int port = config.endpoint().getPort();
        return URI.create(config.endpoint().getScheme() + "://" + literal + (port < 0 ? "" : ":" + port));
    }

    @Override
    public void close() {
        synchronized (presigners) {
            presigners.values().forEach(S3Presigner::close);
            presigners.clear();
        }
    }
}
