"""What a person does with a repository, by the unmodified client: each step asserts what the next one relies on.

Arguments: the repository's id, its type, and the sizes in bytes of the files to upload by LFS, each as one number.
Prints the id of the last commit.
"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationCopy,
    CommitOperationDelete,
    HfApi,
    hf_hub_download,
    snapshot_download,
)

repo_id, repo_type, *sizes = sys.argv[1:]
where = {"repo_id": repo_id, "repo_type": repo_type}
api = HfApi()
extra = {"space_sdk": "static"} if repo_type == "space" else {}


def digest(path):
    value = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            value.update(block)
    return value.hexdigest()


# create
assert str(api.create_repo(**where, **extra)).endswith(repo_id)
assert str(api.create_repo(**where, **extra, exist_ok=True)).endswith(repo_id)
try:
    api.create_repo(**where, **extra)
    raise AssertionError("created twice")
except Exception as error:
    assert error.response.status_code == 409, error
assert [commit.title for commit in api.list_repo_commits(**where)] == ["initial commit"]

# upload_file: a small text, with a name that wants quoting everywhere, and large ones
odd = "dir with space/ünï+#%25&=.txt"
text = ("hello\n" * 171).encode()[:1024]
first = api.upload_file(path_or_fileobj=text, path_in_repo=odd, **where)
assert len(first.oid) == 40
work = Path(tempfile.mkdtemp())
large = {}
for number, size in enumerate(sizes):
    source = work / f"large{number}.bin"
    with open(source, "wb") as file:
        left = int(size)
        while left:
            left -= file.write(os.urandom(min(left, 1 << 20)))
    large[source.name] = digest(source)
    assert len(api.upload_file(path_or_fileobj=source, path_in_repo=source.name, **where).oid) == 40

# the same again: no commit
before = api.repo_info(**where).sha
again = api.upload_file(path_or_fileobj=work / "large0.bin", path_in_repo="large0.bin", **where)
assert again.oid == before == api.repo_info(**where).sha

# upload_folder
folder = work / "folder"
for number in range(300):
    path = folder / f"part{number % 7}" / f"file{number}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"content of {number}\n")
api.upload_folder(folder_path=folder, path_in_repo="folder", **where)

# tree, paths, commits, info
files = {entry.path: entry for entry in api.list_repo_tree(**where, recursive=True) if hasattr(entry, "blob_id")}
assert sum(path.startswith("folder/") for path in files) == 300
assert files[odd].size == len(text)
for name, sha256 in large.items():
    assert files[name].lfs.sha256 == sha256 and files[name].size == (work / name).stat().st_size
found = {entry.path for entry in api.get_paths_info(paths=[odd, "folder", "missing"], **where)}
assert found == {odd, "folder"}
info = api.repo_info(**where, files_metadata=True)
assert {sibling.rfilename for sibling in info.siblings} == set(files)
assert all(sibling.size is not None and sibling.blob_id for sibling in info.siblings)
expanded = {entry.path: entry for entry in api.list_repo_tree(**where, expand=True)}
assert expanded[".gitattributes"].last_commit.title == "initial commit"
assert expanded["folder"].last_commit.oid == info.sha

# branches and tags
api.create_branch(branch="feature/x", **where)
api.create_branch(branch="feature/x", **where, exist_ok=True)
api.create_tag(tag="v1.0", tag_message="first", **where)
refs = api.list_repo_refs(**where)
assert {branch.name for branch in refs.branches} == {"main", "feature/x"}
assert [(tag.name, tag.target_commit) for tag in refs.tags] == [("v1.0", info.sha)]

# every kind of operation in one commit
kinds = api.create_commit(
    operations=[
        CommitOperationAdd("new.txt", b"new"),
        CommitOperationAdd("empty.bin", b""),
        CommitOperationAdd("small.safetensors", b"small but an LFS file by its name"),
        CommitOperationDelete("folder/part0/file0.txt"),
        CommitOperationDelete("folder/part1/"),
        CommitOperationCopy("large0.bin", "copy of large0.bin"),
        CommitOperationCopy(odd, "copy.txt"),
    ],
    commit_message="All kinds",
    commit_description="at once",
    parent_commit=info.sha,
    **where,
)
after = {entry.path: entry for entry in api.list_repo_tree(**where, recursive=True) if hasattr(entry, "blob_id")}
assert after["small.safetensors"].lfs is not None and after["empty.bin"].lfs is None
assert after["copy of large0.bin"].lfs.sha256 == large["large0.bin"]
assert "folder/part0/file0.txt" not in after and not any(path.startswith("folder/part1/") for path in after)
try:
    api.create_commit(operations=[CommitOperationAdd("x", b"x")], commit_message="late", parent_commit=info.sha, **where)
    raise AssertionError("a stale parent was taken")
except Exception as error:
    assert error.response.status_code == 412, error
newest = api.list_repo_commits(**where)[0]
assert (newest.title, newest.commit_id) == ("All kinds", kinds.oid)
api.upload_file(path_or_fileobj=b"on a branch", path_in_repo="b.txt", revision="feature/x", **where)
assert not api.file_exists(repo_id, "b.txt", repo_type=repo_type)
assert api.file_exists(repo_id, "b.txt", repo_type=repo_type, revision="feature/x")

# downloads into a fresh cache, then again with nothing downloaded
for name, sha256 in large.items():
    assert digest(hf_hub_download(filename=name, **where)) == sha256
assert Path(hf_hub_download(filename=odd, revision="v1.0", **where)).read_bytes() == text
snapshot = Path(snapshot_download(**where))
assert {str(path.relative_to(snapshot)) for path in snapshot.rglob("*") if path.is_file()} == set(after)
assert digest(snapshot / "copy of large0.bin") == large["large0.bin"]
assert (snapshot / "empty.bin").read_bytes() == b""
stored = {path: path.stat().st_mtime_ns for path in snapshot.rglob("*") if path.is_file()}
assert Path(snapshot_download(**where)) == snapshot
assert {path: path.stat().st_mtime_ns for path in snapshot.rglob("*") if path.is_file()} == stored

api.delete_branch(branch="feature/x", **where)
api.delete_tag(tag="v1.0", **where)
print(kinds.oid)
