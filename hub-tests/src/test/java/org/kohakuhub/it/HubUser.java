package org.kohakuhub.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** A registered person with an API token. */
public final class HubUser {
    private final RunningHub hub;
    private final String name;
    private final String password;
    private final String token;

    HubUser(RunningHub hub, String name, String password, String token) {
        this.hub = hub;
        this.name = name;
        this.password = password;
        this.token = token;
    }

    public String name() {
        return name;
    }

    public String password() {
        return password;
    }

    public String token() {
        return token;
    }

    /** The API with this person's bearer token. */
    public HubHttp http() {
        return hub.with(Map.of("Authorization", "Bearer " + token));
    }

    /** Requests to addresses that this person's hub handed out. */
    public HubHttp bare() {
        return hub.bare();
    }

    /** The hub whose user this is. */
    public RunningHub hub() {
        return hub;
    }

    /** The API with a new token of this person that may only read. */
    public HubHttp readOnly() {
        return hub.bearer(newToken("read"));
    }

    /** A new token of this role, {@code read} or {@code write}. */
    public String newToken(String role) {
        JsonObject body =
                Json.createObjectBuilder().add("name", role).add("role", role).build();
        return http().post("/api/auth/tokens/create", body).expect(200).json().getString("token");
    }

    /** What git sends after the hub's Basic challenge: the token is the password. */
    public String basic() {
        byte[] pair = (name + ':' + token).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** The Python client of this version, logged in. */
    public HfClient client(String version, Path home) {
        return HfClient.of(hub, "hf-" + version, token, home);
    }

    /** The datasets library of this version, logged in. */
    public HfClient datasets(String version, Path home) {
        return HfClient.of(hub, "datasets-" + version, token, home);
    }

    /** The transformers library of this version, logged in. */
    public HfClient transformers(String version, Path home) {
        return HfClient.of(hub, "transformers-" + version, token, home);
    }

    /** transformers and diffusers with this version of PyTorch, logged in. */
    public HfClient torch(String version, Path home) {
        return HfClient.of(hub, "torch-" + version, token, home);
    }

    /** The kernels library of this version, logged in. */
    public HfClient kernels(String version, Path home) {
        // without telemetry its User-Agent would end in a blank, which httpx refuses
        return HfClient.of(hub, "kernels-" + version, token, home).withTelemetry();
    }

    /** Python with schemathesis, which knows hub and token by {@code HF_ENDPOINT} and {@code HF_TOKEN}. */
    public HfClient schemathesis(Path home) {
        return HfClient.of(hub, "schemathesis-4.32.5", token, home);
    }

    /** A new public model repository in this person's namespace. */
    public TestRepo newModel() {
        return newRepo("model", false);
    }

    public TestRepo newPrivateModel() {
        return newRepo("model", true);
    }

    /** A new repository with a name of its own. */
    public TestRepo newRepo(String type, boolean isPrivate) {
        return newRepo(type, null, isPrivate);
    }

    /** A new repository in an organization, or in this person's namespace when {@code organization} is null. */
    public TestRepo newRepo(String type, String organization, boolean isPrivate) {
        String repo = RunningHub.newName("r");
        JsonObjectBuilder body =
                Json.createObjectBuilder().add("name", repo).add("type", type).add("private", isPrivate);
        if (organization != null) {
            body.add("organization", organization);
        }
        if (type.equals("space")) {
            body.add("sdk", "static");
        }
        http().post("/api/repos/create", body.build()).expect(200);
        return new TestRepo(this, type, (organization == null ? name : organization) + '/' + repo);
    }

    /** A new organization that this person owns; gives its name. */
    public String newOrganization() {
        String org = RunningHub.newName("o");
        JsonObject body = Json.createObjectBuilder()
                .add("name", org)
                .add("description", "made by a test")
                .build();
        http().post("/org/create", body).expect(200);
        return org;
    }

    /** Takes somebody into an organization. */
    public Answer admit(String organization, HubUser user, String role) {
        JsonObject body = Json.createObjectBuilder()
                .add("username", user.name())
                .add("role", role)
                .build();
        return http().post("/org/" + organization + "/members", body);
    }
}
