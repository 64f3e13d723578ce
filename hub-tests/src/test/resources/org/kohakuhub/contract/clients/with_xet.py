"""Calls that need hf_xet. Argument: a user name."""

import os
import sys
from pathlib import Path

from cases import case, done, new_name, refused
from huggingface_hub import CommitOperationCopy, HfApi
from huggingface_hub.errors import RepositoryNotFoundError

me, token = sys.argv[1:3]
api, stranger = HfApi(), HfApi(token=token)
BIG = os.urandom(150_000)


def made(**kwargs):
    name = f"{me}/{new_name()}"
    api.create_repo(name, **kwargs)
    return name


@case
def copies_from_another_repository():
    source, name = made(private=True), made(repo_type="dataset")
    api.upload_file(repo_id=source, path_in_repo="weights.bin", path_or_fileobj=BIG)
    api.upload_file(repo_id=source, path_in_repo="50% ü.txt", path_or_fileobj=b"small")
    copies = [
        CommitOperationCopy(path, "from/" + path, src_repo_id=source, src_repo_type="model")
        for path in ("weights.bin", "50% ü.txt")
    ]
    api.create_commit(name, copies, commit_message="Copy", repo_type="dataset")
    assert Path(api.hf_hub_download(name, "from/weights.bin", repo_type="dataset")).read_bytes() == BIG
    assert Path(api.hf_hub_download(name, "from/50% ü.txt", repo_type="dataset")).read_bytes() == b"small"
    api.copy_files(f"hf://{source}/weights.bin", f"hf://datasets/{name}/again.bin")
    assert api.get_paths_info(name, "again.bin", repo_type="dataset")[0].size == len(BIG)
    mine = stranger.create_repo(new_name()).repo_id
    refused(RepositoryNotFoundError, stranger.create_commit, mine, copies, commit_message="Steal")


@case
def sync_job_volume():
    Path("volume").mkdir()
    Path("volume/a.txt").write_text("a")
    volume = api.sync_job_volume("volume", "/data")
    files = [file.path for file in api.list_bucket_tree(volume.source, volume.path, recursive=True)]
    assert files == [f"{volume.path}/a.txt"], files


done()
