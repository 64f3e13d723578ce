#!/usr/bin/env bash
# Installs the Python libraries that the client tests run, each version in a virtual environment of its own below
# ${HUB_TEST_CLIENTS:-<cache>/clients}: huggingface_hub, which brings hf_xet and reads payloads of webhooks with pydantic;
# datasets, which brings pandas, and beside it mlcroissant (another 200 MB of disk), which reads datasets by their
# description; transformers without PyTorch; transformers and diffusers with it; kernels; and schemathesis, which makes
# calls of /openapi. Does nothing for those that are there.
#
# PyTorch is by far the largest: 2 GB to fetch and 4 GB of disk, a minute or two, because the package that pip has for
# this system is linked to GPU libraries; it loads without a GPU, but not without them.
set -euo pipefail

CACHE=${HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kohakuhub}
CLIENTS=${HUB_TEST_CLIENTS:-$CACHE/clients}
VERSIONS=${*:-1.33.0 2.0.0 2.4.0}
DATASETS=5.2.0
CROISSANT=1.1.1
PILLOW=13.0.0 # opens their pictures
TRANSFORMERS=5.24.0
TORCH=2.15.0
DIFFUSERS=0.42.1
# The libraries that PyTorch is linked to, in the versions that it asks for; it asks for more, which only a GPU needs.
TORCH_CUDA="cuda-toolkit[cublas,cudart,cufft,cufile,cupti,cusparse,nvjitlink,nvrtc]==13.2.2"
TORCH_LINKED="nvidia-cudnn-cu13==9.26.0.51 nvidia-cusparselt-cu13==0.8.1 nvidia-nccl-cu13==2.30.7 nvidia-nvshmem-cu13==3.7.2"
TORCH_LIMIT=900 # seconds, on a slow network
PYDANTIC=2.14.4
JINJA=3.1.6 # writes the card of a model that is pushed
LIBRARIES_HUB=2.0.0 # the huggingface_hub below both
KERNELS=0.17.2
SCHEMATHESIS=4.32.5
HYPOTHESIS=6.170.17 # what schemathesis draws its values with: another version draws others
OPENAPI_VALIDATOR=0.9.0

installed() {
  "$1/bin/python" -c '
import sys
from importlib.metadata import version
for library in sys.argv[1:]:
    name, wanted = library.split("==")
    __import__({"pillow": "PIL"}.get(name, name).replace("-", "_"))
    assert version(name) == wanted' "${@:2}" 2>/dev/null
}

# install FOLDER LIBRARY==VERSION…
install() {
  local target=$CLIENTS/$1 libraries=("${@:2}")
  if installed "$target" "${libraries[@]}"; then
    echo "${libraries[*]} is in $target"
    return 0
  fi
  echo "installing ${libraries[*]} into $target …"
  rm -rf "$target"
  python3 -m venv "$target"
  "$target/bin/python" -m pip install --quiet --disable-pip-version-check "${libraries[@]}"
  installed "$target" "${libraries[@]}" || { echo "${libraries[*]} does not work in $target" >&2 && exit 1; }
}

# Step by step, because pip would fetch all that PyTorch asks for.
install_torch() {
  local target=$CLIENTS/torch-$TORCH complete pip began=$SECONDS
  local libraries=("torch==$TORCH" "transformers==$TRANSFORMERS" "diffusers==$DIFFUSERS" "huggingface_hub==$LIBRARIES_HUB")
  complete=$target/complete # to import it all takes a while
  if [ "$(cat "$complete" 2>/dev/null)" = "${libraries[*]}" ]; then
    echo "${libraries[*]} is in $target"
    return 0
  fi
  echo "installing ${libraries[*]} into $target (2 GB to fetch, 4 GB of disk) …"
  rm -rf "$target"
  python3 -m venv "$target"
  pip=(timeout "$TORCH_LIMIT" "$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-compile)
  # shellcheck disable=SC2086 # several words
  "${pip[@]}" --no-deps "torch==$TORCH" $TORCH_LINKED
  "${pip[@]}" "$TORCH_CUDA"
  "${pip[@]}" "${libraries[@]:1}" sympy networkx "jinja2==$JINJA" 2>&1 | { grep -v '^torch .* requires \|dependency resolver' || true; }
  installed "$target" "${libraries[@]}" || { echo "${libraries[*]} does not work in $target" >&2 && exit 1; }
  echo "${libraries[*]}" >"$complete"
  echo "took $((SECONDS - began)) s"
}

mkdir -p "$CLIENTS"
for version in $VERSIONS; do
  install "hf-$version" "huggingface_hub==$version" "pydantic==$PYDANTIC"
done
if [ $# -eq 0 ]; then
  install "datasets-$DATASETS" "datasets==$DATASETS" "huggingface_hub==$LIBRARIES_HUB" "mlcroissant==$CROISSANT" \
    "pillow==$PILLOW"
  install "transformers-$TRANSFORMERS" "transformers==$TRANSFORMERS" "jinja2==$JINJA" "huggingface_hub==$LIBRARIES_HUB"
  install "kernels-$KERNELS" "kernels==$KERNELS" "huggingface_hub==$LIBRARIES_HUB"
  install "schemathesis-$SCHEMATHESIS" "schemathesis==$SCHEMATHESIS" "hypothesis==$HYPOTHESIS" \
    "openapi-spec-validator==$OPENAPI_VALIDATOR"
  install_torch
fi
