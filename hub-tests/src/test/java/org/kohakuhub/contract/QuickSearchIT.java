package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;

/** What a search box gets while somebody types. */
class QuickSearchIT {
    private static final RunningHub hub = RunningHub.shared();

    private final HubUser ann = hub.newUser();

    private String create(String name, String type, boolean isPrivate) {
        ann.http()
                .post(
                        "/api/repos/create",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("type", type)
                                .add("private", isPrivate)
                                .build())
                .expect(200);
        return ann.name() + '/' + name;
    }

    private static JsonObject find(HubHttp who, String query) {
        return who.get("/api/quicksearch?" + query).expect(200).json();
    }

    private static List<String> texts(JsonObject found, String list, String field) {
        return found.getJsonArray(list).stream()
                .map(item -> item.asJsonObject().getString(field))
                .toList();
    }

    @Test
    void the_best_comes_first_in_each_kind() {
        String word = RunningHub.newName("Qs");
        String inside = create("my-" + word, "model", false);
        String longer = create(word + "-large", "model", false);
        String exact = create(word, "model", false);
        String data = create(word + "-data", "dataset", false);
        String hidden = create(word + "-hidden", "model", true);
        String query = "q=" + word.toUpperCase(Locale.ROOT);

        JsonObject found = find(hub.newUser().http(), query);
        assertThat(texts(found, "models", "id")).containsExactly(exact, longer, inside);
        assertThat(found.getInt("modelsCount")).isEqualTo(3);
        assertThat(texts(found, "datasets", "id")).containsExactly(data);
        assertThat(found.getJsonArray("spaces")).isEmpty();
        assertThat(found.getString("q")).isEqualTo(word.toUpperCase(Locale.ROOT));

        assertThat(texts(find(ann.http(), query), "models", "id")).hasSize(4).contains(hidden);
        JsonObject one = find(hub.anonymous(), query + "&type=model&limit=1");
        assertThat(texts(one, "models", "id")).containsExactly(exact);
        assertThat(one.getInt("modelsCount")).isEqualTo(3);
        assertThat(one.containsKey("datasets")).isFalse();
        assertThat(texts(find(hub.anonymous(), "q=" + ann.name() + "%2F" + word + "-l"), "models", "id"))
                .containsExactly(longer);
    }

    @Test
    void people_are_found_by_name() {
        String org = ann.newOrganization();

        JsonObject found = find(hub.anonymous(), "q=" + ann.name() + "&type=user&type=org");
        assertThat(texts(found, "users", "user")).containsExactly(ann.name());
        assertThat(texts(found, "users", "avatarUrl")).allMatch(url -> url.endsWith(ann.name() + "/avatar"));
        assertThat(texts(find(hub.anonymous(), "q=" + org + "&type=org,user"), "orgs", "name"))
                .containsExactly(org);
        assertThat(found.containsKey("models")).isFalse();
    }

    @Test
    void any_text_may_be_typed() {
        for (String text : List.of("", "a", "%25", "_", "%22", "'%20or%201=1", "%F0%9F%A4%97", "a%20OR%20b", "*")) {
            find(hub.anonymous(), "q=" + text + "&limit=2");
        }
        assertThat(find(hub.anonymous(), "q=zz-nobody-has-this").getInt("modelsCount"))
                .isZero();
        assertThat(find(hub.anonymous(), "q=x&type=paper").containsKey("models"))
                .isFalse();
        hub.anonymous().get("/api/quicksearch?q=" + "x".repeat(201)).expect(400);
        hub.anonymous().get("/api/quicksearch?q=a%00b").expect(400);
        hub.anonymous().get("/api/quicksearch?q=x&type=gadget").expect(400);
        hub.anonymous().get("/api/quicksearch?q=x&limit=-1").expect(400);
    }
}
