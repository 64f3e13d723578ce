package org.kohakuhub.webhook;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.kohakuhub.config.HubVersion;
import org.kohakuhub.config.WebhookConfig;
import org.kohakuhub.webhook.Delivery.Outcome;
import org.kohakuhub.webhook.DeliveryRows.Taken;

/**
 * Calls receivers, who may be slow, hostile or not there at all. The address is judged where the connection is made, so
 * that a name cannot lead elsewhere after it was judged; redirects are answers like any other.
 */
@ApplicationScoped
public class WebhookSender {
    private static final System.Logger LOG = System.getLogger(WebhookSender.class.getName());

    /** A receiver has so long, however it spends the time. */
    static final long LONGEST_MILLIS = 15_000;

    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1_024;
    private static final int MOST_CONNECTIONS = 32;
    private static final String MAC = "HmacSHA256";

    private final CloseableHttpClient client;
    private final InstantSource clock;
    private final String agent;

    /** What is on its way, and until when it may be. */
    private final Map<HttpPost, Long> running = new ConcurrentHashMap<>();

    /** For the container's proxy only. */
    protected WebhookSender() {
        this.client = null;
        this.clock = null;
        this.agent = null;
    }

    @Inject
    WebhookSender(WebhookConfig config, InstantSource clock) {
        this.clock = clock;
        this.agent = "KohakuHub/" + HubVersion.text() + " (webhook)";
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guarded(new AddressGuard(config.allowedNetworks())))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent(agent)
                .build();
    }

    private static DnsResolver guarded(AddressGuard guard) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] allowed = Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
                        .filter(guard::allows)
                        .toArray(InetAddress[]::new);
                if (allowed.length == 0) {
                    throw new UnknownHostException(host + " is in a private network, which webhooks may not lead to");
                }
                return allowed;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    /** Calls a receiver once. Whatever happens is an outcome. */
    Outcome send(Taken delivery) {
        byte[] body = Payloads.body(delivery.payload(), delivery.webhookId());
        HttpPost post = new HttpPost(delivery.url());
        post.setHeader("X-Webhook-Id", delivery.webhookId());
        post.setHeader("X-Webhook-Delivery", delivery.id());
        delivery.secret().ifPresent(secret -> {
            post.setHeader("X-Webhook-Secret", secret);
            post.setHeader("X-Webhook-Signature", "sha256=" + signature(secret, body));
        });
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        long start = clock.millis();
        running.put(post, start + LONGEST_MILLIS);
        try {
            ClassicHttpResponse answer = client.executeOpen(null, post, null);
            try {
                String begin = beginning(answer.getEntity());
                return new Outcome(
                        Optional.of(answer.getCode()), Optional.of(begin), Optional.empty(), clock.millis() - start);
            } finally {
                drop(post, answer); // of what follows nobody reads anything
            }
        } catch (IOException | RuntimeException e) {
            String reason = clock.millis() - start >= LONGEST_MILLIS ? "no answer within 15 seconds" : reason(e);
            return new Outcome(Optional.empty(), Optional.empty(), Optional.of(reason), clock.millis() - start);
        } finally {
            running.remove(post);
        }
    }

    private static void drop(HttpPost post, ClassicHttpResponse answer) {
        post.cancel();
        try {
            answer.close();
        } catch (IOException cut) {
            LOG.log(Level.TRACE, "The rest of an answer was cut off", cut);
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private static String beginning(HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream in = entity.getContent();
        return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }

    /** Gives up what takes too long; to be called every second. */
    void giveUp() {
        long now = clock.millis();
        running.forEach((post, until) -> {
            if (until < now) {
                post.cancel();
            }
        });
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
