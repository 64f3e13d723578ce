package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohakuhub.it.Answer;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Operations;
import org.kohakuhub.it.RunningHub;
import org.kohakuhub.it.TestRepo;

/** Discussions as the client sees them, and who may do what in them. */
class DiscussionsIT {
    private static final RunningHub hub = RunningHub.shared();

    @TempDir
    Path home;

    private final HubUser ann = hub.newUser();
    private final HubUser bob = hub.newUser();
    private final TestRepo repo = ann.newModel();

    private String at(int num, String what) {
        return repo.api() + "/discussions/" + num + what;
    }

    private static JsonObject with(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private Answer open(HubUser who, String title) {
        JsonObject body = Json.createObjectBuilder()
                .add("title", title)
                .add("description", "About it")
                .add("pullRequest", false)
                .build();
        return who.http().post(repo.api() + "/discussions", body);
    }

    @Tag("core")
    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_talks(String version) {
        String printed = bob.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi, DiscussionComment, DiscussionStatusChange, DiscussionTitleChange
                from huggingface_hub.errors import HfHubHTTPError
                api, repo = HfApi(), sys.argv[1]
                d = api.create_discussion(repo, title="  A question ", description="Is **this** <b>it</b>?")
                assert (d.num, d.title, d.status, d.is_pull_request, d.author) == (1, "A question", "open", False, sys.argv[2]), d
                assert d.url.endswith(f"/{repo}/discussions/1"), d.url
                first = d.events[0]
                assert isinstance(first, DiscussionComment) and first.content == "Is **this** <b>it</b>?"
                assert "<strong>this</strong>" in first.rendered and "<b>" not in first.rendered, first.rendered
                c = api.comment_discussion(repo, 1, "More")
                assert c.content == "More" and not c.edited and not c.hidden and c.author == sys.argv[2]
                e = api.edit_discussion_comment(repo, 1, c.id, "Even more")
                assert e.id == c.id and e.content == "Even more" and e.edited and e.number_of_edits == 1
                assert e.edit_history[0]["raw"] == "More" and e.last_edited_by == sys.argv[2]
                t = api.rename_discussion(repo, 1, "Another question")
                assert isinstance(t, DiscussionTitleChange) and (t.old_title, t.new_title) == ("A question", "Another question")
                s = api.change_discussion_status(repo, 1, "closed", comment="Answered")
                assert isinstance(s, DiscussionStatusChange) and s.new_status == "closed"
                h = api.hide_discussion_comment(repo, 1, c.id)
                assert h.hidden and "more" not in h.content and h.edit_history == []
                d = api.get_discussion_details(repo, 1)
                assert [x.type for x in d.events] == ["comment", "comment", "title-change", "comment", "status-change"]
                assert d.status == "closed" and d.title == "Another question" and not d.is_pull_request
                api.create_discussion(repo, title="Another")
                assert [x.num for x in api.get_repo_discussions(repo)] == [2, 1]
                assert [x.num for x in api.get_repo_discussions(repo, discussion_status="closed")] == [1]
                assert [x.num for x in api.get_repo_discussions(repo, discussion_type="pull_request")] == []
                assert [x.num for x in api.get_repo_discussions(repo, author=sys.argv[2])] == [2, 1]
                assert [x.num for x in api.get_repo_discussions(repo, author="nobody-at-all")] == []
                for wrong in (lambda: api.get_discussion_details(repo, 99),
                              lambda: api.create_discussion(repo, title="ab"),
                              lambda: api.change_discussion_status(repo, 1, "closed"),
                              lambda: api.merge_pull_request(repo, 1)):
                    try:
                        wrong()
                        raise SystemExit("should have failed")
                    except HfHubHTTPError as e:
                        print(e.response.status_code)
                """, repo.id(), bob.name());
        assertThat(printed.lines()).containsExactly("404", "400", "400", "403");
    }

    @Test
    void pages_are_counted_and_pinned_ones_come_first() {
        for (int i = 1; i <= 53; i++) {
            open(bob, "Number " + i).expect(200);
        }
        ann.http()
                .post(
                        at(3, "/pin"),
                        Json.createObjectBuilder().add("pinned", true).build())
                .expect(200);
        JsonObject first =
                hub.anonymous().get(repo.api() + "/discussions").expect(200).json();
        assertThat(first.getInt("count")).isEqualTo(53);
        assertThat(first.getInt("start")).isZero();
        assertThat(first.getJsonArray("discussions")).hasSize(50);
        assertThat(first.getJsonArray("discussions").getJsonObject(0).getInt("num"))
                .isEqualTo(3);
        JsonObject second =
                hub.anonymous().get(repo.api() + "/discussions?p=1").expect(200).json();
        assertThat(second.getInt("start")).isEqualTo(50);
        assertThat(second.getJsonArray("discussions")).hasSize(3);
        assertThat(second.getJsonArray("discussions").getJsonObject(2).getInt("num"))
                .isEqualTo(1);
    }

    @Test
    void others_may_speak_but_not_steer() {
        open(bob, "Bob's").expect(200);
        HubUser eve = hub.newUser();
        JsonObject said = eve.http()
                .post(at(1, "/comment"), with("comment", "Eve's"))
                .expect(200)
                .json()
                .getJsonObject("newMessage");
        String comment = at(1, "/comment/" + said.getString("id"));
        eve.http().post(at(1, "/title"), with("title", "Mine now")).expectError(403, "");
        eve.http().post(at(1, "/status"), with("status", "closed")).expectError(403, "");
        eve.http().post(at(1, "/pin"), Json.createObjectBuilder().build()).expectError(403, "");
        bob.http().post(comment + "/edit", with("content", "Bob's")).expectError(403, "");
        bob.http().post(comment + "/hide").expectError(403, "");
        ann.http().post(comment + "/edit", with("content", "Ann's")).expectError(403, "");
        ann.http().post(comment + "/hide").expect(200);
        eve.http().post(comment + "/edit", with("content", "Again")).expectError(400, "");
        ann.http()
                .post(
                        at(1, "/lock"),
                        Json.createObjectBuilder().add("locked", true).build())
                .expect(200);
        bob.http().post(at(1, "/comment"), with("comment", "Locked out")).expectError(403, "");
        ann.http().post(at(1, "/comment"), with("comment", "Not me")).expect(200);
        ann.http().post(at(1, "/title"), with("title", "Renamed by Ann")).expect(200);
        bob.http().post(at(1, "/status"), with("status", "closed")).expect(200);
        bob.readOnly().post(at(1, "/status"), with("status", "open")).expectError(403, "");
        hub.anonymous().post(at(1, "/comment"), with("comment", "Who?")).expectError(401, "");
        JsonObject seen = hub.anonymous().get(at(1, "")).expect(200).json();
        assertThat(seen.toString()).doesNotContain("Eve's");
        assertThat(seen.getJsonArray("events")).hasSize(6);
    }

    private void switchOff(boolean off) {
        JsonObject body =
                Json.createObjectBuilder().add("discussionsDisabled", off).build();
        ann.http().put(repo.api() + "/settings", body).expect(200);
    }

    @Test
    void where_they_are_switched_off_nothing_is_said_and_nothing_lost() {
        repo.commitFile("a.txt", new byte[] {'a'});
        JsonObject draft = Json.createObjectBuilder()
                .add("title", "A change")
                .add("description", "About it")
                .add("pullRequest", true)
                .build();
        bob.http().post(repo.api() + "/discussions", draft).expect(200);
        open(bob, "Before").expect(200);
        switchOff(true);
        open(bob, "After").expectError(403, "");
        open(ann, "After").expectError(403, "");
        bob.http().post(repo.api() + "/discussions", draft).expectError(403, "");
        for (String kind : new String[] {"", "?type=pull_request", "/1?diff=1", "/2"}) {
            hub.anonymous().get(repo.api() + "/discussions" + kind).expectError(403, "");
            ann.http().get(repo.api() + "/discussions" + kind).expectError(403, "");
        }
        bob.http().post(at(2, "/comment"), with("comment", "x")).expectError(403, "");
        bob.http().post(at(2, "/title"), with("title", "Other")).expectError(403, "");
        ann.http().post(at(2, "/status"), with("status", "closed")).expectError(403, "");
        ann.http().post(at(1, "/merge")).expectError(403, "");
        bob.http().get(repo.api() + "/xet-write-token/main?create_pr=1").expectError(403, "");
        repo.upload(new byte[] {'l', 'f', 's'});
        ann.http()
                .send(
                        "POST",
                        repo.api() + "/commit/main?create_pr=1",
                        "application/x-ndjson",
                        Operations.commit("PR").file("b.txt", new byte[] {'b'}).body())
                .expectError(403, "");
        hub.anonymous().get(repo.api() + "/tree/refs%2Fpr%2F1").expect(200);
        JsonObject page = hub.anonymous()
                .get("/api/users/" + bob.name() + "/overview")
                .expect(200)
                .json();
        assertThat(page.getInt("numDiscussions")).isEqualTo(2);
        switchOff(false);
        JsonObject all =
                hub.anonymous().get(repo.api() + "/discussions").expect(200).json();
        assertThat(all.getInt("count")).isEqualTo(2);
        hub.anonymous().get(at(1, "?diff=1")).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.33.0"})
    void the_client_is_told_where_they_are_switched_off(String version) {
        switchOff(true);
        String printed = bob.client(version, home).run("""
                import sys
                from huggingface_hub import HfApi
                from huggingface_hub.errors import HfHubHTTPError
                api, repo = HfApi(), sys.argv[1]
                for wrong in (lambda: list(api.get_repo_discussions(repo)),
                              lambda: api.get_discussion_details(repo, 1),
                              lambda: api.create_discussion(repo, title="A question"),
                              lambda: api.create_pull_request(repo, title="A change")):
                    try:
                        wrong()
                        raise SystemExit("should have failed")
                    except HfHubHTTPError as e:
                        print(e.response.status_code, e.server_message)
                """, repo.id());
        assertThat(printed.lines())
                .hasSize(4)
                .allMatch(line -> line.equals("403 Discussions are disabled for this repo"));
    }

    @Test
    void those_of_a_private_repository_are_hidden_with_it() {
        TestRepo secret = ann.newPrivateModel();
        String path = secret.api() + "/discussions";
        JsonObject body = Json.createObjectBuilder()
                .add("title", "Secret")
                .add("description", "x")
                .add("pullRequest", false)
                .build();
        ann.http().post(path, body).expect(200);
        bob.http().get(path).expectError(404, "RepoNotFound");
        bob.http().get(path + "/1").expectError(404, "RepoNotFound");
        bob.http().post(path, body).expectError(404, "RepoNotFound");
        bob.http().post(path + "/1/comment", with("comment", "x")).expectError(404, "RepoNotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | ?p=-1          |                                                  | 400",
                "GET  | ?type=issue    |                                                  | 400",
                "GET  | ?status=merged |                                                  | 400",
                "GET  | /0             |                                                  | 404",
                "GET  | /x             |                                                  | 404",
                "POST | ''             | {}                                               | 400",
                "POST | ''             | {\"title\":\"ab\",\"description\":\"x\"}         | 400",
                "POST | ''             | {\"title\":\"abc\"}                              | 400",
                "POST | ''             | {\"title\":\"abc\",\"description\":\"  \"}       | 400",
                "POST | ''             | {\"title\":7,\"description\":\"x\"}              | 400",
                "POST | /7/comment     | {\"comment\":\"x\"}                              | 404",
                "POST | /1/comment     | {}                                               | 400",
                "POST | /1/comment     | not json                                         | 400",
                "POST | /1/status      | {\"status\":\"merged\"}                          | 400",
                "POST | /1/status      | {\"status\":\"open\"}                            | 400",
                "POST | /1/title       | {\"title\":\"\"}                                 | 400",
                "POST | /1/merge       | {}                                               | 400",
                "POST | /1/comment/f00/edit | {\"content\":\"x\"}                         | 404",
                "POST | /1/comment/f00/hide |                                             | 404",
            })
    void bad_questions_are_told_so(String method, String path, String body, int status) {
        open(ann, "The one").expect(200);
        byte[] bytes = body == null ? new byte[0] : org.kohakuhub.it.Bytes.utf8(body);
        ann.http()
                .send(method, repo.api() + "/discussions" + path, body == null ? null : "application/json", bytes)
                .expectError(status, "");
    }
}
