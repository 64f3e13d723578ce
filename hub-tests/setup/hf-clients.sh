#!/usr/bin/env bash
# Installs the Python libraries that the client tests run, each version in a virtual environment of its own below
# ${HUB_TEST_CLIENTS:-<cache>/clients}: huggingface_hub, which brings hf_xet, datasets, which brings pandas, and
# transformers, which has configurations, tokenizers and shards of weights without PyTorch, too (PyTorch comes with some
# GB of GPU libraries), and schemathesis, which makes calls of /openapi. Does nothing for those that are there.
set -euo pipefail

CACHE=${HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kohakuhub}
CLIENTS=${HUB_TEST_CLIENTS:-$CACHE/clients}
VERSIONS=${*:-1.33.0 2.0.0}
DATASETS=5.2.0
TRANSFORMERS=5.24.0
JINJA=3.1.6 # writes the card of a model that is pushed
LIBRARIES_HUB=2.0.0 # the huggingface_hub below both
SCHEMATHESIS=4.32.5
HYPOTHESIS=6.170.17 # what schemathesis draws its values with: another version draws others
OPENAPI_VALIDATOR=0.9.0

installed() {
  "$1/bin/python" -c '
import sys
from importlib.metadata import version
for library in sys.argv[1:]:
    name, wanted = library.split("==")
    __import__(name.replace("-", "_"))
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

mkdir -p "$CLIENTS"
for version in $VERSIONS; do
  install "hf-$version" "huggingface_hub==$version"
done
if [ $# -eq 0 ]; then
  install "datasets-$DATASETS" "datasets==$DATASETS" "huggingface_hub==$LIBRARIES_HUB"
  install "transformers-$TRANSFORMERS" "transformers==$TRANSFORMERS" "jinja2==$JINJA" "huggingface_hub==$LIBRARIES_HUB"
  install "schemathesis-$SCHEMATHESIS" "schemathesis==$SCHEMATHESIS" "hypothesis==$HYPOTHESIS" \
    "openapi-spec-validator==$OPENAPI_VALIDATOR"
fi
