"""The calls of HfApi about whole repositories. Arguments: a user name, and somebody else's token."""

import sys

from cases import case, done, new_name, refused
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    BadRequestError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

me, token = sys.argv[1:3]
api, stranger = HfApi(), HfApi(token=token)
TYPES = ("model", "dataset", "space")
ALL_TYPES = TYPES + ("kernel",)


def made(repo_type="model", **kwargs):
    name = f"{me}/{new_name()}"
    extra = {"space_sdk": "static"} if repo_type == "space" else {}
    assert api.create_repo(name, repo_type=repo_type, **extra, **kwargs).repo_id == name
    return name


@case
def whoami():
    who = api.whoami()
    assert who["name"] == me and who["type"] == "user" and who["orgs"] == []
    assert who["auth"]["accessToken"]["role"] == "write"
    refused(401, HfApi(token="hf_nobody").whoami)


@case
def get_full_repo_name():
    assert api.get_full_repo_name("x") == f"{me}/x"
    assert api.get_full_repo_name("x", organization="acme") == "acme/x"


@case
def run_as_future():
    futures = [api.run_as_future(api.whoami), api.run_as_future(api.repo_exists, f"{me}/none")]
    assert futures[0].result()["name"] == me and futures[1].result() is False


@case
def create_repo():
    for repo_type in ALL_TYPES:
        name = made(repo_type, private=True)
        info = api.repo_info(name, repo_type=repo_type)
        assert info.private and info.id == name and info.author == me
        extra = {"space_sdk": "static"} if repo_type == "space" else {}
        refused(409, api.create_repo, name, repo_type=repo_type, **extra)
        assert api.create_repo(name, repo_type=repo_type, exist_ok=True, **extra).repo_id == name
    refused(403, stranger.create_repo, f"{me}/{new_name()}")
    refused(401, HfApi(token="hf_nobody").create_repo, new_name())


@case
def delete_repo():
    for repo_type in ALL_TYPES:
        name = made(repo_type)
        refused(403, stranger.delete_repo, name, repo_type=repo_type)
        api.delete_repo(name, repo_type=repo_type)
        refused(RepositoryNotFoundError, api.delete_repo, name, repo_type=repo_type)
        api.delete_repo(name, repo_type=repo_type, missing_ok=True)


@case
def model_info_dataset_info_space_info():
    for repo_type, info in zip(TYPES, (api.model_info, api.dataset_info, api.space_info)):
        name = made(repo_type)
        assert info(name).id == name and info(name, revision="main").sha == info(name).sha
        assert {file.rfilename for file in info(name, files_metadata=True).siblings} >= {".gitattributes"}
        refused(RevisionNotFoundError, info, name, revision="none")
        refused(RepositoryNotFoundError, info, f"{me}/{new_name()}")


@case
def kernel_info():
    name = made("kernel", private=True)
    for info in (api.kernel_info(name), api.kernel_info(name, revision="main"), api.repo_info(name, repo_type="kernel")):
        assert type(info).__name__ == "KernelInfo" and info.id == name and info.author == me
        assert info.private is True and info.gated is False and (info.likes, info.downloads) == (0, 0)
        assert info.sha == api.list_repo_refs(name, repo_type="kernel").branches[0].target_commit
        assert info.last_modified is not None
    refused(RevisionNotFoundError, api.kernel_info, name, revision="none")
    refused(RepositoryNotFoundError, api.kernel_info, f"{me}/{new_name()}")
    refused(RepositoryNotFoundError, stranger.kernel_info, name)
    assert not api.repo_exists(name) and api.repo_exists(name, repo_type="kernel")


@case
def repo_exists_and_revision_exists():
    name = made()
    assert api.repo_exists(name) and not api.repo_exists(name, repo_type="dataset")
    assert not api.repo_exists(f"{me}/{new_name()}")
    assert api.revision_exists(name, "main") and not api.revision_exists(name, "none")
    assert api.revision_exists(name, api.repo_info(name).sha)
    assert not api.revision_exists(f"{me}/{new_name()}", "main")
    hidden = made(private=True)
    assert not stranger.repo_exists(hidden) and not stranger.revision_exists(hidden, "main")


@case
def resolve_revision():
    name = made()
    sha = api.repo_info(name).sha
    api.create_tag(name, tag="v1")
    for revision in (None, "main", "v1", sha, sha[:8]):
        assert api.resolve_revision(name, revision=revision).resolved == sha, revision
    refused(RevisionNotFoundError, api.resolve_revision, name, revision="none")
    refused(RepositoryNotFoundError, api.resolve_revision, f"{me}/{new_name()}")


@case
def list_user_repos():
    names = {made(), made("dataset", private=True), made("space")}
    mine = {repo.id: repo for repo in api.list_user_repos()}
    assert names <= set(mine), mine
    refused((401, 403, 404), HfApi(token="hf_nobody").list_user_repos)


@case
def update_repo_settings():
    for repo_type in TYPES:
        name = made(repo_type)
        api.update_repo_settings(name, repo_type=repo_type, private=True)
        assert api.repo_info(name, repo_type=repo_type).private
        refused(RepositoryNotFoundError, stranger.update_repo_settings, name, repo_type=repo_type, private=False)
        api.update_repo_settings(name, repo_type=repo_type, visibility="public")
        assert not stranger.repo_info(name, repo_type=repo_type).private
        refused(403, stranger.update_repo_settings, name, repo_type=repo_type, private=True)
    refused(RepositoryNotFoundError, api.update_repo_settings, f"{me}/{new_name()}", private=True)


@case
def gated_repositories():
    name = made()
    api.upload_file(repo_id=name, path_in_repo="config.json", path_or_fileobj=b"{}")
    api.update_repo_settings(name, gated="manual")
    assert stranger.model_info(name).gated == "manual"
    refused(GatedRepoError, stranger.auth_check, name)
    refused(GatedRepoError, stranger.hf_hub_download, name, "config.json")
    api.update_repo_settings(name, gated=False)
    stranger.auth_check(name)


@case
def auth_check():
    name, hidden = made(), made(private=True)
    api.auth_check(hidden, write=True)
    stranger.auth_check(name)
    refused(403, stranger.auth_check, name, write=True)
    refused(RepositoryNotFoundError, stranger.auth_check, hidden)


@case
def move_repo():
    name, to = made(), f"{me}/{new_name()}"
    sha = api.repo_info(name).sha
    api.move_repo(name, to)
    assert api.repo_info(to).sha == sha and api.repo_info(name).id == to
    refused((403, 404), stranger.move_repo, to, f"{me}/{new_name()}")
    refused(RepositoryNotFoundError, api.move_repo, f"{me}/{new_name()}", f"{me}/{new_name()}")
    refused(HfHubHTTPError, api.move_repo, to, made())


@case
def create_branch_and_delete_branch():
    name = made()
    api.create_branch(name, branch="feature/ä+%")
    refused(409, api.create_branch, name, branch="feature/ä+%")
    api.create_branch(name, branch="feature/ä+%", exist_ok=True)
    assert {branch.name for branch in api.list_repo_refs(name).branches} == {"main", "feature/ä+%"}
    refused(RevisionNotFoundError, api.create_branch, name, branch="x", revision="none")
    refused(BadRequestError, api.create_branch, name, branch="a..b")
    refused(403, stranger.create_branch, name, branch="x")
    refused(403, stranger.delete_branch, name, branch="feature/ä+%")
    api.delete_branch(name, branch="feature/ä+%")
    refused((404, 400), api.delete_branch, name, branch="feature/ä+%")
    refused(RepositoryNotFoundError, api.create_branch, f"{me}/{new_name()}", branch="x")


@case
def create_tag_and_delete_tag():
    name = made("dataset")
    api.create_tag(name, tag="v1.0", tag_message="first", repo_type="dataset")
    refused(409, api.create_tag, name, tag="v1.0", repo_type="dataset")
    api.create_tag(name, tag="v1.0", repo_type="dataset", exist_ok=True)
    refs = api.list_repo_refs(name, repo_type="dataset")
    assert [(tag.name, tag.target_commit) for tag in refs.tags] == [("v1.0", refs.branches[0].target_commit)]
    refused(RevisionNotFoundError, api.create_tag, name, tag="v2", revision="none", repo_type="dataset")
    refused(403, stranger.delete_tag, name, tag="v1.0", repo_type="dataset")
    api.delete_tag(name, tag="v1.0", repo_type="dataset")
    refused(RevisionNotFoundError, api.delete_tag, name, tag="v1.0", repo_type="dataset")


@case
def list_repo_refs_and_list_repo_commits():
    name = made()
    for number in range(3):
        api.upload_file(repo_id=name, path_in_repo="x", path_or_fileobj=f"{number}".encode(), commit_message=f"{number}")
    commits = api.list_repo_commits(name)
    assert [commit.title for commit in commits] == ["2", "1", "0", "initial commit"]
    assert commits[0].commit_id == api.list_repo_refs(name).branches[0].target_commit
    assert commits[0].authors == [me]
    assert len(api.list_repo_commits(name, revision=commits[1].commit_id)) == 3
    refused(RevisionNotFoundError, api.list_repo_commits, name, revision="none")
    refused(RepositoryNotFoundError, api.list_repo_refs, f"{me}/{new_name()}")


@case
def super_squash_history():
    name = made()
    for number in range(3):
        api.upload_file(repo_id=name, path_in_repo="x", path_or_fileobj=f"{number}".encode())
    files = api.list_repo_files(name)
    refused(403, stranger.super_squash_history, name)
    api.super_squash_history(name, commit_message="All in one")
    assert [commit.title for commit in api.list_repo_commits(name)] == ["All in one"]
    assert api.list_repo_files(name) == files
    refused(RevisionNotFoundError, api.super_squash_history, name, branch="none")
    refused(RevisionNotFoundError, api.super_squash_history, name, branch=api.repo_info(name).sha)


@case
def list_models_list_datasets_list_spaces():
    for repo_type, listed in zip(TYPES, (api.list_models, api.list_datasets, api.list_spaces)):
        names = {made(repo_type), made(repo_type, private=True)}
        assert names <= {repo.id for repo in listed(author=me)}
        assert len(list(listed(author=me, limit=1))) == 1
        assert list(listed(author=new_name("nobody"))) == []


@case
def get_model_tags_and_get_dataset_tags():
    name = made()
    api.upload_file(repo_id=name, path_in_repo="README.md", path_or_fileobj=b"---\nlicense: mit\n---\n")
    assert "license:mit" in [tag["id"] for tag in api.get_model_tags()["license"]]
    assert isinstance(api.get_dataset_tags(), dict)


done()
