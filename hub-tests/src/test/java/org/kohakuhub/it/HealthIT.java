package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What supervisors, balancers and the people who read logs ask. Each server has an own idea of these addresses. */
@Tag("core")
class HealthIT {
    private static final RunningHub hub = RunningHub.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready"})
    void a_hub_that_can_do_its_work_says_what_it_looked_at(String path) {
        Answer answer = hub.anonymous().get(path).expect(200);

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().getString("status")).isEqualTo("UP");
        JsonArray checks = answer.json().getJsonArray("checks");
        assertThat(checks.getValuesAs(JsonObject.class))
                .extracting(check -> check.getString("name"))
                .containsExactly("database", "object-store");
        assertThat(checks.getValuesAs(JsonObject.class))
                .allSatisfy(check -> assertThat(check.getString("status")).isEqualTo("UP"));
    }

    @Test
    void a_process_that_answers_is_alive_whatever_else_is_down() {
        JsonObject live = hub.anonymous().get("/health/live").expect(200).json();

        assertThat(live.getString("status")).isEqualTo("UP");
        assertThat(live.getJsonArray("checks")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/ready", "/health/live"})
    void balancers_may_ask_without_wanting_a_body(String path) {
        Answer answer = hub.anonymous().head(path).expect(200);

        assertThat(answer.body()).isEmpty();
    }

    /** A balancer with a slip in its configuration must not take a server's own servlet for the hub. */
    @ParameterizedTest
    @ValueSource(strings = {"/health/readiness", "/health/ready/", "/health/ready/x", "/health/started", "/health/"})
    void addresses_beside_these_are_nothing(String path) {
        hub.anonymous().get(path).expect(404);
        hub.anonymous().post("/health/live").expect(404);
    }

    @Test
    void the_api_describes_itself() {
        Answer answer = hub.anonymous().get("/openapi").expect(200);

        assertThat(answer.text()).contains("openapi:", "/api/whoami-v2", "/api/repos/create");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a", "3f0c-77.b_1", "0123456789012345678901234567890123456789012345678901234567890123"})
    void a_sane_request_id_is_echoed(String id) {
        HubHttp caller = hub.anonymous().with("X-Request-Id", id);

        for (String path : List.of("/health/live", "/api/version", "/api/models/no/such")) {
            assertThat(caller.get(path).headers().allValues("X-Request-Id")).containsExactly(id);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "two words",
                "semi;colon",
                "<script>",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void another_request_id_is_replaced(String id) {
        Answer answer = hub.anonymous().with("X-Request-Id", id).get("/api/version");

        assertThat(answer.headers().allValues("X-Request-Id"))
                .singleElement()
                .asString()
                .matches("[0-9a-f]{24}");
    }

    @Test
    void every_answer_has_a_request_id_of_its_own() {
        List<Answer> answers = List.of(
                hub.anonymous().get("/"),
                hub.anonymous().get("/health"),
                hub.anonymous().get("/api/nothing/of/the/kind"),
                hub.anonymous().get("/api/auth/me"),
                hub.bearer("hf_wrong").get("/api/models"),
                hub.anonymous().get("/no/such/info/refs?service=git-upload-pack"),
                hub.anonymous().post("/no/such.git/info/lfs/objects/batch"));

        assertThat(answers)
                .extracting(answer -> answer.header("X-Request-Id"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{24}"));
    }
}
