package org.kohakuhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table "Access" of docs/hub-own-api.md at every door that there is: + allowed, - denied, ? asked for a credential,
 * h hidden, which is answered just as if there were no such repository. A dot: there is no such door.
 */
class AccessTableIT {
    static final String TEXT = "a.txt";
    static final String LFS = "a.bin";
    static final byte[] CONTENT = Bytes.random(1000, 1);

    /** {@code owner} is whose own namespace it is, {@code read-only} a super-admin's token of that role. */
    private static final String REPOSITORIES = """
            door             | of      | anonymous | stranger | visitor | member | admin | super-admin | owner | site-admin | read-only
            INFO             | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            TREE             | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            REFS             | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            COMMITS          | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            RESOLVE          | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            RESOLVE_LFS      | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            AUTH_CHECK       | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            GIT_FETCH        | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            LFS_DOWNLOAD     | public  | +         | +        | +       | +      | +     | +           | +     | +          | +
            INFO             | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            TREE             | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            REFS             | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            COMMITS          | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            RESOLVE          | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            RESOLVE_LFS      | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            AUTH_CHECK       | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            GIT_FETCH        | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            LFS_DOWNLOAD     | private | h         | h        | +       | +      | +     | +           | +     | +          | +
            AUTH_CHECK_WRITE | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            PREUPLOAD        | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            LFS_UPLOAD       | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            COMMIT           | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            BRANCH           | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            BRANCH_REMOVAL   | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            TAG              | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            TAG_REMOVAL      | public  | ?         | -        | -       | +      | +     | +           | +     | +          | -
            AUTH_CHECK_WRITE | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            PREUPLOAD        | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            LFS_UPLOAD       | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            COMMIT           | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            BRANCH           | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            BRANCH_REMOVAL   | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            TAG              | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            TAG_REMOVAL      | private | h         | h        | -       | +      | +     | +           | +     | +          | -
            SETTINGS         | public  | ?         | -        | -       | -      | +     | +           | +     | +          | -
            DELETION         | public  | ?         | -        | -       | -      | +     | +           | +     | +          | -
            SETTINGS         | private | h         | h        | -       | -      | +     | +           | +     | +          | -
            DELETION         | private | h         | h        | -       | -      | +     | +           | +     | +          | -
            """;

    /** {@code of}: what the person is before, {@code to}: what he would be after; {@code nobody}: not in it. */
    private static final String MEMBERS = """
            of          | to          | anonymous | stranger | visitor | member | admin | super-admin | owner | site-admin | read-only
            nobody      | visitor     | ?         | -        | -       | -      | +     | +           | .     | +          | -
            nobody      | member      | ?         | -        | -       | -      | +     | +           | .     | +          | -
            nobody      | admin       | ?         | -        | -       | -      | +     | +           | .     | +          | -
            nobody      | super-admin | ?         | -        | -       | -      | -     | +           | .     | +          | -
            visitor     | admin       | ?         | -        | -       | -      | +     | +           | .     | +          | -
            admin       | member      | ?         | -        | -       | -      | +     | +           | .     | +          | -
            admin       | super-admin | ?         | -        | -       | -      | -     | +           | .     | +          | -
            super-admin | admin       | ?         | -        | -       | -      | -     | +           | .     | +          | -
            member      | nobody      | ?         | -        | -       | -      | +     | +           | .     | +          | -
            super-admin | nobody      | ?         | -        | -       | -      | -     | +           | .     | +          | -
            """;

    private static final String CREATION = """
            door   | of           | anonymous | stranger | visitor | member | admin | super-admin | owner | site-admin | read-only
            CREATE | organization | ?         | -        | -       | +      | +     | +           | .     | +          | -
            CREATE | own          | ?         | -        | -       | -      | -     | -           | +     | +          | -
            """;

    private static final RunningHub hub = RunningHub.shared();
    private static Cast cast;

    /** Who takes part. The organization and its repositories are the super-admin's, the others the owner's. */
    private record Cast(HubUser superAdmin, HubUser owner, HubUser candidate, String org, Map<String, HubHttp> actors) {
        static Cast gather() {
            HubUser superAdmin = hub.newUser();
            HubUser owner = hub.newUser();
            String org = superAdmin.newOrganization();
            Map<String, HubHttp> actors = new TreeMap<>(Map.of(
                    "anonymous", hub.anonymous(),
                    "stranger", hub.newUser().http(),
                    "super-admin", superAdmin.http(),
                    "owner", owner.http(),
                    "site-admin", hub.siteAdmin(),
                    "read-only", superAdmin.readOnly()));
            for (String role : List.of("visitor", "member", "admin")) {
                HubUser user = hub.newUser();
                superAdmin.admit(org, user, role).expect(200);
                actors.put(role, user.http());
            }
            return new Cast(superAdmin, owner, hub.newUser(), org, actors);
        }

        TestRepo repo(String actor, boolean isPrivate) {
            return actor.equals("owner")
                    ? owner.newRepo("model", isPrivate)
                    : superAdmin.newRepo("model", org, isPrivate);
        }
    }

    /** One repository of each kind for all cells that leave it as usable as it was: by namespace and visibility. */
    private static final Map<String, TestRepo> shared = new TreeMap<>();

    @BeforeAll
    static void gather() {
        cast = Cast.gather();
        for (String actor : List.of("owner", "member")) {
            for (String visibility : List.of("public", "private")) {
                TestRepo repo = cast.repo(actor, visibility.equals("private"));
                repo.commitFile(TEXT, Bytes.utf8("text"));
                repo.commitLfs(LFS, CONTENT);
                shared.put(place(actor) + visibility, repo);
            }
        }
    }

    private static String place(String actor) {
        return actor.equals("owner") ? "own " : "organization's ";
    }

    private static Stream<Arguments> cells(String table) {
        List<List<String>> rows = table.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toList())
                .toList();
        List<String> head = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(2, head.size())
                        .filter(i -> !row.get(i).equals("."))
                        .mapToObj(i -> arguments(head.get(i), row.get(0), row.get(1), row.get(i))));
    }

    private static Stream<Arguments> repositories() {
        return cells(REPOSITORIES);
    }

    private static Stream<Arguments> members() {
        return cells(MEMBERS);
    }

    private static Stream<Arguments> creation() {
        return cells(CREATION);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("repositories")
    void a_repository_opens_as_the_table_says(String actor, String doorName, String visibility, String expected) {
        RepoDoor door = RepoDoor.valueOf(doorName);
        boolean allowed = expected.equals("+");
        TestRepo repo = allowed && door.spoils()
                ? cast.repo(actor, visibility.equals("private"))
                : shared.get(place(actor) + visibility);
        door.prepare(repo);
        HubHttp who = cast.actors().get(actor).with("X-Request-Id", "same");
        String before = allowed ? "" : door.state(repo);

        Answer answer = door.open(who, repo);

        switch (expected) {
            case "+" -> assertThat(answer.status()).as("%s", answer).isIn(200, 302);
            case "-" -> answer.expect(403);
            case "?" -> assertAsked(answer, door.isGits());
            case "h" -> assertHidden(answer, door.open(who, missingBeside(repo)), door.isGits() && isNobody(actor));
            default -> throw new AssertionError(expected);
        }
        if (!allowed) {
            assertThat(door.state(repo)).isEqualTo(before);
        }
    }

    private static boolean isNobody(String actor) {
        return actor.equals("anonymous");
    }

    private static void assertAsked(Answer answer, boolean byGit) {
        answer.expect(401);
        assertThat(answer.find("WWW-Authenticate").isPresent()).as("%s", answer).isEqualTo(byGit);
    }

    private static void assertHidden(Answer answer, Answer ofMissing, boolean challenged) {
        answer.expect(challenged ? 401 : 404);
        assertThat(answer.errorCode()).isEqualTo("RepoNotFound");
        assertThat(answer.text()).isEqualTo(ofMissing.text());
        assertThat(answer.status()).isEqualTo(ofMissing.status());
        assertThat(tellingHeaders(answer)).isEqualTo(tellingHeaders(ofMissing));
    }

    private static Map<String, List<String>> tellingHeaders(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers().map());
        headers.remove("Date");
        return headers;
    }

    private static TestRepo missingBeside(TestRepo repo) {
        String namespace = repo.id().substring(0, repo.id().indexOf('/'));
        return new TestRepo(repo.owner(), repo.type(), namespace + '/' + RunningHub.newName("r"));
    }

    @Tag("core")
    @ParameterizedTest(name = "{0} in {2} namespace: {3}")
    @MethodSource("creation")
    void repositories_are_made_as_the_table_says(String actor, String door, String where, String expected) {
        String namespace = where.equals("own") ? cast.owner().name() : cast.org();
        String name = RunningHub.newName("r");
        JsonObjectBuilder wanted = Json.createObjectBuilder().add("name", name).add("organization", namespace);

        Answer answer = cast.actors().get(actor).post("/api/repos/create", wanted.build());

        answer.expect(status(expected));
        hub.anonymous().get("/api/models/" + namespace + '/' + name).expect(expected.equals("+") ? 200 : 404);
    }

    @ParameterizedTest(name = "{0} makes a {2} of a {1}: {3}")
    @MethodSource("members")
    void members_are_managed_as_the_table_says(String actor, String from, String to, String expected) {
        HubUser candidate = cast.candidate();
        String members = "/org/" + cast.org() + "/members";
        cast.superAdmin().http().delete(members + '/' + candidate.name()); // 404: he was not in it
        if (!from.equals("nobody")) {
            cast.superAdmin().admit(cast.org(), candidate, from).expect(200);
        }
        HubHttp who = cast.actors().get(actor);

        Answer answer = switch (to) {
            case "nobody" -> who.delete(members + '/' + candidate.name());
            default ->
                from.equals("nobody")
                        ? who.post(members, membership(candidate, to))
                        : who.put(members + '/' + candidate.name(), membership(candidate, to));
        };

        answer.expect(status(expected));
        assertThat(roleOf(candidate)).isEqualTo(expected.equals("+") ? to : from);
    }

    private static int status(String expected) {
        return switch (expected) {
            case "+" -> 200;
            case "-" -> 403;
            case "?" -> 401;
            default -> throw new AssertionError(expected);
        };
    }

    private static JsonObject membership(HubUser user, String role) {
        return Json.createObjectBuilder()
                .add("username", user.name())
                .add("role", role)
                .build();
    }

    private static String roleOf(HubUser user) {
        Optional<String> role =
                hub
                        .anonymous()
                        .get("/org/" + cast.org() + "/members")
                        .expect(200)
                        .json()
                        .getJsonArray("members")
                        .stream()
                        .map(JsonValue::asJsonObject)
                        .filter(member -> member.getString("user").equals(user.name()))
                        .map(member -> member.getString("role"))
                        .findFirst();
        return role.orElse("nobody");
    }

    @Test
    void the_table_of_this_test_names_every_door() {
        assertThat(cells(REPOSITORIES).map(cell -> cell.get()[1].toString()))
                .contains(Arrays.stream(RepoDoor.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void a_wrong_administrators_token_is_refused_even_where_everybody_may() {
        TestRepo repo = shared.get(place("member") + "public");

        hub.anonymous().with("X-Admin-Token", "wrong").get(repo.api()).expect(403);
    }
}
