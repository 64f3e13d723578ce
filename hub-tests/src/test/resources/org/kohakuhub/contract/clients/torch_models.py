"""Transformers and diffusers with PyTorch: weights that are pushed are found again, by name and by revision.

All models are tiny and random; nothing is loaded from elsewhere. Arguments: a user name, and somebody else's token.
"""

import sys

import torch
from cases import case, done, new_name, refused
from diffusers import AutoModel as DiffusersModel
from diffusers import DDPMPipeline, DDPMScheduler, DiffusionPipeline, UNet2DModel
from huggingface_hub import HfApi
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    AutoModel,
    AutoModelForMaskedLM,
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    PreTrainedTokenizerFast,
    pipeline,
)

me, token = sys.argv[1:3]
api = HfApi()
WORDS = ["[UNK]", "[PAD]", "[MASK]", "hello", "world"]


def tiny_model():
    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    return BertForMaskedLM(BertConfig(vocab_size=len(WORDS), max_position_embeddings=32, **shape)).eval()


def tiny_tokenizer():
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "mask_token": "[MASK]"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def tiny_unet():
    blocks = {"down_block_types": ("DownBlock2D",), "up_block_types": ("UpBlock2D",)}
    size = {"block_out_channels": (8,), "layers_per_block": 1, "norm_num_groups": 4, "sample_size": 8}
    return UNet2DModel(**blocks, **size).eval()


def assert_same(one, other):
    weights, others = one.state_dict(), other.state_dict()
    assert type(one) is type(other) and weights.keys() == others.keys() and len(weights) > 10
    assert all(torch.equal(weights[name], others[name]) for name in weights)


def files(name, revision=None):
    return set(api.list_repo_files(name, revision=revision))


@case
def a_sharded_model_by_its_name():
    name = f"{me}/{new_name()}"
    model = tiny_model()
    model.push_to_hub(name, max_shard_size="8KB")
    shards = {file for file in files(name) if file.startswith("model-") and file.endswith(".safetensors")}
    assert len(shards) > 2 and "model.safetensors.index.json" in files(name), shards
    assert_same(AutoModelForMaskedLM.from_pretrained(name), model)
    assert_same(AutoModel.from_pretrained(name, add_pooling_layer=False), model.bert)
    info = api.model_info(name)
    assert info.library_name == "transformers" and info.config["model_type"] == "bert", info
    stored = sum(file.size for file in api.get_paths_info(name, sorted(shards)))
    assert 4 * info.safetensors.total < stored and info.safetensors.parameters.keys() == {"F32"}, info.safetensors


@case
def save_pretrained_and_push():
    name = f"{me}/{new_name()}"
    model = tiny_model()
    model.save_pretrained("saved", push_to_hub=True, repo_id=name, private=True, max_shard_size="8KB")
    assert api.model_info(name).private
    assert_same(AutoModelForMaskedLM.from_pretrained(name), model)


@case
def revisions():
    name = f"{me}/{new_name()}"
    first, second, aside = tiny_model(), tiny_model(), tiny_model()
    first.push_to_hub(name)
    commit = api.model_info(name).sha
    second.push_to_hub(name)
    aside.push_to_hub(name, revision="aside")
    for revision, model in (("main", second), (commit, first), ("aside", aside)):
        assert_same(AutoModelForMaskedLM.from_pretrained(name, revision=revision), model)
    said = refused(OSError, AutoModelForMaskedLM.from_pretrained, name, revision="none")
    assert "not a valid git identifier" in str(said), said


@case
def a_tokenizer_and_a_pipeline():
    name = f"{me}/{new_name()}"
    tiny_model().push_to_hub(name)
    tiny_tokenizer().push_to_hub(name)
    assert AutoTokenizer.from_pretrained(name)("hello world moon")["input_ids"] == [3, 4, 0]
    guesses = pipeline("fill-mask", model=name, top_k=len(WORDS))("hello [MASK]")
    assert {guess["token_str"] for guess in guesses} == set(WORDS), guesses
    assert pipeline(model=name).task == "fill-mask"  # which the hub knows


@case
def private_and_gated_ones_are_refused():
    name = f"{me}/{new_name()}"
    model = tiny_model()
    model.push_to_hub(name, private=True)
    assert_same(AutoModelForMaskedLM.from_pretrained(name, cache_dir=new_name()), model)
    for other in (token, False):
        said = refused(OSError, AutoModelForMaskedLM.from_pretrained, name, token=other, cache_dir=new_name())
        assert "not a valid model identifier" in str(said), said
    api.update_repo_settings(name, private=False, gated="manual")
    said = refused(OSError, AutoModelForMaskedLM.from_pretrained, name, token=token, cache_dir=new_name())
    assert "gated repo" in str(said), said
    refused((403, 404), tiny_model().push_to_hub, name, token=token)


@case
def a_pull_request_with_weights():
    name = f"{me}/{new_name()}"
    before, proposed = tiny_model(), tiny_model()
    before.push_to_hub(name)
    proposed.push_to_hub(name, create_pr=True, commit_message="Better weights", token=token)
    (request,) = api.get_repo_discussions(name)
    assert request.is_pull_request and request.title == "Better weights" and request.author != me, request
    assert_same(AutoModelForMaskedLM.from_pretrained(name), before)
    assert_same(AutoModelForMaskedLM.from_pretrained(name, revision="refs/pr/1"), proposed)
    api.merge_pull_request(name, 1)
    assert_same(AutoModelForMaskedLM.from_pretrained(name), proposed)


@case
def pickled_weights():
    name = f"{me}/{new_name()}"
    model = tiny_model()
    model.config.push_to_hub(name)
    torch.save(model.state_dict(), "pytorch_model.bin")
    api.upload_file(repo_id=name, path_or_fileobj="pytorch_model.bin", path_in_repo="pytorch_model.bin")
    assert_same(AutoModelForMaskedLM.from_pretrained(name, architectures=["BertForMaskedLM"]), model)


@case
def a_diffusion_pipeline():
    name = f"{me}/{new_name()}"
    made = DDPMPipeline(tiny_unet(), DDPMScheduler(num_train_timesteps=20, beta_schedule="squaredcos_cap_v2"))
    made.push_to_hub(name)
    assert {"model_index.json", "scheduler/scheduler_config.json", "unet/config.json"} < files(name), files(name)
    loaded = DiffusionPipeline.from_pretrained(name)
    assert type(loaded) is DDPMPipeline and loaded.scheduler.config.num_train_timesteps == 20
    assert loaded.scheduler.config.beta_schedule == "squaredcos_cap_v2"
    assert_same(loaded.unet, made.unet)
    pictures = []
    for used in (made, loaded):
        used.set_progress_bar_config(disable=True)
        shown = used(generator=torch.Generator().manual_seed(0), num_inference_steps=2, output_type="np")
        pictures.append(shown.images)
    assert pictures[0].shape == (1, 8, 8, 3) and abs(pictures[0] - pictures[1]).max() < 1e-4
    assert api.model_info(name).library_name == "diffusers"
    assert_same(UNet2DModel.from_pretrained(name, subfolder="unet"), made.unet)
    assert_same(DiffusersModel.from_pretrained(name, subfolder="unet"), made.unet)


@case
def parts_of_pipelines():
    name = f"{me}/{new_name()}"
    first, second = tiny_unet(), tiny_unet()
    first.push_to_hub(name, private=True)
    commit = api.model_info(name).sha
    second.push_to_hub(name)
    assert_same(UNet2DModel.from_pretrained(name), second)
    assert_same(UNet2DModel.from_pretrained(name, revision=commit), first)
    said = refused(OSError, UNet2DModel.from_pretrained, name, token=token, cache_dir=new_name())
    assert "not a valid model identifier" in str(said), said
    first.save_pretrained("shards", max_shard_size="4KB")
    api.create_branch(name, branch="shards")
    api.upload_folder(repo_id=name, folder_path="shards", revision="shards", delete_patterns="*.safetensors")
    assert "diffusion_pytorch_model.safetensors.index.json" in files(name, "shards"), files(name, "shards")
    assert_same(UNet2DModel.from_pretrained(name, revision="shards"), first)
    DDPMScheduler(num_train_timesteps=7).push_to_hub(name, create_pr=True)
    scheduler = DDPMScheduler.from_pretrained(name, revision="refs/pr/1")
    assert scheduler.config.num_train_timesteps == 7


done()
