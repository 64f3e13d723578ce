"""What the client reads from the heads of weights, and how it keeps sharded ones. Argument: a user name."""

import json
import os
import struct
import sys
from pathlib import Path

from cases import case, done, new_name, refused
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    EntryNotFoundError,
    NotASafetensorsRepoError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    SafetensorsParsingError,
)

me = sys.argv[1]
api = HfApi()
SIZES = {"F32": 4, "BF16": 2, "I64": 8}


def safetensors(tensors, metadata=None):
    """A file of these tensors, name to (type, shape), as the format has it: length of the head, head, data."""
    head, end = ({"__metadata__": metadata} if metadata else {}), 0
    for name, (dtype, shape) in tensors.items():
        size = SIZES[dtype]
        for part in shape:
            size *= part
        head[name] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + os.urandom(end)


def made(files):
    name = f"{me}/{new_name()}"
    api.create_repo(name)
    for path, content in files.items():
        api.upload_file(repo_id=name, path_in_repo=path, path_or_fileobj=content)
    return name


@case
def get_safetensors_metadata_of_one_file():
    name = made({"model.safetensors": safetensors({"a": ("F32", [10, 4]), "b": ("BF16", [3])}, {"format": "pt"})})
    found = api.get_safetensors_metadata(name)
    assert found.sharded is False and found.metadata is None
    assert found.weight_map == {"a": "model.safetensors", "b": "model.safetensors"}
    assert found.parameter_count == {"F32": 40, "BF16": 3}
    one = found.files_metadata["model.safetensors"]
    assert one.metadata == {"format": "pt"} and one.tensors["a"].shape == [10, 4]
    assert api.model_info(name).safetensors.parameters == {"F32": 40, "BF16": 3}


@case
def get_safetensors_metadata_of_shards():
    shards = {
        f"model-0000{number}-of-00002.safetensors": safetensors({f"t{number}.{i}": ("F32", [64, 3]) for i in range(2000)})
        for number in (1, 2)
    }
    index = {
        "metadata": {"total_size": 3_072_000},
        "weight_map": {f"t{number}.{i}": shard for number, shard in enumerate(shards, 1) for i in range(2000)},
    }
    name = made({**shards, "model.safetensors.index.json": json.dumps(index).encode()})
    found = api.get_safetensors_metadata(name)
    assert found.sharded and found.metadata == {"total_size": 3_072_000} and len(found.files_metadata) == 2
    assert found.parameter_count == {"F32": 2 * 2000 * 192}
    assert found.weight_map["t2.7"] == "model-00002-of-00002.safetensors"
    root = Path(api.snapshot_download(name, allow_patterns=["*.safetensors", "*.json"]))
    assert {path: (root / path).read_bytes() for path in shards} == shards
    assert api.model_info(name).safetensors.total == 2 * 2000 * 192


@case
def get_sharded_safetensors_metadata():
    """Since 2.4; the shards lie in git, and whole in the object store or as chunks."""
    if not hasattr(api, "get_sharded_safetensors_metadata"):
        return
    shards = {
        f"model-{number}.safetensors": safetensors({f"t{number}.{i}": ("F32", [4, 3]) for i in range(9)}, {"n": str(number)})
        for number in range(3)
    }
    shards["model-long.safetensors"] = safetensors({"long.\"x": ("F32", [1000, 2000])})
    tensors = {f"t{number}.{i}": f"model-{number}.safetensors" for number in range(3) for i in range(9)}
    index = {"metadata": {"total_size": 1}, "weight_map": {**tensors, "long.\"x": "model-long.safetensors"}, "more": [1]}
    text = json.dumps(index).encode()
    name = made({**shards, "model.safetensors.index.json": text, "sub dir/a.json": text, "README.md": b"# Hi"})
    assert api.get_sharded_safetensors_metadata(name) == api.get_safetensors_metadata(name)
    refused(422, api.get_sharded_safetensors_metadata, name, filename="sub dir/a.json")
    refused(422, api.get_sharded_safetensors_metadata, name, filename="README.md")
    refused(RemoteEntryNotFoundError, api.get_sharded_safetensors_metadata, name, filename="none.json")
    refused(RepositoryNotFoundError, api.get_sharded_safetensors_metadata, f"{me}/{new_name()}")
    api.upload_file(repo_id=name, path_in_repo="model-1.safetensors", path_or_fileobj=b"\xff" * 200)
    refused(422, api.get_sharded_safetensors_metadata, name)
    for path, content in shards.items():
        api.upload_file(repo_id=name, path_in_repo=f"sub dir/{path}", path_or_fileobj=content)
    assert len(api.get_sharded_safetensors_metadata(name, filename="sub dir/a.json").weight_map) == 28
    api.update_repo_settings(name, private=True)
    refused(RepositoryNotFoundError, HfApi(token=False).get_sharded_safetensors_metadata, name)


@case
def parse_safetensors_file_metadata():
    name = made({"sub dir/other.safetensors": safetensors({"x": ("I64", [5])}), "bad.safetensors": b"\xff" * 200})
    found = api.parse_safetensors_file_metadata(name, "sub dir/other.safetensors")
    assert found.parameter_count == {"I64": 5} and found.tensors["x"].data_offsets == (0, 40)
    refused(SafetensorsParsingError, api.parse_safetensors_file_metadata, name, "bad.safetensors")
    missing = refused(404, api.parse_safetensors_file_metadata, name, "missing.safetensors")
    assert isinstance(missing, EntryNotFoundError), repr(missing)


@case
def no_weights():
    refused(NotASafetensorsRepoError, api.get_safetensors_metadata, made({}))
    refused(NotASafetensorsRepoError, api.get_safetensors_metadata, f"{me}/{new_name()}")


done()
