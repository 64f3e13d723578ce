"""HfFileSystem over repositories. Arguments: a user name, and somebody else's token."""

import os
import sys

from cases import case, done, new_name, refused
from huggingface_hub import HfApi, HfFileSystem

me, token = sys.argv[1:3]
api = HfApi()
repo = f"{me}/{new_name()}"
root = f"datasets/{repo}"
api.create_repo(repo, repo_type="dataset")
BIG = os.urandom(300_000)
ODD = "a dir/50% ü+#&=.txt"


def fresh(**kwargs):
    return HfFileSystem(skip_instance_cache=True, **kwargs)


def put(path, content, **kwargs):
    api.upload_file(repo_id=repo, repo_type="dataset", path_in_repo=path, path_or_fileobj=content, **kwargs)


put("data/a.csv", b"x,y\n1,2\n")
put("data/deep/b.csv", b"x,y\n3,4\n")
put("data/deep/big.bin", BIG)
put(ODD, b"odd")
api.create_tag(repo, repo_type="dataset", tag="v1")
api.create_branch(repo, repo_type="dataset", branch="side/branch")
put("data/a.csv", b"changed", revision="side/branch")


@case
def ls():
    fs = fresh()
    assert sorted(fs.ls(root, detail=False)) == sorted(f"{root}/{name}" for name in (".gitattributes", "a dir", "data"))
    found = {entry["name"]: entry for entry in fs.ls(f"{root}/data", detail=True)}
    assert found[f"{root}/data/a.csv"]["size"] == 8 and found[f"{root}/data/a.csv"]["type"] == "file"
    assert found[f"{root}/data/deep"]["type"] == "directory"
    assert fs.ls(f"{root}/a dir", detail=False) == [f"{root}/{ODD}"]
    assert fs.ls(f"{root}/{ODD}", detail=False) == [f"{root}/{ODD}"]
    refused(FileNotFoundError, fs.ls, f"{root}/missing")
    refused(FileNotFoundError, fs.ls, f"datasets/{me}/{new_name()}")


@case
def glob_find_walk():
    fs = fresh()
    assert fs.glob(f"{root}/**/*.csv") == [f"{root}/data/a.csv", f"{root}/data/deep/b.csv"]
    assert fs.glob(f"{root}/data/*.csv") == [f"{root}/data/a.csv"]
    assert fs.glob(f"{root}/nothing/*") == []
    assert len(fs.find(root)) == 5 and len(fs.find(f"{root}/data", maxdepth=1)) == 1
    assert f"{root}/data/deep" in fs.find(root, withdirs=True)
    walked = {path: (sorted(folders), sorted(files)) for path, folders, files in fs.walk(f"{root}/data")}
    assert walked == {f"{root}/data": (["deep"], ["a.csv"]), f"{root}/data/deep": ([], ["b.csv", "big.bin"])}, walked
    usage = fs.du(f"{root}/data")
    assert usage == 16 + len(BIG), usage


@case
def info_exists_isfile_isdir():
    fs = fresh()
    info = fs.info(f"{root}/data/deep/big.bin")
    assert info["size"] == len(BIG) and len(info["lfs"]["sha256"]) == 64 and len(info["blob_id"]) == 40
    assert fs.info(f"{root}/{ODD}", refresh=True, expand_info=True)["last_commit"].oid
    assert fs.info(root)["type"] == "directory"
    assert fs.exists(f"{root}/data") and fs.exists(f"{root}/{ODD}") and not fs.exists(f"{root}/missing")
    assert fs.isdir(f"{root}/data") and fs.isfile(f"{root}/data/a.csv") and not fs.isfile(f"{root}/data")
    assert not fs.exists(f"datasets/{me}/{new_name()}")
    refused(FileNotFoundError, fs.info, f"{root}/missing")
    assert fs.modified(f"{root}/data/a.csv").year >= 2024


@case
def revisions():
    fs = fresh()
    assert fs.cat(f"{root}@v1/data/a.csv") == b"x,y\n1,2\n"
    assert fs.cat(f"{root}@side%2Fbranch/data/a.csv") == b"changed"
    assert fs.cat(f"{root}/data/a.csv", revision="side/branch") == b"changed"
    sha = api.dataset_info(repo, revision="v1").sha
    assert fs.ls(f"{root}@{sha}/data", detail=False)[0] == f"{root}@{sha}/data/a.csv"
    assert fs.exists(f"{root}@v1/{ODD}") and not fs.exists(f"{root}@none/{ODD}")
    refused(FileNotFoundError, fs.open, f"{root}@none/data/a.csv", "rb")


@case
def open_for_reading():
    fs = fresh()
    with fs.open(f"{root}/data/deep/big.bin", "rb", block_size=2**16) as file:
        file.seek(100_000)
        assert file.read(1000) == BIG[100_000:101_000]
        file.seek(-10, 2)
        assert file.read() == BIG[-10:] and file.size == len(BIG)
    with fs.open(f"{root}/{ODD}", "r") as file:
        assert file.read() == "odd"
    with fs.open(f"{root}/data/deep/big.bin", "rb", block_size=0) as file:
        assert file.read(10) == BIG[:10] and file.read() == BIG[10:]
    assert fs.cat_file(f"{root}/data/deep/big.bin", start=5, end=9) == BIG[5:9]
    assert fs.read_block(f"{root}/data/a.csv", 0, 4) == b"x,y\n"
    assert fs.head(f"{root}/data/a.csv", 3) == b"x,y" and fs.tail(f"{root}/data/a.csv", 2) == b"2\n"
    refused(FileNotFoundError, lambda: fs.open(f"{root}/missing", "rb").read())
    fs.get_file(f"{root}/data/deep/big.bin", "big.bin")
    assert open("big.bin", "rb").read() == BIG
    fs.get(f"{root}/data", "got/", recursive=True)
    assert sorted(os.listdir("got/data" if os.path.isdir("got/data") else "got")) == ["a.csv", "deep"]


@case
def open_for_writing():
    fs = fresh()
    new = os.urandom(70_000)
    with fs.open(f"{root}/w/new.bin", "wb") as file:
        file.write(new[:30_000])
        file.write(new[30_000:])
    with fs.open(f"{root}/w/spaces and 100%.txt", "w", commit_message="By the file system") as file:
        file.write("text")
    assert fs.cat(f"{root}/w/new.bin") == new and fs.cat(f"{root}/w/spaces and 100%.txt") == b"text"
    assert api.list_repo_commits(repo, repo_type="dataset")[0].title == "By the file system"
    with open("local.txt", "w") as file:
        file.write("put")
    fs.put_file("local.txt", f"{root}/w/put.txt")
    fs.pipe_file(f"{root}@side%2Fbranch/piped.txt", b"piped")
    assert fs.cat(f"{root}/w/put.txt") == b"put" and fs.cat(f"{root}@side%2Fbranch/piped.txt") == b"piped"
    assert not fs.exists(f"{root}/piped.txt")
    other = fresh(token=token)
    refused(403, lambda: other.pipe_file(f"{root}/w/stranger.txt", b"x"))


@case
def cp_mv_rm():
    fs = fresh()
    fs.cp_file(f"{root}/data/a.csv", f"{root}/copies/a.csv")
    fs.cp_file(f"{root}/data/deep/big.bin", f"{root}/copies/50% big.bin")
    assert fs.cat(f"{root}/copies/a.csv") == b"x,y\n1,2\n" and fs.cat(f"{root}/copies/50% big.bin") == BIG
    fs.mv(f"{root}/copies/a.csv", f"{root}/copies/b.csv")
    assert sorted(fs.ls(f"{root}/copies", detail=False)) == [f"{root}/copies/50% big.bin", f"{root}/copies/b.csv"]
    fs.rm(f"{root}/copies/b.csv")
    refused(404, fs.rm, f"{root}/copies/b.csv")
    fs.rm(f"{root}/copies", recursive=True)
    assert not fs.exists(f"{root}/copies")


@case
def private_repositories():
    hidden = f"{me}/{new_name()}"
    api.create_repo(hidden, private=True)
    api.upload_file(repo_id=hidden, path_in_repo="x.txt", path_or_fileobj=b"x")
    assert fresh().cat(f"{hidden}/x.txt") == b"x"
    other = fresh(token=token)
    assert not other.exists(f"{hidden}/x.txt")
    refused(FileNotFoundError, other.ls, hidden)


done()
