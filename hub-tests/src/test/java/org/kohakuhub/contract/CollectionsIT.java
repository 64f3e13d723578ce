package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kohakuhub.contract.CollectionCalls.API;
import static org.kohakuhub.contract.CollectionCalls.add;
import static org.kohakuhub.contract.CollectionCalls.items;
import static org.kohakuhub.contract.CollectionCalls.make;
import static org.kohakuhub.contract.CollectionCalls.named;
import static org.kohakuhub.contract.CollectionCalls.patch;
import static org.kohakuhub.contract.CollectionCalls.titles;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.HfClient;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Collections (hf-api-contract.md, section 12). */
class CollectionsIT {
    private static final RunningHub HUB = RunningHub.shared();

    private final HubUser ann = HUB.newUser();

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "2.0.0"})
    @Tag("core")
    void the_client_makes_changes_lists_and_removes(String version) {
        TestRepo model = ann.newModel();
        TestRepo data = ann.newRepo("dataset", false);
        TestRepo space = ann.newRepo("space", false);
        assertThat(ann.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                api = HfApi()
                me, model, data, space = sys.argv[1:5]
                def refused(status, call, *args, **kwargs):
                    try:
                        call(*args, **kwargs)
                    except HfHubHTTPError as e:
                        assert e.response.status_code == status, e
                        return
                    raise AssertionError("passed")
                made = api.create_collection("My Collection, no. 1!", description="Cool stuff")
                assert (made.title, made.description, made.items, made.private) == (
                    "My Collection, no. 1!", "Cool stuff", [], False), made
                assert made.slug.startswith(f"{me}/my-collection-no-1-") and len(made.slug.rsplit("-", 1)[1]) == 24
                assert made.owner["name"] == me and made.upvotes == 0 and made.theme and made.position == 0
                assert made.url == f"{api.endpoint}/collections/{made.slug}"
                refused(409, api.create_collection, "My Collection, no. 1!")
                assert api.create_collection("My Collection, no. 1!", exists_ok=True).slug == made.slug
                changed = api.update_collection_metadata(
                    made.slug, title="Another title", description="", private=True, theme="pink")
                assert (changed.title, changed.private, changed.theme) == ("Another title", True, "pink"), changed
                assert changed.description is None and changed.last_updated >= made.last_updated
                assert changed.slug.startswith(f"{me}/another-title-") and changed.slug != made.slug
                assert api.get_collection(made.slug).slug == changed.slug
                api.update_collection_metadata(made.slug, private=False)

                slug = changed.slug
                assert len(api.add_collection_item(slug, model, "model", note="the best").items) == 1
                api.add_collection_item(slug, data, "dataset")
                api.add_collection_item(slug, space, "space")
                api.add_collection_item(slug, "2307.09288", "paper")
                bucket = api.create_bucket("box").bucket_id
                api.add_collection_item(slug, bucket, "bucket")
                nested = api.create_collection("Nested").slug
                got = api.add_collection_item(slug, nested, "collection")
                assert [(i.item_type, i.item_id, i.position) for i in got.items] == [
                    ("model", model, 0), ("dataset", data, 1), ("space", space, 2), ("paper", "2307.09288", 3),
                    ("bucket", bucket, 4), ("collection", nested, 5)], got
                assert got.items[0].note == "the best" and got.items[1].note is None
                refused(409, api.add_collection_item, slug, model, "model")
                assert len(api.add_collection_item(slug, model, "model", exists_ok=True).items) == 6
                refused(404, api.add_collection_item, slug, me + "/missing", "model")
                refused(404, api.add_collection_item, slug, model, "dataset")
                last = got.items[5].item_object_id
                api.update_collection_item(slug, last, position=0)
                api.update_collection_item(slug, got.items[0].item_object_id, note="good", position=2)
                moved = api.get_collection(slug).items
                assert [i.item_id for i in moved] == [nested, data, model, space, "2307.09288", bucket], moved
                assert moved[2].note == "good" and [i.position for i in moved] == list(range(6))
                api.update_collection_item(slug, last, position=99)
                assert api.get_collection(slug).items[-1].item_object_id == last
                api.delete_collection_item(slug, last)
                refused(404, api.delete_collection_item, slug, last)
                api.delete_collection_item(slug, last, missing_ok=True)
                assert len(api.get_collection(slug).items) == 5

                listed = list(api.list_collections(owner=me))
                assert [c.slug for c in listed] == [nested, slug] and [c.position for c in listed] == [0, 1]
                assert len(listed[1].items) == 4
                assert [c.slug for c in api.list_collections(item=f"models/{model}")] == [slug]
                assert [c.slug for c in api.list_collections(owner=[me], item=[f"datasets/{data}"], limit=1)] == [slug]
                assert list(api.list_collections(owner=me, item="models/no/such")) == []
                assert list(api.list_collections(owner="nobody-" + me)) == []
                for sort in ("lastModified", "trending", "upvotes"):
                    assert {c.slug for c in api.list_collections(owner=me, sort=sort)} == {nested, slug}
                assert api.update_collection_metadata(nested, position=1).position == 1
                assert [c.slug for c in api.list_collections(owner=me)] == [slug, nested]
                api.update_collection_metadata(nested, position=0)
                assert [c.slug for c in api.list_collections(owner=me)] == [nested, slug]

                refused(501, api.update_collection_resource_group, slug, None)
                api.delete_collection(slug)
                refused(404, api.get_collection, slug)
                refused(404, api.delete_collection, made.slug)
                api.delete_collection(slug, missing_ok=True)
                print("done")
                """, ann.name(), model.id(), data.id(), space.id()))
                .contains("done");
    }

    @Test
    void the_command_line_knows_collections() {
        TestRepo model = ann.newModel();
        HfClient hf = ann.client("2.0.0", home);
        hf.hf("collections", "create", "By hand", "--description", "typed", "--private");
        String slug = ann.http()
                .get(API + "?owner=" + ann.name())
                .expect(200)
                .list()
                .getJsonObject(0)
                .getString("slug");
        hf.hf("collections", "add-item", slug, model.id(), "model", "--note", "first");
        JsonObject item =
                ann.http().get(API + '/' + slug).json().getJsonArray("items").getJsonObject(0);
        hf.hf("collections", "update-item", slug, item.getString("_id"), "--note", "second");
        assertThat(hf.hf("collections", "info", slug)).contains("second", model.id());
        hf.hf("collections", "update", slug, "--title", "By foot", "--theme", "green");
        assertThat(hf.hf("collections", "ls", "--owner", ann.name(), "--format", "json"))
                .contains("By foot");
        hf.hf("collections", "delete-item", slug, item.getString("_id"));
        assertThat(items(ann.http(), slug)).isEmpty();
        hf.hf("collections", "delete", slug);
        ann.http().get(API + '/' + slug).expect(404);
    }

    @Test
    void a_listed_collection_has_no_position_and_four_items() {
        String slug = make(ann, "Papers");
        for (int i = 1; i <= 5; i++) {
            add(ann.http(), slug, "paper", "2311.0000" + i).expect(200);
        }
        JsonObject listed =
                ann.http().get(API + "?owner=" + ann.name()).expect(200).list().getJsonObject(0);
        assertThat(listed.keySet())
                .contains("slug", "title", "owner", "items", "lastUpdated", "private", "theme", "upvotes")
                .doesNotContain("position", "description");
        assertThat(listed.getJsonArray("items")).hasSize(4);
        assertThat(listed.getJsonObject("owner").getString("avatarUrl")).startsWith(HUB.base() + "/api/users/");
    }

    @Test
    void lists_are_paged_in_every_order() {
        for (int i = 1; i <= 5; i++) {
            make(ann, "List " + i);
        }
        String owner = "?owner=" + ann.name();
        List<String> newestFirst = List.of("List 5", "List 4", "List 3", "List 2", "List 1");
        assertThat(titles(ann.http(), owner + "&limit=2")).isEqualTo(newestFirst);
        assertThat(titles(HUB.anonymous(), owner + "&limit=1&sort=lastModified"))
                .containsExactlyInAnyOrderElementsOf(newestFirst);
        assertThat(titles(ann.http(), owner + "&limit=2&sort=upvotes"))
                .containsExactlyInAnyOrderElementsOf(newestFirst);
        assertThat(titles(ann.http(), owner + "&owner=" + HUB.newUser().name() + "&limit=2"))
                .containsExactlyInAnyOrderElementsOf(newestFirst);
    }

    @Test
    void items_follow_moves_and_go_with_what_they_name() {
        TestRepo repo = ann.newModel();
        String slug = make(ann, "Movers");
        add(ann.http(), slug, "model", repo.id()).expect(200);
        String moved = ann.name() + "/elsewhere";
        JsonObject move = Json.createObjectBuilder()
                .add("fromRepo", repo.id())
                .add("toRepo", moved)
                .add("type", "model")
                .build();
        ann.http().post("/api/repos/move", move).expect(200);
        assertThat(items(ann.http(), slug)).containsExactly(moved);
        add(ann.http(), slug, "model", repo.id()).expect(409);
        assertThat(titles(ann.http(), "?item=models/" + repo.id())).containsExactly("Movers");
        JsonObject gone = Json.createObjectBuilder()
                .add("name", "elsewhere")
                .add("organization", ann.name())
                .add("type", "model")
                .build();
        ann.http().delete("/api/repos/delete", gone).expect(200);
        assertThat(items(ann.http(), slug)).isEmpty();
    }

    @Test
    void votes_are_counted_once_each() {
        HubUser bob = HUB.newUser();
        String slug = make(ann, "Good");
        String path = API + '/' + slug;
        HUB.anonymous().post(path + "/upvote").expect(401);
        bob.http().post(path + "/upvote").expect(200);
        bob.http().post(path + "/upvote").expect(200);
        ann.http().post(path + "/upvote").expect(200);
        JsonObject seen = bob.http().get(path).expect(200).json();
        assertThat(seen.getInt("upvotes")).isEqualTo(2);
        assertThat(seen.getBoolean("isUpvotedByUser")).isTrue();
        assertThat(HUB.anonymous().get(path).json().getBoolean("isUpvotedByUser"))
                .isFalse();
        bob.http().delete(path + "/upvote").expect(200);
        bob.http().delete(path + "/upvote").expect(200);
        assertThat(ann.http().get(path).json().getInt("upvotes")).isEqualTo(1);
    }

    @Test
    void bad_input_is_refused() {
        String slug = make(ann, "Strict");
        String path = API + '/' + slug;
        for (String title : List.of("", "   ", "a\nb", "a\0b", "x".repeat(121))) {
            ann.http().post(API, named(title)).expect(400);
            patch(ann.http(), path, Json.createObjectBuilder().add("title", title))
                    .expect(400);
        }
        ann.http().post(API, named("STRICT")).expect(409);
        make(ann, "日本語 🤗");
        ann.http().post(API, Json.createObjectBuilder().add("title", 1).build()).expect(400);
        ann.http()
                .post(
                        API,
                        Json.createObjectBuilder()
                                .add("title", "x")
                                .add("namespace", "no-such-namespace")
                                .build())
                .expect(404);
        List<JsonObjectBuilder> changes = List.of(
                Json.createObjectBuilder().add("description", "x".repeat(151)),
                Json.createObjectBuilder().add("description", "a\0b"),
                Json.createObjectBuilder().add("theme", "black"),
                Json.createObjectBuilder().add("position", -1),
                Json.createObjectBuilder().add("position", "first"),
                Json.createObjectBuilder().add("private", "yes"));
        changes.forEach(change -> patch(ann.http(), path, change).expect(400));
        patch(ann.http(), path, Json.createObjectBuilder().add("position", Long.MAX_VALUE))
                .expect(200);
        make(ann, "Taken");
        patch(ann.http(), path, Json.createObjectBuilder().add("title", "taken"))
                .expect(409);
        for (String id : List.of("", "x", "a/b/c", "../x", "a\0/b", "x".repeat(700))) {
            assertThat(add(ann.http(), slug, "model", id).status()).as(id).isBetween(400, 404);
            assertThat(add(ann.http(), slug, "collection", id).status()).isBetween(400, 404);
            assertThat(add(ann.http(), slug, "paper", id).status()).isEqualTo(400);
        }
        add(ann.http(), slug, "person", ann.name()).expect(400);
        add(ann.http(), slug, "collection", slug).expect(400);
        ann.http().post(path + "/items", named("no item")).expect(400);
        add(ann.http(), slug, "paper", "2311.00001").expect(200);
        String item = ann.http()
                .get(path)
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("_id");
        patch(ann.http(), path + "/items/" + item, Json.createObjectBuilder().add("note", "x".repeat(501)))
                .expect(400);
        patch(ann.http(), path + "/items/" + item, Json.createObjectBuilder().add("position", -1))
                .expect(400);
        patch(ann.http(), path + "/items/nothing", Json.createObjectBuilder().add("note", "x"))
                .expect(404);
        for (String query : List.of(
                "limit=0", "limit=x", "sort=size", "cursor=x", "cursor=1.2", "item=models", "item=people/a/b")) {
            ann.http().get(API + '?' + query).expect(400);
        }
        ann.http().get(API + "?owner=%00&item=models/%00/b").expect(400);
        ann.http().get(API + "/" + ann.name() + "/nothing").expect(404);
        ann.http().get(API + "/x/" + "0".repeat(24)).expect(404);
        ann.http().get(API + "/anybody/" + slug.substring(slug.length() - 24)).expect(200);
    }
}
