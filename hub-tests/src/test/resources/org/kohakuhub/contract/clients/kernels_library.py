"""The kernels library: code for accelerators is found by its name and version, and run if its publisher is trusted.

Argument: a new kernel repository.
"""

import base64
import json
import sys

from cases import case, done, refused
from huggingface_hub import HfApi
from huggingface_hub.utils import get_session, hf_raise_for_status
from kernels import get_kernel, get_kernel_variants, install_kernel

name = sys.argv[1]
api = HfApi()


def commit(files, branch="main"):
    """As kernel-builder does: the Python client has no upload for kernels."""
    lines = [{"key": "header", "value": {"summary": "Build"}}]
    for path, content in files.items():
        text = base64.b64encode(content.encode()).decode()
        lines.append({"key": "file", "value": {"path": path, "content": text, "encoding": "base64"}})
    address = f"{api.endpoint}/api/kernels/{name}/commit/{branch}"
    headers = api._build_hf_headers() | {"Content-Type": "application/x-ndjson"}
    answer = get_session().post(address, headers=headers, content="\n".join(map(json.dumps, lines)))
    hf_raise_for_status(answer)
    return answer.json()["commitOid"]


def build(term):
    empty = {"algorithm": "sha256", "files": {}}
    metadata = {"name": "adder", "id": "_adder_" + term.replace(" ", ""), "version": 1, "license": "MIT"}
    metadata |= {"python-depends": [], "backend": {"type": "cpu"}, "digest": empty}
    return {
        "build/torch-cpu/__init__.py": f"def add(a, b):\n    return {term}\n",
        "build/torch-cpu/metadata.json": json.dumps(metadata),
        "build/torch-cuda/metadata.json": json.dumps(metadata | {"backend": {"type": "cuda"}}),
    }


@case
def a_kernel_by_its_revision():
    commit({"README.md": "---\nlicense: mit\ntags: [kernel]\n---\n"} | build("a + b"))
    assert get_kernel(name, revision="main", trust_remote_code=True).add(20, 22) == 42


@case
def a_kernel_by_its_version():
    response = get_session().post(
        f"{api.endpoint}/api/kernels/{name}/branch/v1", headers=api._build_hf_headers(), json={}
    )
    hf_raise_for_status(response)
    commit(build("a - b"), "v1")
    assert get_kernel(name, version=1, trust_remote_code=True).add(50, 8) == 42
    refused(ValueError, get_kernel, name, version=2, trust_remote_code=True)


@case
def what_it_is_built_for():
    found = {decision.variant.variant_str: type(decision).__name__ for decision in get_kernel_variants(name, revision="main")}
    assert found == {"torch-cpu": "VariantAccepted", "torch-cuda": "VariantRejected"}, found
    path = install_kernel(name, revision="main", trust_remote_code=[name])
    assert sorted(file.name for file in path.iterdir()) == ["__init__.py", "metadata.json"]


@case
def nobody_s_code_is_run_unasked():
    error = refused(ValueError, get_kernel, name, revision="main")
    assert "trust_remote_code=True" in str(error), error


done()
