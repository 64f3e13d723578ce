"""The commands of hf. Arguments: a user name, and somebody else's token."""

import json
import os
import sys
from pathlib import Path

from cases import case, done, new_name
from commands import ALL, hf, hf_json, knows, ran
from command_list import ELSEWHERE, HOSTED
from huggingface_hub import HfApi
from huggingface_hub.utils import get_stored_tokens

me, token = sys.argv[1:3]
api = HfApi()


def made(repo_type="model"):
    name = f"{me}/{new_name()}"
    extra = ("--space-sdk", "static") if repo_type == "space" else ()
    hf("repos", "create", name, "--repo-type", repo_type, *extra)
    return name


@case
def auth():
    assert me in hf("auth", "whoami")
    hf("auth", "login", "--token", os.environ["HF_TOKEN"])
    assert hf("auth", "list")
    assert os.environ["HF_TOKEN"] in hf("auth", "token")
    assert "huggingface_hub version" in hf("env")


@case
def repos_create_settings_move_list_delete():
    name, to = made("dataset"), f"{me}/{new_name()}"
    hf("repos", "create", name, "--repo-type", "dataset", "--exist-ok")
    hf("repos", "create", name, "--repo-type", "dataset", fails="409")
    hf("repos", "settings", name, "--repo-type", "dataset", "--private")
    assert api.dataset_info(name).private
    hf("repos", "move", name, to, "--repo-type", "dataset")
    assert to in hf("repos", "list")
    hf("repos", "delete", to, "--repo-type", "dataset", *(["--yes"] if knows(["repos", "delete"], "--yes") else []))
    assert not api.repo_exists(to, repo_type="dataset")


@case
def repos_duplicate():
    name, to = made(), f"{me}/{new_name()}"
    api.upload_file(repo_id=name, path_in_repo="x.txt", path_or_fileobj=b"x")
    hf("repos", "duplicate", name, to)
    assert "x.txt" in api.list_repo_files(to)


@case
def repos_branch_and_tag():
    name = made()
    hf("repos", "branch", "create", name, "dev")
    hf("repos", "tag", "create", name, "v1.0", "-m", "first", "--revision", "dev")
    assert "v1.0" in hf("repos", "tag", "list", name)
    refs = api.list_repo_refs(name)
    assert {branch.name for branch in refs.branches} == {"main", "dev"} and refs.tags[0].name == "v1.0"
    hf("repos", "tag", "delete", name, "v1.0", "--yes")
    hf("repos", "branch", "delete", name, "dev")
    refs = api.list_repo_refs(name)
    assert len(refs.branches) == 1 and not refs.tags


@case
def upload_and_download():
    name = f"{me}/{new_name()}"
    Path("up/sub").mkdir(parents=True)
    Path("up/a file.txt").write_text("a")
    Path("up/sub/b.bin").write_bytes(b"\0" * 2000)
    Path("up/c.log").write_text("c")
    hf("upload", name, "up", ".", "--include", "*.txt", "--include", "*.bin", "--commit-message", "Up")
    assert sorted(api.list_repo_files(name)) == [".gitattributes", "a file.txt", "sub/b.bin"]
    hf("upload", name, "up/c.log", "logs/c.log", "--repo-type", "model")
    hf("download", name, "--local-dir", "down", "--exclude", "logs/*")
    assert Path("down/a file.txt").read_text() == "a" and not Path("down/logs").exists()
    assert Path(hf("download", name, "logs/c.log").split("path: ")[-1].strip()).read_text() == "c"
    hf("download", name, "missing.txt", fails="")
    hf("download", f"{me}/{new_name()}", fails="")


@case
def repos_delete_files():
    name = made()
    for path in ("a.txt", "b.md", "sub/c.txt"):
        api.upload_file(repo_id=name, path_in_repo=path, path_or_fileobj=path.encode())
    hf("repos", "delete-files", name, "a.txt", "sub/*")
    assert sorted(api.list_repo_files(name)) == [".gitattributes", "b.md"]


@case
def models_datasets_spaces():
    for group, repo_type in (("models", "model"), ("datasets", "dataset"), ("spaces", "space")):
        name = made(repo_type)
        api.upload_file(repo_id=name, repo_type=repo_type, path_in_repo="x.txt", path_or_fileobj=b"x")
        card = b"---\nlicense: mit\n" + (b"sdk: static\n" if repo_type == "space" else b"") + b"---\n# Card\n"
        api.upload_file(repo_id=name, repo_type=repo_type, path_in_repo="README.md", path_or_fileobj=card)
        assert name in [repo["id"] for repo in hf_json(group, "list", "--author", me, "--limit", "5")]
        assert "x.txt" in hf(group, "list", name)
        assert hf_json(group, "info", name)["id"] == name
        hf(group, "info", f"{me}/{new_name()}", fails="")
        if knows([group], "card"):
            assert "# Card" in hf(group, "card", name)


@case
def cache():
    name = made()
    api.upload_file(repo_id=name, path_in_repo="x.txt", path_or_fileobj=b"x")
    hf("download", name)
    assert name in hf("cache", "list")
    hf("cache", "verify", name)
    blob = next(path for path in Path(os.environ["HF_HOME"], "hub", "models--" + name.replace("/", "--"), "blobs").iterdir() if path.stat().st_size == 1)
    blob.chmod(0o600)
    blob.write_bytes(b"y")
    hf("cache", "verify", name, fails="")
    hf("cache", "rm", f"model/{name}", "--yes")
    hf("cache", "prune", "--yes")
    assert name not in hf("cache", "list")


@case
def discussions():
    name = made()
    hf("discussions", "create", name, "--title", "Talk", "--body", "First words")
    assert "Talk" in hf("discussions", "list", name)
    hf("discussions", "comment", name, "1", "--body", "Second words")
    hf("discussions", "rename", name, "1", "Other")
    events = api.get_discussion_details(name, 1).events
    comment = next(event for event in events if event.type == "comment")
    if knows(["discussions"], "edit"):
        hf("discussions", "edit", name, "1", comment.id, "--body", "Changed words")
        assert "Changed words" in hf("discussions", "info", name, "1", "--format", "json") + str(api.get_discussion_details(name, 1).events)
    hf("discussions", "close", name, "1", "--yes")
    assert api.get_discussion_details(name, 1).status == "closed"
    hf("discussions", "reopen", name, "1", "--yes")
    assert "Other" in hf("discussions", "info", name, "1")
    hf("discussions", "create", name, "--title", "Change", "--pull-request")
    api.upload_file(repo_id=name, path_in_repo="x.txt", path_or_fileobj=b"x", revision="refs/pr/2")
    assert "x.txt" in hf("discussions", "diff", name, "2")
    hf("discussions", "reopen", name, "2", "--yes")
    hf("discussions", "merge", name, "2", "--yes")
    assert api.file_exists(name, "x.txt")


@case
def webhooks():
    name = made()
    made_one = hf_json("webhooks", "create", "--url", "https://example.org/hook", "--watch", f"model:{name}")
    number = made_one["id"]
    assert [hook["id"] for hook in hf_json("webhooks", "list")] == [number]
    assert number in hf("webhooks", "info", number)
    hf("webhooks", "update", number, "--domain", "repo")
    hf("webhooks", "disable", number)
    assert api.get_webhook(number).disabled
    hf("webhooks", "enable", number)
    hook = api.get_webhook(number)
    assert not hook.disabled and hook.domains == ["repo"]
    hf("webhooks", "delete", number, "--yes")
    hf("webhooks", "info", number, fails="404")


@case
def cp_between_here_and_the_hub():
    name = made()
    Path("one.txt").write_text("one")
    hf("cp", "one.txt", f"hf://{name}/sub/one.txt")
    hf("repos", "cp", f"hf://{name}/sub/one.txt", "two.txt")
    assert Path("two.txt").read_text() == "one"


@case
def collections():
    name = made()
    hf("collections", "create", "Best of", "--description", "The best")
    [slug] = [found["slug"] for found in hf_json("collections", "list", "--owner", me)]
    hf("collections", "update", slug, "--title", "Best", "--private")
    hf("collections", "add-item", slug, name, "model", "--note", "Mine")
    hf("collections", "add-item", slug, name, "model", fails="409")
    [item] = api.get_collection(slug).items
    hf("collections", "update-item", slug, item.item_object_id, "--note", "Still mine")
    shown = hf_json("collections", "info", slug)
    assert shown["title"] == "Best" and shown["private"] and "Still mine" in json.dumps(shown)
    hf("collections", "delete-item", slug, item.item_object_id)
    assert api.get_collection(slug).items == []
    hf("collections", "delete", slug)
    hf("collections", "info", slug, fails="404")


@case
def buckets():
    box = f"{me}/{new_name('b')}"
    Path("here/sub").mkdir(parents=True)
    Path("here/a.txt").write_text("a")
    Path("here/sub/b.txt").write_text("bb")
    hf("buckets", "create", box)
    hf("buckets", "settings", box, "--private")
    assert hf_json("buckets", "info", box)["private"]
    hf("sync", "here", f"hf://buckets/{box}/x")
    hf("buckets", "cp", "here/a.txt", f"hf://buckets/{box}/c.txt")
    listed = hf("buckets", "list", box, "--recursive")
    assert "x/sub/b.txt" in listed and "c.txt" in listed
    hf("buckets", "remove", f"{box}/c.txt", "--yes")
    hf("buckets", "sync", f"hf://buckets/{box}/x", "there")
    assert Path("there/sub/b.txt").read_text() == "bb" and not Path("there/c.txt").exists()
    hf("buckets", "move", box, box + "-2")
    hf("buckets", "delete", box + "-2", "--yes")
    hf("buckets", "info", box + "-2", fails="404")


@case
def commands_of_the_older_version():
    name = made()
    Path("large").mkdir()
    Path("large/a.txt").write_text("a")
    if "upload-large-folder" in ALL:
        hf("upload-large-folder", name, "large", "--repo-type", "model", "--no-bars", "--no-report")
        assert api.file_exists(name, "a.txt")
    if "repo-files delete" in ALL:
        hf("repo-files", "delete", name, "a.txt")
        assert not api.file_exists(name, "a.txt")


@case
def what_is_told_without_the_hub():
    hf("auth", "switch", "--token-name", next(iter(get_stored_tokens())))
    hf("auth", "logout", fails="HF_TOKEN")  # the test's own variable stays
    assert "." in hf("version")


@case
def every_command_was_run():
    left = {command for command in ALL - ran - set(HOSTED) if not command.startswith(ELSEWHERE)}
    assert not left, left


done()
