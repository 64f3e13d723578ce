package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.compat.ApiDocument;
import org.kohakuhub.compat.ServedRoutes;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.Bytes;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/**
 * What {@code /openapi} says of the hub, and that nothing which can be made of it upsets the hub. The system properties
 * {@code hub.fuzz.seconds} (a program may run for 600) and {@code hub.fuzz.seed} ask for more, or for other calls.
 */
class ApiDescriptionIT {
    private static final RunningHub HUB = RunningHub.shared();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final Pattern PART = Pattern.compile("\\{([^}]*)}");

    /** Whose bodies are nothing, or a question of the hosted service which is answered 501 whatever it holds. */
    private static final Pattern BODILESS =
            Pattern.compile(".*/(sweep|logout|follow|upvote|like|hide|restore|replay|resource-group|\\{switch})"
                    + "|.*\\{kind}.*|.*\\{door}/\\{rest}|.* /papers/.*|.*/repack/.*");

    @TempDir
    Path home;

    @Test
    @Tag("core")
    void every_operation_has_a_name_its_parts_and_its_body() {
        JsonObject api = document();

        assertThat(api.getString("openapi")).startsWith("3.");
        assertThat(api.getJsonObject("info").getString("title")).isEqualTo("Kohaku Hub");
        assertThat(api.getJsonObject("info").getString("version")).isNotBlank();
        assertThat(api.getJsonObject("components").getJsonObject("securitySchemes"))
                .containsKeys("token", "session");
        Map<String, JsonObject> operations = operations(api);
        assertThat(operations).containsKeys("post /api/repos/create", "get /api/whoami-v2");
        assertThat(operations.values())
                .extracting(operation -> operation.getString("operationId"))
                .doesNotHaveDuplicates();
        operations.forEach((name, operation) -> {
            Set<String> parts = new TreeSet<>();
            Matcher matcher = PART.matcher(name);
            while (matcher.find()) {
                parts.add(matcher.group(1));
            }
            assertThat(declared(operation)).as(name).containsExactlyInAnyOrderElementsOf(parts);
            assertThat(operation.getJsonObject("responses")).as(name).containsKey("default");
            boolean writes = name.startsWith("post ") || name.startsWith("put ") || name.startsWith("patch ");
            if (writes && !BODILESS.matcher(name).matches()) {
                assertThat(operation).as(name).containsKey("requestBody");
            }
        });
    }

    /** Servers have own ideas of this address, and leave out what they do not understand. */
    @Test
    @Tag("core")
    void every_server_describes_what_the_resources_serve() {
        Answer yaml = HUB.anonymous().get("/openapi").expect(200);

        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        Map<String, Set<String>> described = ApiDocument.operations(yaml.text());
        assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(ServedRoutes.operations());
        assertThat(described).containsExactlyInAnyOrderEntriesOf(ApiDocument.built());
        assertThat(ApiDocument.operations(document().toString())).isEqualTo(described);
    }

    @Test
    @Tag("core")
    void whoever_asks_for_json_gets_it() {
        for (String path : List.of("/openapi", "/openapi?format=JSON", "/openapi?format=json")) {
            Answer answer = HUB.anonymous()
                    .with("Accept", path.equals("/openapi") ? "application/json" : "*/*")
                    .get(path)
                    .expect(200);

            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.json().getString("openapi")).startsWith("3.");
        }
        HUB.anonymous().head("/openapi").expect(200);
        HUB.anonymous().post("/openapi").expect(404);
    }

    @Test
    void a_validator_finds_nothing_wrong() {
        String said = HUB.newUser().schemathesis(home).run("""
                import json, os, urllib.request
                from openapi_spec_validator import validate
                url = os.environ["HF_ENDPOINT"] + "/openapi?format=JSON"
                with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": "application/json"})) as answer:
                    validate(json.load(answer))
                print("valid")
                """);

        assertThat(said).isEqualTo("valid");
    }

    @Test
    void no_call_that_can_be_made_of_it_is_answered_by_a_failure_of_the_hub() {
        HubUser user = HUB.newUser();
        String seconds = System.getProperty("hub.fuzz.seconds", "15");
        String seed = System.getProperty("hub.fuzz.seed", "1");

        String said =
                user.schemathesis(home).run(script(), seconds, seed, world(user).toString());

        assertThat(said).matches("operations \\d+ calls \\d+ statuses .*");
        Matcher numbers = Pattern.compile("operations (\\d+) calls (\\d+) .*").matcher(said);
        assertThat(numbers.matches()).isTrue();
        assertThat(Integer.parseInt(numbers.group(1)))
                .isEqualTo(operations(document()).size());
    }

    private static JsonObject document() {
        return HUB.anonymous()
                .with("Accept", "application/json")
                .get("/openapi?format=JSON")
                .expect(200)
                .json();
    }

    private static Map<String, JsonObject> operations(JsonObject api) {
        Map<String, JsonObject> operations = new TreeMap<>();
        api.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.put(method + ' ' + path, operation.asJsonObject());
                    }
                }));
        return operations;
    }

    private static List<String> declared(JsonObject operation) {
        return operation.getOrDefault("parameters", Json.createArrayBuilder().build()).asJsonArray().stream()
                .map(parameter -> parameter.asJsonObject())
                .filter(parameter -> parameter.getString("in").equals("path"))
                .map(parameter -> parameter.getString("name"))
                .toList();
    }

    private static String script() {
        try (var script = ApiDescriptionIT.class.getResourceAsStream("/fuzz/fuzz.py")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parts of addresses and fields of bodies that lead to what this user may break. */
    private static JsonObject world(HubUser user) {
        String org = user.newOrganization();
        List<TestRepo> repos = List.of(user.newModel(), user.newRepo("dataset", false), user.newRepo("space", true));
        JsonObject pullRequest = Json.createObjectBuilder()
                .add("title", "Change")
                .add("description", "d")
                .add("pullRequest", true)
                .build();
        String head = "";
        for (TestRepo repo : repos) {
            head = repo.commit(Operations.commit("Fill")
                    .file("a.txt", Bytes.utf8("0123456789"))
                    .file("dir/b.csv", Bytes.utf8("a,b\n1,2\n")));
            user.http().post(repo.api() + "/branch/dev").expect(200);
            user.http().post(repo.api() + "/discussions", pullRequest).expect(200);
        }
        String bucket = RunningHub.newName("b");
        user.http().post("/api/buckets/" + user.name() + '/' + bucket).expect(200);
        JsonArrayBuilder repositories = Json.createArrayBuilder();
        repos.forEach(repo -> repositories.add(named(user.name(), repo.name()).add("type", repo.type() + 's')));
        return Json.createObjectBuilder()
                .add("repositories", repositories)
                .add("buckets", Json.createArrayBuilder().add(named(user.name(), bucket)))
                .add(
                        "people",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("name", user.name())))
                .add(
                        "organizations",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("name", org)))
                .add("anywhere", anywhere(user, org, head, repos.get(1)))
                .build();
    }

    private static JsonObjectBuilder named(String namespace, String name) {
        return Json.createObjectBuilder().add("namespace", namespace).add("name", name);
    }

    private static JsonObjectBuilder anywhere(HubUser user, String org, String head, TestRepo dataset) {
        JsonObjectBuilder anywhere = Json.createObjectBuilder();
        add(anywhere, List.of("organization", "org"), List.of(org));
        add(anywhere, List.of("user", "username", "author"), List.of(user.name()));
        add(anywhere, List.of("revision"), List.of("main", "dev", head, "refs/pr/1", "/revision/main", ""));
        add(anywhere, List.of("branch", "target"), List.of("", "main", "dev", "/dev", "/main"));
        add(anywhere, List.of("source", "destination", "ref"), List.of("main", "dev", head));
        add(anywhere, List.of("path", "prefix"), List.of("", "a.txt", "/dir", "dir/b.csv", "default"));
        add(anywhere, List.of("rest"), List.of("", "/a"));
        add(anywhere, List.of("range"), List.of("main...dev", "dev..main"));
        add(anywhere, List.of("write"), List.of("", "/write"));
        add(anywhere, List.of("scope"), List.of("read", "write"));
        add(anywhere, List.of("epoch"), List.of("default"));
        add(anywhere, List.of("version"), List.of("v1", "v2"));
        add(anywhere, List.of("num", "id"), List.of("1", "2"));
        add(anywhere, List.of("status"), List.of("pending", "accepted", "closed"));
        add(anywhere, List.of("door"), List.of("", "api/"));
        add(anywhere, List.of("repo"), List.of("datasets/" + dataset.id() + ".git", dataset.id()));
        add(anywhere, List.of("repository", "fromRepo", "toRepo"), List.of(user.name() + "/other", dataset.id()));
        add(anywhere, List.of("dataset"), List.of(dataset.id()));
        add(anywhere, List.of("config"), List.of("default"));
        add(anywhere, List.of("split"), List.of("train"));
        add(anywhere, List.of("url"), List.of(HUB.base() + dataset.resolve("main", "dir/b.csv")));
        add(anywhere, List.of("query"), List.of("select * from dataset"));
        return anywhere;
    }

    private static void add(JsonObjectBuilder world, List<String> names, List<String> values) {
        for (String name : names) {
            JsonArrayBuilder list = Json.createArrayBuilder();
            values.forEach(list::add);
            world.add(name, list);
        }
    }
}
