package org.kohakuhub.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohakuhub.it.HubUser;
import org.kohakuhub.it.Receiver;
import org.kohakuhub.it.Receiver.Call;
import org.kohakuhub.it.RunningHub;

/** The client causes every kind of event, and reads with its own model of payloads what a receiver got. */
class WebhookPayloadsIT {
    private static final RunningHub hub = RunningHub.shared();

    /** What the client does, in its order; payloads may arrive in another. */
    private static final List<String> MODEL = List.of(
            "create repo",
            "update repo.content", // .gitattributes
            "update repo.content", // a file
            "update repo.content", // a branch
            "update repo.content", // the branch is gone
            "update repo.content", // a tag
            "create discussion",
            "create discussion.comment",
            "update discussion.comment", // edited
            "update discussion.comment", // hidden
            "update discussion", // another title
            "update discussion", // closed
            "update repo.content", // the ref of a pull request
            "create discussion", // the pull request
            "update repo.content", // a commit of it
            "update discussion", // opened
            "update repo.content", // merged
            "update discussion", // and over
            "update repo.config",
            "move repo",
            "delete repo");

    private static final List<String> OTHER =
            List.of("create repo", "update repo.content", "update repo.content", "create discussion", "delete repo");

    private static final String READER = """
            import os, sys
            from huggingface_hub import WebhookPayload
            file, me, org = sys.argv[1:]
            hub = os.environ["HF_ENDPOINT"]
            with open(file, encoding="utf-8") as lines:
                payloads = [WebhookPayload.model_validate_json(line) for line in lines]

            def some(action, scope, count, wanted=lambda p: True):
                event = (action, scope)
                found = [p for p in payloads if (p.event.action, p.event.scope) == event and wanted(p)]
                assert len(found) == count, (action, scope, found)
                return found

            def only(action, scope, wanted=lambda p: True):
                return some(action, scope, 1, wanted)[0]

            def moves(ref, old, new):
                refs = [ref for p in payloads for ref in p.updatedRefs or () if p.repo.type == "model"]
                return len([r for r in refs if (r.ref, bool(r.oldSha), bool(r.newSha)) == (ref, old, new)])

            owners = {p.repo.type: p.repo.owner.id for p in payloads}
            assert owners["dataset"] == owners["space"] != owners["model"]
            for p in payloads:
                segment = {"model": "", "dataset": "datasets/", "space": "spaces/"}[p.repo.type]
                name = p.repo.name
                assert name.startswith(f"{me if p.repo.type == 'model' else org}/{p.repo.type}"), name
                assert p.repo.id and p.repo.owner.id == owners[p.repo.type] and p.webhook.version == 3
                assert p.repo.url.web == f"{hub}/{segment}{name}", p.repo.url
                assert p.repo.url.api == f"{hub}/api/{p.repo.type}s/{name}", p.repo.url
                for said in (p.discussion, p.comment):
                    assert not said or said.author.id == owners["model"] and said.url.web.startswith(p.repo.url.web)
                assert bool(p.discussion) == p.event.scope.startswith("discussion"), p
            assert len({p.webhook.id for p in payloads}) == 3

            move = only("move", "repo")
            assert move.movedTo.name == move.repo.name + "-moved" and move.movedTo.owner.id == owners["model"]
            config = only("update", "repo.config").repo
            assert config.private and config.head_sha and "seen" in config.tags, config
            assert moves("refs/heads/side", False, True) == moves("refs/heads/side", True, False) == 1
            assert moves("refs/tags/v1", False, True) == 1
            assert moves("refs/pr/2", False, True) == moves("refs/pr/2", True, True) == 1
            assert moves("refs/heads/main", False, True) == 1 and moves("refs/heads/main", True, True) == 2

            asked = some("create", "discussion", 3, lambda p: p.discussion.num == 1)
            for d in (p.discussion for p in asked):
                assert (d.title, d.status, d.isPullRequest, d.pinned) == ("A question", "open", False, False), d
                assert d.changes is None and d.url.api.endswith("/discussions/1"), d
            d = only("create", "discussion", lambda p: p.discussion.num == 2).discussion
            assert (d.status, d.isPullRequest, d.changes.base) == ("draft", True, "refs/heads/main"), d
            comment = only("create", "discussion.comment").comment
            assert (comment.content, comment.hidden) == ("An answer", False), comment
            comment = only("update", "discussion.comment", lambda p: not p.comment.hidden).comment
            assert comment.content == "Another", comment
            assert only("update", "discussion.comment", lambda p: p.comment.hidden).comment.content is None
            for num, status in ((1, "open"), (1, "closed"), (2, "open")):
                only("update", "discussion", lambda p: (p.discussion.num, p.discussion.status) == (num, status))
            merged = only("update", "discussion", lambda p: p.discussion.status == "merged")
            assert merged.discussion.changes.mergeCommitId == merged.repo.head_sha, merged
            print("read", len(payloads))
            """;

    @TempDir
    Path home;

    @Test
    void their_model_reads_every_kind_of_payload() throws IOException {
        HubUser ann = hub.newUser();
        String org = ann.newOrganization();
        List<String> expected = new ArrayList<>();
        MODEL.forEach(event -> expected.add(event + " model"));
        OTHER.forEach(event -> expected.add(event + " dataset"));
        OTHER.forEach(event -> expected.add(event + " space"));
        try (Receiver receiver = Receiver.polite()) {
            // one payload a second goes to each webhook: there are three
            ann.client("2.0.0", home).run("""
                    import sys
                    from huggingface_hub import HfApi
                    url, me, org = sys.argv[1:]
                    api = HfApi()
                    for domain in ("repo", "discussions"):
                        api.create_webhook(url=url, watched=[{"type": "user", "name": me}], domains=[domain])
                    api.create_webhook(url=url, watched=[{"type": "org", "name": org}])

                    for type, more in (("dataset", {}), ("space", {"space_sdk": "static"})):
                        other = {"repo_id": f"{org}/{type}", "repo_type": type}
                        api.create_repo(**other, **more)
                        api.upload_file(**other, path_in_repo="a.txt", path_or_fileobj=b"a")
                        api.create_discussion(**other, title="A question", description="Well?")
                        api.delete_repo(**other)

                    repo = f"{me}/model"
                    api.create_repo(repo)
                    card = b"---\\ntags: [seen]\\n---\\n"
                    api.upload_file(repo_id=repo, path_in_repo="README.md", path_or_fileobj=card)
                    api.create_branch(repo, branch="side")
                    api.delete_branch(repo, branch="side")
                    api.create_tag(repo, tag="v1")
                    api.create_discussion(repo, title="A question", description="Well?")
                    comment = api.comment_discussion(repo, 1, "An answer")
                    api.edit_discussion_comment(repo, 1, comment.id, "Another")
                    api.hide_discussion_comment(repo, 1, comment.id)
                    api.rename_discussion(repo, 1, "Another question")
                    api.change_discussion_status(repo, 1, "closed")
                    api.create_pull_request(repo, title="A change")
                    api.upload_file(repo_id=repo, path_in_repo="a.txt", path_or_fileobj=b"a", revision="refs/pr/2")
                    api.change_discussion_status(repo, 2, "open")
                    api.merge_pull_request(repo, 2)
                    api.update_repo_settings(repo, private=True)
                    api.move_repo(repo, repo + "-moved")
                    api.delete_repo(repo + "-moved")
                    """, receiver.url("/"), ann.name(), org);
            List<Call> calls = new ArrayList<>();
            while (calls.size() < expected.size()) {
                calls.add(receiver.next(call -> true));
            }
            assertThat(calls)
                    .extracting(call -> call.event()
                            + ' '
                            + call.json().getJsonObject("repo").getString("type"))
                    .containsExactlyInAnyOrderElementsOf(expected);
            String payloads = calls.stream()
                    .map(call -> new String(call.body(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("\n"));
            Files.writeString(home.resolve("payloads"), payloads);
        }
        for (String version : new String[] {"2.0.0", "1.33.0"}) {
            assertThat(ann.client(version, home)
                            .run(READER, home.resolve("payloads").toString(), ann.name(), org))
                    .isEqualTo("read " + expected.size());
        }
    }
}
