package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kohakuhub.contract.CollectionCalls.API;
import static org.kohakuhub.contract.CollectionCalls.add;
import static org.kohakuhub.contract.CollectionCalls.items;
import static org.kohakuhub.contract.CollectionCalls.make;
import static org.kohakuhub.contract.CollectionCalls.patch;
import static org.kohakuhub.contract.CollectionCalls.titles;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kohakuhub.it.HubHttp;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Who sees a collection and what is in it, and who changes it (hf-api-contract.md, section 12). */
class CollectionRightsIT {
    private static final RunningHub HUB = RunningHub.shared();

    private final HubUser ann = HUB.newUser();

    @Test
    void private_collections_and_private_items_are_hidden() {
        HubUser bob = HUB.newUser();
        TestRepo open = ann.newModel();
        TestRepo secret = ann.newPrivateModel();
        String hidden = make(ann, "Hidden");
        String shown = make(ann, "Shown");
        patch(ann.http(), API + '/' + hidden, Json.createObjectBuilder().add("private", true))
                .expect(200);
        add(ann.http(), shown, "model", secret.id()).expect(200);
        add(ann.http(), shown, "model", open.id()).expect(200);
        add(ann.http(), shown, "collection", hidden).expect(200);
        assertThat(items(ann.http(), shown)).hasSize(3);
        for (HubHttp other : List.of(bob.http(), HUB.anonymous())) {
            assertThat(items(other, shown)).containsExactly(open.id());
            other.get(API + '/' + hidden).expect(404);
            other.delete(API + '/' + hidden).expect(404);
            other.post(API + '/' + hidden + "/upvote").expect(404);
            add(other, hidden, "model", open.id()).expect(404);
            assertThat(titles(other, "?owner=" + ann.name())).containsExactly("Shown");
            assertThat(titles(other, "?item=models/" + secret.id())).isEmpty();
            assertThat(titles(other, "?item=collections/" + hidden)).isEmpty();
        }
        assertThat(HUB.anonymous().get(API + '/' + shown).json().getInt("position"))
                .isZero();
        assertThat(titles(ann.http(), "?item=models/" + secret.id())).containsExactly("Shown");
        add(bob.http(), make(bob, "Mine"), "model", secret.id()).expectError(404, "RepoNotFound");
        ann.http().delete(API + '/' + hidden).expect(200);
        assertThat(items(ann.http(), shown)).containsExactly(secret.id(), open.id());
    }

    @Test
    void strangers_change_nothing() {
        HubUser bob = HUB.newUser();
        String slug = make(ann, "Mine");
        add(ann.http(), slug, "paper", "2311.00001").expect(200);
        String item = ann.http()
                .get(API + '/' + slug)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("_id");
        for (HubHttp other : List.of(bob.http(), ann.readOnly(), HUB.anonymous())) {
            int status = other.get("/api/auth/me").status() == 200 ? 403 : 401;
            patch(other, API + '/' + slug, Json.createObjectBuilder().add("title", "Theirs"))
                    .expect(status);
            other.delete(API + '/' + slug).expect(status);
            add(other, slug, "paper", "2311.00002").expect(status);
            patch(
                            other,
                            API + '/' + slug + "/items/" + item,
                            Json.createObjectBuilder().add("note", "x"))
                    .expect(status);
            other.delete(API + '/' + slug + "/items/" + item).expect(status);
            JsonObject foreign = Json.createObjectBuilder()
                    .add("title", "For you")
                    .add("namespace", ann.name())
                    .build();
            other.post(API, foreign).expect(status);
        }
        String own = make(bob, "Mine"); // another owner's title is no conflict
        bob.http().delete(API + '/' + own + "/items/" + item).expect(404); // nor is it a way to another's items
        assertThat(items(ann.http(), slug)).containsExactly("2311.00001");
    }

    @ParameterizedTest
    @CsvSource({"visitor, 403", "member, 200", "admin, 200"})
    void members_change_what_their_organization_has(String role, int status) {
        String org = ann.newOrganization();
        HubUser bob = HUB.newUser();
        ann.admit(org, bob, role).expect(200);
        JsonObject wish = Json.createObjectBuilder()
                .add("title", "Ours")
                .add("namespace", org)
                .add("private", true)
                .build();
        String slug = ann.http().post(API, wish).expect(200).json().getString("slug");
        bob.http().get(API + '/' + slug).expect(200);
        add(bob.http(), slug, "paper", "2311.00001").expect(status);
        patch(bob.http(), API + '/' + slug, Json.createObjectBuilder().add("title", "Still ours"))
                .expect(status);
        bob.http().delete(API + '/' + slug).expect(status);
    }
}
