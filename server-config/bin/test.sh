#!/usr/bin/env bash
# ./hub test [PART…]: everything that CI runs, or the named parts of it.
#   unit          unit, store (SQLite, PostgreSQL; S3Proxy, MinIO) and architecture tests, formatter, static analysis
#   in-container  what only the server's inside shows (rollback, races, timers): Arquillian on Payara Micro
#   deployed      all tests against the EAR on WildFly with the embedded database and object store
#   production    the core tests against the EAR on WildFly with PostgreSQL and MinIO
#   payara        the core tests against the same EAR on Payara Server
#   payara-micro  the core tests against the WAR on Payara Micro
# Installs what the tests need, works in a temporary folder and stops what it started. The reports stay in
# hub-*/target.
set -euo pipefail

HUB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
BIN=$HUB_HOME/server-config/bin
SETUP=$HUB_HOME/hub-tests/setup
. "$BIN/common.sh"
. "$BIN/build.sh"

# What the deployed tests expect of a hub; RunningHub.SETTINGS says the same, and why.
export KOHAKU_HUB_LFS_MULTIPART_THRESHOLD_BYTES=33554432
export KOHAKU_HUB_LFS_MULTIPART_CHUNK_SIZE_BYTES=10485760
export KOHAKU_HUB_WEBHOOK_ALLOWED_NETWORKS=127.0.0.1/32
export KOHAKU_HUB_TRUSTED_KERNEL_PUBLISHERS=trusted-kernels
export KOHAKU_HUB_RATE_LIMIT_AUTH=0
export KOHAKU_HUB_DATASET_VIEWER_TIMEOUT=6

WORK=$(mktemp -d "${TMPDIR:-/tmp}/hub-test.XXXXXX")
chmod 711 "$WORK" # the database server runs as another user
PASSED=0 FAILED=0 SKIPPED=0 FAILURES=() TIMES=()
MINIO_PID=''

clean_up() {
  local folder
  for folder in "$WORK"/hub-*; do
    [ ! -d "$folder/run" ] || "$HUB_HOME/hub" stop --data "$folder" >/dev/null 2>&1 || true
  done
  [ -z "$MINIO_PID" ] || kill "$MINIO_PID" 2>/dev/null || true
  [ ! -d "$WORK/postgres" ] || "$SETUP/postgres.sh" stop "$WORK/postgres" >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

set_up() {
  find_java
  "$SETUP/debian-packages.sh"
  "$SETUP/hf-clients.sh"
  MINIO=$("$SETUP/minio.sh" | tail -n 1)
  POSTGRES_PORT=$(free_port)
  "$SETUP/postgres.sh" start "$WORK/postgres" "$POSTGRES_PORT"
  MINIO_PORT=$(free_port)
  MINIO_ROOT_USER=hub-test-key MINIO_ROOT_PASSWORD=hub-test-secret MINIO_UPDATE=off MINIO_BROWSER=off \
    "$MINIO" server --quiet --address "127.0.0.1:$MINIO_PORT" "$WORK/minio" >"$WORK/minio.log" 2>&1 &
  MINIO_PID=$!
  for _ in $(seq 100); do
    [ "$(http_status 127.0.0.1 "$MINIO_PORT" /minio/health/ready)" != 200 ] || return 0
    sleep 0.2
  done
  cat "$WORK/minio.log" >&2
  fail "MinIO did not start"
}

# A database of its own for each user of the server.
new_database() {
  "$SETUP/postgres.sh" create "$POSTGRES_PORT" "$1"
  echo "postgresql://hub@127.0.0.1:$POSTGRES_PORT/$1"
}

# Adds up the reports that are newer than the part.
count() {
  local sums
  sums=$(find "$HUB_HOME"/hub-*/target -path '*-reports/TEST-*.xml' -newer "$WORK/began" -print0 |
    xargs -0 -r python3 "$BIN/count_tests.py")
  read -r part_passed part_failed part_skipped <<<"${sums:-0 0 0}"
  PASSED=$((PASSED + part_passed)) FAILED=$((FAILED + part_failed)) SKIPPED=$((SKIPPED + part_skipped))
}

# Maven without its chatter; the result is the build's and not the filter's.
maven() {
  rm -f "$WORK/maven-failed"
  { (cd "$HUB_HOME" && "$HUB_MAVEN" -B -ntp -Dstyle.color=never "$@") 2>&1 || touch "$WORK/maven-failed"; } |
    { grep -vE '^\[INFO\] *$|^\[INFO\] (---|Building jar|Copying|Nothing to|No sources|skip|Using|Recompil|Not (comp|exec))|^SLF4J' || true; }
  [ ! -e "$WORK/maven-failed" ]
}

unit() {
  HUB_TEST_POSTGRES_URL=$(new_database unit) HUB_TEST_S3_ENDPOINT=http://127.0.0.1:$MINIO_PORT \
    HUB_TEST_S3_ACCESS_KEY=hub-test-key HUB_TEST_S3_SECRET_KEY=hub-test-secret HUB_TEST_S3_BUCKET=unit \
    maven verify
}

in-container() {
  maven verify -Pin-container -pl hub-tests -am -DskipUnitTests -Dspotless.check.skip && return 0
  tail -n 60 "$HUB_HOME"/hub-tests/target/failsafe-reports/*-output.txt || true # the server's log
  return 1
}

# Runs the deployed tests; the arguments go to Maven.
deployed_tests() {
  maven verify -Pdeployed -pl hub-tests -am -DskipUnitTests -Dspotless.check.skip "$@"
}

# Two test runners, each with a hub of its own: one alone leaves 4 tenths of two cores idle.
deployed() { deployed_tests -Ddeployed.forks=2; }

# core SERVER [VARIABLE=VALUE…]: starts a hub and runs the core tests against it.
core() {
  local server=$1 port s3_port data=$WORK/hub-$part
  shift
  port=$(free_port)
  until s3_port=$(free_port) && [ "$s3_port" != "$port" ]; do :; done
  env KOHAKU_HUB_ADMIN_SECRET_TOKEN=hub-test-admin "$@" "$HUB_HOME/hub" start --detach --server "$server" \
    --data "$data" --port "$port" --s3-port "$s3_port" || return 1
  local result=0
  HUB_TEST_BASE_URL=http://127.0.0.1:$port HUB_TEST_ADMIN_TOKEN=hub-test-admin deployed_tests -Dgroups=core || result=$?
  [ "$result" -eq 0 ] || tail -n 60 "$data"/log/*.log || true
  "$HUB_HOME/hub" stop --data "$data" || result=1
  return "$result"
}

production() {
  core wildfly "KOHAKU_HUB_DB_BACKEND=postgres" "KOHAKU_HUB_DATABASE_URL=$(new_database hub)" \
    "KOHAKU_HUB_S3_ENDPOINT=http://127.0.0.1:$MINIO_PORT" KOHAKU_HUB_S3_ACCESS_KEY=hub-test-key \
    KOHAKU_HUB_S3_SECRET_KEY=hub-test-secret KOHAKU_HUB_S3_BUCKET=hub
}

payara() { core payara; }

payara-micro() { core payara-micro; }

run_part() {
  part=$1
  say ""
  say "=== $part"
  local began=$SECONDS result=0
  touch "$WORK/began"
  sleep 1 # so that every report is newer
  "$part" || result=$?
  part_passed=0 part_failed=0 part_skipped=0
  [ "$part" = set_up ] || count
  if [ "$part" != set_up ] && [ "$result" -eq 0 ] && [ "$part_passed" -eq 0 ]; then
    say "$part ran no test"
    result=1
  fi
  [ "$result" -eq 0 ] || FAILURES+=("$part")
  TIMES+=("$(printf '%-13s %5d s  %4d passed %3d failed %3d skipped%s' "$part" $((SECONDS - began)) \
    "$part_passed" "$part_failed" "$part_skipped" "$([ "$result" -eq 0 ] || echo '   FAILED')")")
}

parts=("$@")
[ $# -gt 0 ] || parts=(unit in-container deployed production payara payara-micro)
for name in "${parts[@]}"; do
  case $name in unit | in-container | deployed | production | payara | payara-micro) ;; *) fail "unknown part of the tests: $name" ;; esac
done
find_maven
part=set_up
say "=== set-up"
set_up
for name in "${parts[@]}"; do
  run_part "$name"
done
say ""
printf '%s\n' "${TIMES[@]}"
[ ${#FAILURES[@]} -eq 0 ] || echo "failed parts: ${FAILURES[*]}"
# a part may fail without a failed test: the build, the start of a server
if [ ${#FAILURES[@]} -gt 0 ] && [ "$FAILED" -eq 0 ]; then
  FAILED=${#FAILURES[@]}
fi
echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
[ ${#FAILURES[@]} -eq 0 ] && [ "$FAILED" -eq 0 ]
