"""The calls of HfApi about files and commits. Arguments: a user name, and somebody else's token."""

import os
import sys
from pathlib import Path

from cases import case, done, new_name, refused
from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    hf_hub_url,
)
from huggingface_hub.errors import (
    LocalEntryNotFoundError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

me, token = sys.argv[1:3]
api, stranger = HfApi(), HfApi(token=token)
ODD = "a dir/50% ü+#?&=.txt"
repo = f"{me}/{new_name()}"
none = f"{me}/{new_name()}"
api.create_repo(repo)
BIG = os.urandom(150_000)
first = api.create_commit(
    repo,
    [
        CommitOperationAdd("config.json", b"{}"),
        CommitOperationAdd(ODD, b"odd"),
        CommitOperationAdd("data/a.csv", b"a"),
        CommitOperationAdd("data/b.csv", b"b"),
        CommitOperationAdd("data/deep/c.txt", b"c"),
        CommitOperationAdd("weights.bin", BIG),
    ],
    commit_message="Begin",
)


@case
def create_commit():
    stale = first.oid
    made = api.create_commit(repo, [CommitOperationAdd("x", b"1")], commit_message="x", parent_commit=stale)
    assert api.list_repo_commits(repo)[0].commit_id == made.oid
    refused(412, api.create_commit, repo, [CommitOperationAdd("x", b"2")], commit_message="x", parent_commit=stale)
    refused(RevisionNotFoundError, api.create_commit, repo, [CommitOperationAdd("x", b"3")], commit_message="x", revision="none")
    refused(RepositoryNotFoundError, api.create_commit, none, [CommitOperationAdd("x", b"3")], commit_message="x")
    refused((400, 404), api.create_commit, repo, [CommitOperationDelete("missing")], commit_message="x")
    refused(403, stranger.create_commit, repo, [CommitOperationAdd("x", b"4")], commit_message="x")


@case
def preupload_lfs_files():
    content = os.urandom(120_000)
    addition = CommitOperationAdd("early.bin", content)
    api.preupload_lfs_files(repo, [addition])
    assert "early.bin" not in api.list_repo_files(repo)
    api.create_commit(repo, [addition], commit_message="Late")
    assert Path(api.hf_hub_download(repo, "early.bin")).read_bytes() == content
    refused(RepositoryNotFoundError, api.preupload_lfs_files, none, [CommitOperationAdd("x.bin", content)])
    refused(403, stranger.preupload_lfs_files, repo, [CommitOperationAdd("x.bin", content)])


@case
def upload_file():
    made = api.upload_file(repo_id=repo, path_in_repo="up/1.txt", path_or_fileobj=b"1", commit_message="Up")
    assert len(made.oid) == 40 and made.commit_url.endswith(made.oid)
    refused(RepositoryNotFoundError, api.upload_file, repo_id=none, path_in_repo="x", path_or_fileobj=b"1")
    refused(403, stranger.upload_file, repo_id=repo, path_in_repo="x", path_or_fileobj=b"1")
    refused(422, api.upload_file, repo_id=repo, path_in_repo="a\x07b", path_or_fileobj=b"1")
    refused(ValueError, api.upload_file, repo_id=repo, path_in_repo="README.md", path_or_fileobj=b"---\na: [\n---\n")


@case
def upload_folder():
    for name in ("keep.txt", "sub/keep too.txt", "drop.log"):
        path = Path("folder") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    api.upload_folder(repo_id=repo, folder_path="folder", path_in_repo="in", allow_patterns="*.txt")
    assert sorted(f for f in api.list_repo_files(repo) if f.startswith("in/")) == ["in/keep.txt", "in/sub/keep too.txt"]
    api.upload_folder(repo_id=repo, folder_path="folder", path_in_repo="in", ignore_patterns="keep.txt", delete_patterns="*.txt")
    assert sorted(f for f in api.list_repo_files(repo) if f.startswith("in/")) == ["in/drop.log", "in/sub/keep too.txt"]
    refused(RepositoryNotFoundError, api.upload_folder, repo_id=none, folder_path="folder")


@case
def upload_large_folder():
    if not hasattr(api, "upload_large_folder"):
        return
    name = f"{me}/{new_name()}"
    Path("large").mkdir()
    for number in range(5):
        Path(f"large/{number}.bin").write_bytes(os.urandom(20_000))
    api.upload_large_folder(repo_id=name, folder_path="large", repo_type="dataset", num_workers=2, print_report=False)
    assert len(api.list_repo_files(name, repo_type="dataset")) == 6


@case
def delete_file():
    api.upload_file(repo_id=repo, path_in_repo="gone.txt", path_or_fileobj=b"1")
    api.delete_file("gone.txt", repo)
    assert not api.file_exists(repo, "gone.txt")
    refused(RemoteEntryNotFoundError, api.delete_file, "gone.txt", repo)
    refused(RepositoryNotFoundError, api.delete_file, "gone.txt", none)


@case
def delete_folder():
    api.upload_file(repo_id=repo, path_in_repo="tmp/deep/1.txt", path_or_fileobj=b"1")
    api.delete_folder("tmp", repo)
    assert not any(path.startswith("tmp/") for path in api.list_repo_files(repo))
    refused(RemoteEntryNotFoundError, api.delete_folder, "tmp", repo)


@case
def delete_files():
    for path in ("del/1.txt", "del/2.md", "del/deep/3.txt"):
        api.upload_file(repo_id=repo, path_in_repo=path, path_or_fileobj=path.encode())
    api.delete_files(repo, ["del/*.txt"])
    assert [path for path in api.list_repo_files(repo) if path.startswith("del/")] == ["del/2.md"]
    refused(403, stranger.delete_files, repo, ["del/"])


@case
def file_exists():
    for path in ("config.json", ODD, "data/deep/c.txt", "weights.bin"):
        assert api.file_exists(repo, path) and api.file_exists(repo, path, revision=first.oid), path
    assert not api.file_exists(repo, "missing") and not api.file_exists(none, "config.json")
    assert not api.file_exists(repo, "config.json", revision="none") and not api.file_exists(repo, "data")


@case
def get_hf_file_metadata():
    meta = api.get_hf_file_metadata(url=hf_hub_url(repo, "weights.bin", revision=first.oid))
    assert meta.commit_hash == first.oid and meta.size == len(BIG) and len(meta.etag) == 64
    meta = api.get_hf_file_metadata(url=hf_hub_url(repo, ODD))
    assert meta.size == 3 and len(meta.etag) == 40
    refused(RemoteEntryNotFoundError, api.get_hf_file_metadata, url=hf_hub_url(repo, "missing"))
    refused(RevisionNotFoundError, api.get_hf_file_metadata, url=hf_hub_url(repo, "config.json", revision="none"))
    refused(RepositoryNotFoundError, api.get_hf_file_metadata, url=hf_hub_url(none, "config.json"))


@case
def list_repo_files():
    assert {".gitattributes", "config.json", ODD, "data/a.csv"} <= set(api.list_repo_files(repo))
    refused(RevisionNotFoundError, api.list_repo_files, repo, revision="none")
    refused(RepositoryNotFoundError, api.list_repo_files, none)


@case
def list_repo_tree():
    level = {entry.path: entry for entry in api.list_repo_tree(repo, "data", revision=first.oid)}
    assert sorted(level) == ["data/a.csv", "data/b.csv", "data/deep"]
    assert level["data/a.csv"].size == 1 and len(level["data/deep"].tree_id) == 40
    assert [e.path for e in api.list_repo_tree(repo, "a dir", revision=first.oid)] == [ODD]
    refused(RemoteEntryNotFoundError, api.list_repo_tree, repo, "missing")
    refused(RevisionNotFoundError, api.list_repo_tree, repo, revision="none")
    refused(RepositoryNotFoundError, api.list_repo_tree, none)


@case
def get_paths_info():
    found = api.get_paths_info(repo, [ODD, "data", "missing"], expand=True, revision=first.oid)
    assert {entry.path for entry in found} == {ODD, "data"}
    assert all(entry.last_commit.oid == first.oid for entry in found)
    refused(RevisionNotFoundError, api.get_paths_info, repo, ["data"], revision="none")
    refused(RepositoryNotFoundError, api.get_paths_info, none, ["data"])


@case
def hf_hub_download():
    assert Path(api.hf_hub_download(repo, ODD)).read_bytes() == b"odd"
    assert Path(api.hf_hub_download(repo, "deep/c.txt", subfolder="data", local_dir="here")).read_bytes() == b"c"
    refused(RemoteEntryNotFoundError, api.hf_hub_download, repo, "missing")
    refused(RevisionNotFoundError, api.hf_hub_download, repo, "config.json", revision="none")
    refused(RepositoryNotFoundError, api.hf_hub_download, none, "config.json")
    refused(LocalEntryNotFoundError, api.hf_hub_download, repo, "data/b.csv", local_files_only=True)


@case
def snapshot_download():
    def files(**kwargs):
        root = Path(api.snapshot_download(repo, revision=first.oid, **kwargs))
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and ".cache" not in p.parts)

    assert files(allow_patterns="data/*", local_dir="d1") == ["data/a.csv", "data/b.csv", "data/deep/c.txt"]
    assert files(allow_patterns=["*.csv", "*.json"], ignore_patterns="*/b.csv", local_dir="d2") == ["config.json", "data/a.csv"]
    assert len(files()) == 7
    assert files(local_files_only=True) == files()
    assert api.snapshot_download(repo, revision=first.oid, allow_patterns="nothing")
    refused(RevisionNotFoundError, api.snapshot_download, repo, revision="none")
    refused(RepositoryNotFoundError, api.snapshot_download, none)


@case
def verify_repo_checksums():
    api.snapshot_download(repo, revision=first.oid)
    checked = api.verify_repo_checksums(repo, revision=first.oid)
    assert checked.checked_count == 7 and not checked.mismatches and not checked.missing_paths, checked
    Path(api.snapshot_download(repo, revision=first.oid, local_dir="check"))
    Path("check/weights.bin").write_bytes(BIG[:-1] + bytes([BIG[-1] ^ 1]))
    Path("check/data/a.csv").unlink()
    checked = api.verify_repo_checksums(repo, revision=first.oid, local_dir="check")
    assert [bad["path"] for bad in checked.mismatches] == ["weights.bin"] and checked.missing_paths == ["data/a.csv"], checked


done()
