package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Receiver;
import org.kohakuhub.it.Receiver.Call;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Webhooks: what is told to whom, and receivers that mean no good. */
class WebhooksIT {
    private static final RunningHub hub = RunningHub.shared();
    private static final String WEBHOOKS = "/api/settings/webhooks";

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();
    private final HubUser bob = hub.newUser();

    private static Answer create(HubUser who, String url, String type, String name) {
        JsonObject body = Json.createObjectBuilder()
                .add("url", url)
                .add("secret", "s3cret")
                .add(
                        "watched",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", type)
                                        .add("name", name)))
                .build();
        return who.http().post(WEBHOOKS, body);
    }

    private static String watching(HubUser who, String url, String type, String name) {
        return create(who, url, type, name)
                .expect(200)
                .json()
                .getJsonObject("webhook")
                .getString("id");
    }

    private static JsonArray deliveries(HubUser who, String id) {
        return who.http().get(WEBHOOKS + '/' + id + "/deliveries").expect(200).list();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_keeps_them(String version) {
        ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi, WebhookWatchedItem
                from huggingface_hub.errors import HfHubHTTPError
                api, me = HfApi(), sys.argv[1]
                w = api.create_webhook(url="https://example.org/hook", watched=[{"type": "user", "name": me}], domains=["repo"], secret="my")
                assert (w.url, w.domains, w.secret, w.disabled) == ("https://example.org/hook", ["repo"], "my", False), w
                assert w.watched == [WebhookWatchedItem(type="user", name=me)]
                assert api.get_webhook(w.id) == w and api.list_webhooks() == [w]
                u = api.update_webhook(w.id, url="https://example.org/other", domains=["discussions"])
                assert u.url.endswith("/other") and u.domains == ["discussions"] and u.secret == "my" and u.watched == w.watched
                assert api.disable_webhook(w.id).disabled and not api.enable_webhook(w.id).disabled
                api.delete_webhook(w.id)
                assert api.list_webhooks() == []
                for wrong in (lambda: api.get_webhook(w.id), lambda: api.delete_webhook(w.id), lambda: api.disable_webhook(w.id),
                              lambda: api.create_webhook(url="https://e.org", watched=[{"type": "user", "name": "no-such-user-at-all"}]),
                              lambda: api.create_webhook(url="https://e.org", watched=[{"type": "model", "name": me + "/none"}])):
                    try:
                        wrong()
                        raise SystemExit("should have failed")
                    except HfHubHTTPError as e:
                        assert e.response.status_code == 404, e
                """, ann.name());
    }

    @Tag("core")
    @Test
    void a_receiver_is_told_what_happens_in_the_form_of_the_client() throws GeneralSecurityException {
        try (Receiver receiver = Receiver.polite()) {
            String id = watching(ann, receiver.url("/hook"), "user", ann.name());
            TestRepo repo = ann.newModel();
            Call created = receiver.next("create repo");
            assertThat(created.json().getJsonObject("repo").getString("name")).isEqualTo(repo.id());
            assertThat(created.headers()).containsEntry("X-Webhook-Secret", "s3cret");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Bytes.utf8("s3cret"), "HmacSHA256"));
            assertThat(created.headers().get("X-Webhook-Signature"))
                    .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(created.body())));

            String commit = repo.commitFile("a.txt", Bytes.utf8("a"));
            Call pushed = receiver.next(call -> call.json().toString().contains(commit));
            assertThat(pushed.event()).isEqualTo("update repo.content");
            assertThat(pushed.json()
                            .getJsonArray("updatedRefs")
                            .getJsonObject(0)
                            .getString("ref"))
                    .isEqualTo("refs/heads/main");

            JsonObject opening = Json.createObjectBuilder()
                    .add("title", "Question")
                    .add("description", "Well?")
                    .add("pullRequest", true)
                    .build();
            bob.http().post(repo.api() + "/discussions", opening).expect(200);
            Call asked = receiver.next("create discussion");
            JsonObject say =
                    Json.createObjectBuilder().add("comment", "Hear, hear").build();
            bob.http().post(repo.api() + "/discussions/1/comment", say).expect(200);
            Call said = receiver.next("create discussion.comment");
            JsonObject hide = Json.createObjectBuilder().add("private", true).build();
            ann.http().put(repo.api() + "/settings", hide).expect(200);
            Call configured = receiver.next("update repo.config");
            assertThat(configured.json().getJsonObject("repo").getBoolean("private"))
                    .isTrue();
            JsonObject move = Json.createObjectBuilder()
                    .add("fromRepo", repo.id())
                    .add("toRepo", repo.id() + "-2")
                    .add("type", "model")
                    .build();
            ann.http().post("/api/repos/move", move).expect(200);
            Call moved = receiver.next("move repo");
            assertThat(moved.json().getJsonObject("movedTo").getString("name")).isEqualTo(repo.id() + "-2");
            JsonObject delete = Json.createObjectBuilder()
                    .add("name", repo.name() + "-2")
                    .add("type", "model")
                    .build();
            ann.http().delete("/api/repos/delete", delete).expect(200);
            Call removed = receiver.next("delete repo");

            StringBuilder payloads = new StringBuilder();
            for (Call call : new Call[] {created, pushed, asked, said, configured, moved, removed}) {
                payloads.append(call.json()).append('\n');
                assertThat(call.json().getJsonObject("webhook").getString("id")).isEqualTo(id);
            }
            String printed = ann.client("2.0.0", home).run("""
                    import sys
                    from huggingface_hub import WebhookPayload
                    payloads = [WebhookPayload.model_validate_json(line) for line in sys.argv[1].splitlines()]
                    print("read", len(payloads))
                    """, payloads.toString());
            assertThat(printed).isEqualTo("read 7");
        }
    }

    @Test
    void what_one_may_not_read_one_is_not_told() throws InterruptedException {
        try (Receiver bobs = Receiver.polite();
                Receiver anns = Receiver.polite()) {
            watching(bob, bobs.url("/"), "user", ann.name());
            watching(ann, anns.url("/"), "user", ann.name());
            TestRepo secret = ann.newPrivateModel();
            secret.commitFile("a.txt", Bytes.utf8("a"));
            TestRepo open = ann.newModel();
            anns.next(call -> call.json().toString().contains(secret.id()));
            Call first = bobs.next(call -> true);
            assertThat(first.json().getJsonObject("repo").getString("name")).isEqualTo(open.id());
            assertThat(create(bob, "https://example.org/", "model", secret.id()).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void others_do_not_find_it() {
        String id = watching(ann, "https://example.org/", "user", ann.name());
        String path = WEBHOOKS + '/' + id;
        bob.http().get(path).expectError(404, "");
        bob.http().delete(path).expectError(404, "");
        bob.http().post(path + "/disable").expectError(404, "");
        bob.http().get(path + "/deliveries").expectError(404, "");
        bob.http()
                .post(
                        path,
                        Json.createObjectBuilder().add("url", "https://e.org").build())
                .expectError(404, "");
        hub.anonymous().get(WEBHOOKS).expectError(401, "");
        ann.readOnly().get(WEBHOOKS).expectError(403, "");
        assertThat(bob.http().get(WEBHOOKS).expect(200).list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "http://[::1]/",
                "http://10.0.0.1/x",
                "http://169.254.169.254/",
                "http://0.0.0.0/",
                "http://[::ffff:10.0.0.1]/",
                "http://2130706434/",
                "ftp://example.org/",
                "file:///etc",
                "https://u:p@example.org/",
                "not an address",
                "http:///x"
            })
    void addresses_that_may_not_be_called_are_refused(String url) {
        create(ann, url, "user", ann.name()).expectError(400, "");
    }

    @Test
    void receivers_that_mean_no_good_harm_nobody() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        java.util.Arrays.fill(megabyte, (byte) 'x');
        try (Receiver endless = Receiver.with(exchange -> {
                    exchange.sendResponseHeaders(200, 10L << 30);
                    try (OutputStream out = exchange.getResponseBody()) {
                        for (int i = 0; i < 10 << 10; i++) {
                            out.write(megabyte);
                        }
                    }
                });
                Receiver inner = Receiver.polite();
                Receiver redirecting = Receiver.with(exchange -> {
                    exchange.getResponseHeaders().set("Location", inner.url("/inner"));
                    exchange.sendResponseHeaders(307, -1);
                });
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                ServerSocket closed = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                Receiver polite = Receiver.polite()) {
            closed.close();
            String slow = watching(ann, "http://127.0.0.1:" + silent.getLocalPort(), "user", ann.name());
            String dead = watching(ann, "http://127.0.0.1:" + closed.getLocalPort(), "user", ann.name());
            String tenGigabytes = watching(ann, endless.url("/"), "user", ann.name());
            String elsewhere = watching(ann, redirecting.url("/"), "user", ann.name());
            watching(ann, polite.url("/"), "user", ann.name());
            long start = System.nanoTime();
            ann.newModel();
            polite.next("create repo");
            endless.next("create repo");
            redirecting.next("create repo");
            assertThat((System.nanoTime() - start) / 1e9)
                    .as("seconds until all were called")
                    .isLessThan(30);
            JsonObject good = outcome(tenGigabytes);
            assertThat(good.getInt("status")).isEqualTo(200);
            assertThat(good.getString("answer").length()).isLessThanOrEqualTo(1024);
            assertThat(outcome(elsewhere).getInt("status")).isEqualTo(307);
            assertThat(inner.waiting()).isZero();
            assertThat(outcome(dead).getString("error")).contains("refused");
            JsonObject given = outcome(slow);
            assertThat(given.containsKey("status")).isFalse();
            assertThat(given.getInt("tookMillis")).isCloseTo(12_000, within(8_000));
            JsonObject delivery = deliveries(ann, dead).getJsonObject(0);
            assertThat(delivery.getString("state")).isEqualTo("pending");
        }
    }

    @Test
    void one_who_lets_many_wait_holds_up_nobody_else() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Receiver polite = Receiver.polite()) {
            String slow = watching(ann, "http://127.0.0.1:" + silent.getLocalPort(), "user", ann.name());
            for (int i = 0; i < 12; i++) { // more than are called at once
                ann.newModel();
            }
            outcome(slow);
            watching(bob, polite.url("/"), "user", bob.name());
            bob.newModel();
            polite.next("create repo");
            assertThat(deliveries(ann, slow).stream().filter(delivery -> isTried(delivery.asJsonObject())))
                    .as("tried before another one was called")
                    .hasSizeLessThan(8);
        }
    }

    private static boolean isTried(JsonObject delivery) {
        return delivery.getInt("attempts") > 0;
    }

    /** What came of the oldest delivery, once something has. */
    private JsonObject outcome(String id) throws InterruptedException {
        for (int i = 0; i < 120; i++) {
            JsonArray all = deliveries(ann, id);
            JsonObject oldest = all.getJsonObject(all.size() - 1);
            if (oldest.containsKey("outcome")) {
                return oldest.getJsonObject("outcome");
            }
            Thread.sleep(500);
        }
        throw new AssertionError("nothing came of it within a minute");
    }

    @Test
    void a_delivery_can_be_sent_again() throws InterruptedException {
        try (Receiver receiver = Receiver.polite()) {
            String id = watching(ann, receiver.url("/"), "user", ann.name());
            ann.newModel();
            receiver.next("create repo");
            outcome(id);
            JsonArray all = deliveries(ann, id);
            JsonObject oldest = all.getJsonObject(all.size() - 1);
            String path = WEBHOOKS + '/' + id + "/deliveries/" + oldest.getString("id") + "/replay";
            ann.http().post(path).expect(200);
            assertThat(receiver.next("create repo").headers().get("X-Webhook-Delivery"))
                    .isEqualTo(oldest.getString("id"));
            bob.http().post(path).expectError(404, "");
        }
    }
}
