#!/usr/bin/env bash
# Builds MinIO, an S3 server that is not the embedded one, from its Go module into the cache. Does nothing if it is
# there. Prints where the program is as its last line.
set -euo pipefail

VERSION=v0.0.0-20260212201848-7aac2a2c5b7c
CACHE=${HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kohakuhub}
TARGET=$CACHE/minio-$VERSION

if [ ! -x "$TARGET/minio" ]; then
  command -v go >/dev/null || { echo "go is needed to build MinIO" >&2 && exit 1; }
  echo "building MinIO $VERSION into $TARGET (some minutes) …" >&2
  rm -rf "$TARGET.part"
  GOBIN="$TARGET.part" CGO_ENABLED=0 go install "github.com/minio/minio@$VERSION" >&2
  rm -rf "$TARGET"
  mv "$TARGET.part" "$TARGET"
fi
echo "$TARGET/minio"
