"""Pandas over hf:// addresses. Arguments: a user name, and somebody else's token."""

import sys

import fsspec
import pandas
from cases import case, done, new_name, refused
from huggingface_hub import HfApi

me, token = sys.argv[1:3]
api = HfApi()
repo = f"{me}/{new_name()}"
api.create_repo(repo, repo_type="dataset", private=True)
TABLE = pandas.DataFrame({"x": range(1000), "name": [f"row {i}" for i in range(1000)]})


@case
def csv():
    TABLE.to_csv(f"hf://datasets/{repo}/data/rows of 50%.csv", index=False)
    assert pandas.read_csv(f"hf://datasets/{repo}/data/rows of 50%.csv").equals(TABLE)
    assert pandas.read_csv(f"hf://datasets/{repo}/data/rows of 50%.csv", nrows=3).x.tolist() == [0, 1, 2]


@case
def parquet():
    TABLE.to_parquet(f"hf://datasets/{repo}/data/rows.parquet")
    assert pandas.read_parquet(f"hf://datasets/{repo}/data/rows.parquet").equals(TABLE)
    some = pandas.read_parquet(f"hf://datasets/{repo}/data/rows.parquet", columns=["x"], filters=[("x", ">", 997)])
    assert some.x.tolist() == [998, 999]


@case
def json_lines_and_revisions():
    api.create_branch(repo, repo_type="dataset", branch="other")
    TABLE.head(2).to_json(f"hf://datasets/{repo}@other/rows.jsonl", orient="records", lines=True)
    assert len(pandas.read_json(f"hf://datasets/{repo}@other/rows.jsonl", lines=True)) == 2
    refused(FileNotFoundError, pandas.read_json, f"hf://datasets/{repo}/rows.jsonl", lines=True)


@case
def many_files_by_a_pattern():
    for part in range(3):
        TABLE.head(part + 1).to_csv(f"hf://datasets/{repo}/parts/{part}.csv", index=False)
    files = fsspec.open_files(f"hf://datasets/{repo}/parts/*.csv")
    assert [len(pandas.read_csv(file.open())) for file in files] == [1, 2, 3]


@case
def strangers_find_nothing():
    refused(FileNotFoundError, pandas.read_csv, f"hf://datasets/{repo}/data/x.csv", storage_options={"token": token})


done()
