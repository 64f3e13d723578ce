#!/usr/bin/env bash
# ./hub bench: starts a hub of its own and measures it from outside. Prints numbers and judges none.
set -euo pipefail

HUB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
BIN=$HUB_HOME/server-config/bin
. "$BIN/common.sh"
. "$BIN/build.sh"

WORK=$(mktemp -d "${TMPDIR:-/tmp}/hub-bench.XXXXXX")
trap '"$HUB_HOME/hub" stop --data "$WORK/data" >/dev/null 2>&1 || true; rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

find_java
build_hub "$EAR" hub-ear
hub_maven -DskipTests -Dspotless.check.skip=true package -pl hub-bench
port=$(free_port)
began=$(date +%s%N)
"$HUB_HOME/hub" start --detach --data "$WORK/data" --port "$port" --s3-port "$(free_port)" >/dev/null 2>&1
printf 'start to the first 200           %8d ms\n' $((($(date +%s%N) - began) / 1000000))
"$JAVA" -cp "$HUB_HOME/hub-bench/target/hub-bench-$HUB_VERSION.jar" org.kohakuhub.bench.HubBench \
  "http://127.0.0.1:$port" "$(live_pid "$WORK/data/run/server.pid")"
