#!/usr/bin/env bash
# ./hub bench [PART…]: starts a hub of its own and measures it. Prints numbers and judges none.
#   hub   requests, commits and clones, beside baselines
#   git   clones, fetches and pushes beside git http-backend on the same objects, the API's commits and listing; smaller with
#         HUB_BENCH_GIT_OBJECTS (120000), HUB_BENCH_GIT_FILES (100000), HUB_BENCH_GIT_MOST_FILES (1000000, 0: leaves it out)
#   xet   chunks in one core, and a file of HUB_BENCH_MEGABYTES (1024) up and down with the real client
#   lists pages of lists of HUB_BENCH_REPOSITORIES (100000) repositories; with KOHAKU_HUB_DATABASE_URL on that database,
#         which must be empty; then pages of one repository with HUB_BENCH_FILES (100000)
set -euo pipefail

HUB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
BIN=$HUB_HOME/server-config/bin
. "$BIN/common.sh"
. "$BIN/build.sh"

WORK=$(mktemp -d "${TMPDIR:-/tmp}/hub-bench.XXXXXX")
trap '"$HUB_HOME/hub" stop --data "$WORK/data" >/dev/null 2>&1 || true; rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM

# Makes a user and prints an API token of his.
api_token() {
  local cookies=$WORK/cookies account='{"username":"xetbench","email":"xetbench@example.org","password":"a long enough password"}'
  post() { curl -fsS -b "$cookies" -c "$cookies" -H 'Content-Type: application/json' -d "$2" "$URL$1"; }
  post /api/auth/register "$account" >/dev/null
  post /api/auth/login "$account" >/dev/null
  post /api/auth/tokens/create '{"name":"bench"}' | sed 's/.*"token":"\([^"]*\)".*/\1/'
}

# The most that was on the heap when a collection began, in MB, from the JVM's log.
heap_peak() { sed -n 's/.*[^0-9]\([0-9]*\)M->[0-9]*M(.*/\1/p' "$WORK/gc.log" | sort -n | tail -n 1; }

find_java
build_hub "$EAR" hub-ear
hub_maven -DskipTests -Dspotless.check.skip=true package -pl hub-bench -am
"$HUB_HOME/hub-tests/setup/hf-clients.sh" 2.0.0
port=$(free_port)
URL=http://127.0.0.1:$port
began=$(date +%s%N)
HUB_JAVA_OPTS="${HUB_JAVA_OPTS:--Xmx1g} -Xlog:gc:file=$WORK/gc.log" \
  "$HUB_HOME/hub" start --detach --data "$WORK/data" --port "$port" --s3-port "$(free_port)" >/dev/null 2>&1
printf 'start to the first 200           %8d ms\n' $((($(date +%s%N) - began) / 1000000))
server=$(live_pid "$WORK/data/run/server.pid")
bench=$HUB_HOME/hub-bench/target/hub-bench-$HUB_VERSION.jar

run_hub() { "$JAVA" -cp "$bench" org.kohakuhub.bench.HubBench "$URL" "$server"; }

run_git() {
  "$JAVA" -cp "$bench" org.kohakuhub.bench.GitBench "$URL" "$server" "${HUB_BENCH_GIT_OBJECTS:-120000}" \
    "${HUB_BENCH_GIT_FILES:-100000}" "${HUB_BENCH_GIT_MOST_FILES:-1000000}"
}

run_xet() {
  "$JAVA" -cp "$bench:$WORK/data/server/hub.ear/*:$WORK/data/server/hub.ear/lib/*" org.kohakuhub.bench.XetBench
  HF_ENDPOINT=$URL HF_TOKEN=$(api_token) HF_HOME=$WORK/hf \
    "${HUB_TEST_CLIENTS:-$HUB_CACHE/clients}/hf-2.0.0/bin/python" "$HUB_HOME/hub-bench/src/main/python/xet_client.py" \
    "${HUB_BENCH_MEGABYTES:-1024}" "$server"
  printf 'heap peak                        %8d MB\n' "$(heap_peak)"
}

run_lists() {
  "$JAVA" -cp "$bench:$WORK/data/server/hub.ear/*:$WORK/data/server/hub.ear/lib/*" org.kohakuhub.bench.ListsBench \
    "$URL" "${KOHAKU_HUB_DATABASE_URL:-sqlite:///$WORK/data/hub.db}" "${HUB_BENCH_REPOSITORIES:-100000}" \
    "${HUB_BENCH_FILES:-100000}"
}

[ $# -gt 0 ] || set -- hub xet
for part in "$@"; do
  case $part in
    hub | git | xet | lists) "run_$part" ;;
    *) fail "unknown part of the measurements: $part (hub, git, xet or lists)" ;;
  esac
done
