#!/usr/bin/env bash
# Installs the versions of huggingface_hub that the client tests run, each in a virtual environment of its own below
# ${HUB_TEST_CLIENTS:-<cache>/clients}. Does nothing for those that are there.
set -euo pipefail

CACHE=${HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kohakuhub}
CLIENTS=${HUB_TEST_CLIENTS:-$CACHE/clients}
VERSIONS=${*:-1.33.0 2.0.0}

installed() { "$1/bin/python" -c "import huggingface_hub as h; assert h.__version__ == '$2'" 2>/dev/null; }

mkdir -p "$CLIENTS"
for version in $VERSIONS; do
  target=$CLIENTS/hf-$version
  if installed "$target" "$version"; then
    echo "huggingface_hub $version is in $target"
    continue
  fi
  echo "installing huggingface_hub $version into $target …"
  rm -rf "$target"
  python3 -m venv "$target"
  "$target/bin/python" -m pip install --quiet --disable-pip-version-check "huggingface_hub==$version"
  installed "$target" "$version" || { echo "huggingface_hub $version does not work in $target" >&2 && exit 1; }
done
