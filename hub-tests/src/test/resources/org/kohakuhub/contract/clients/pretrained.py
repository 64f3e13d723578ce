"""Transformers without a tensor library: configurations, tokenizers, cards and sharded weights by name and revision.

Arguments: a user name, and somebody else's token.
"""

import json
import os
import sys

import numpy
from cases import case, done, new_name, refused
from huggingface_hub import HfApi
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import AutoConfig, AutoTokenizer, BertConfig, GenerationConfig, PreTrainedTokenizerFast
from transformers.utils import cached_file, has_file
from transformers.utils.hub import get_checkpoint_shard_files

me, token = sys.argv[1:3]
api = HfApi()
WORDS = ["[UNK]", "[PAD]", "hello", "world"]


def tiny_tokenizer():
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]")


@case
def push_to_hub_and_from_pretrained():
    name = f"{me}/{new_name()}"
    config = BertConfig(vocab_size=4, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
    config.push_to_hub(name)
    tiny_tokenizer().push_to_hub(name)
    GenerationConfig(max_new_tokens=7).push_to_hub(name)
    assert {"config.json", "tokenizer.json", "tokenizer_config.json"} <= set(api.list_repo_files(name))
    loaded = AutoConfig.from_pretrained(name)
    assert type(loaded) is BertConfig and loaded.hidden_size == 8
    assert AutoTokenizer.from_pretrained(name)("hello world moon")["input_ids"] == [2, 3, 0]
    assert GenerationConfig.from_pretrained(name).max_new_tokens == 7


@case
def revisions():
    name = f"{me}/{new_name()}"
    BertConfig(hidden_size=8).push_to_hub(name)
    api.create_tag(name, tag="v1")
    BertConfig(hidden_size=16).push_to_hub(name)
    BertConfig(hidden_size=24).push_to_hub(name, revision="big", private=True)
    for revision, size in (("main", 16), ("v1", 8), ("big", 24), (api.repo_info(name, revision="v1").sha, 8)):
        assert AutoConfig.from_pretrained(name, revision=revision).hidden_size == size, revision
    missing = refused(OSError, AutoConfig.from_pretrained, name, revision="none")
    assert "not a valid git identifier" in str(missing), missing


@case
def folders_and_save_pretrained():
    name = f"{me}/{new_name()}"
    BertConfig(hidden_size=8).save_pretrained("saved/sub", push_to_hub=True, repo_id=name, private=True)
    tiny_tokenizer().save_pretrained("saved/sub")
    api.upload_folder(repo_id=name, folder_path="saved")
    assert api.model_info(name).private
    assert AutoConfig.from_pretrained(name, subfolder="sub").hidden_size == 8
    assert AutoTokenizer.from_pretrained(name, subfolder="sub")("world")["input_ids"] == [3]


@case
def refusals_are_explained():
    name = f"{me}/{new_name()}"
    said = refused(OSError, AutoConfig.from_pretrained, name)
    assert "is not a local folder and is not a valid model identifier" in str(said), said
    api.create_repo(name, private=True)
    BertConfig().push_to_hub(name)
    said = refused(OSError, AutoConfig.from_pretrained, name, token=token, cache_dir=new_name())
    assert "not a valid model identifier" in str(said), said
    api.update_repo_settings(name, private=False, gated="manual")
    said = refused(OSError, AutoConfig.from_pretrained, name, token=token, cache_dir=new_name())
    assert "gated repo" in str(said), said
    assert has_file(name, "config.json") and not has_file(name, "missing.json")


@case
def shards_of_weights():
    name = f"{me}/{new_name()}"
    os.makedirs("weights")
    tensors = {f"layer.{i}": numpy.random.rand(64, 64).astype("float32") for i in range(4)}
    index = {"metadata": {"total_size": 4 * 64 * 64 * 4}, "weight_map": {}}
    for shard in (0, 1):
        file = f"model-0000{shard + 1}-of-00002.safetensors"
        part = {key: tensors[key] for key in list(tensors)[2 * shard : 2 * shard + 2]}
        save_file(part, f"weights/{file}", metadata={"format": "pt"})
        index["weight_map"].update(dict.fromkeys(part, file))
    with open("weights/model.safetensors.index.json", "w") as out:
        json.dump(index, out)
    BertConfig().save_pretrained("weights")
    api.create_repo(name)
    api.upload_folder(repo_id=name, folder_path="weights")
    files, facts = get_checkpoint_shard_files(name, cached_file(name, "model.safetensors.index.json"))
    assert len(files) == 2 and facts["total_size"] == index["metadata"]["total_size"]
    loaded = {key: value for file in files for key, value in load_file(file).items()}
    assert all((loaded[key] == tensors[key]).all() for key in tensors) and len(loaded) == 4
    assert api.model_info(name).safetensors.total == 4 * 64 * 64
    assert api.model_info(name).library_name == "transformers"


done()
