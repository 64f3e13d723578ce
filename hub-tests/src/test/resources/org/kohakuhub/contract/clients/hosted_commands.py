"""The commands of hf that only the hosted service has end with its reason. Argument: a user name."""

import sys
from pathlib import Path

from cases import case, done, new_name
from commands import ALL, hf
from command_list import HOSTED
from huggingface_hub import HfApi

me = sys.argv[1]
api = HfApi()
space, dataset = f"{me}/{new_name()}", f"{me}/{new_name()}"
Path("script.py").write_text("print()")
WORDS = {"SPACE": space, "DATASET": dataset, "SCRIPT": "script.py"}


@case
def the_commands_end_with_a_reason():
    api.create_repo(space, repo_type="space", space_sdk="gradio")
    api.create_repo(dataset, repo_type="dataset")
    tried = sorted(ALL & set(HOSTED))
    for command in tried:
        given = [WORDS.get(word, word) for word in HOSTED[command].split()]
        hf(*command.split(), *given, fails="of the hosted service only")
    print("refused by design:", len(tried), "of", len(ALL), "commands")
    assert len(tried) > 40


@case
def volumes_are_none():
    assert "No results" in hf("spaces", "volumes", "list", space)


done()
