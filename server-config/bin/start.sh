# ./hub start: prepares, starts the object store and the server, waits for both. Sourced.

. "$BIN/build.sh"
. "$BIN/secrets.sh"
. "$BIN/s3proxy.sh"
. "$BIN/wildfly.sh"
. "$BIN/payara-micro.sh"
. "$BIN/payara.sh"

START_SECONDS=${HUB_START_SECONDS:-180}

start_options() {
  PORT=48888 HOST=127.0.0.1 DATA=./data S3_PORT='' SERVER=${HUB_SERVER:-wildfly} DETACH=''
  while [ $# -gt 0 ]; do
    case $1 in
      --detach) DETACH=1 && shift && continue ;;
      --port | --host | --data | --s3-port | --server) [ $# -ge 2 ] && [ -n "$2" ] || fail "$1 needs a value" ;;
      *) fail "unknown option of start: $1 (./hub help lists them)" ;;
    esac
    case $1 in
      --port) PORT=$2 ;;
      --host) HOST=$2 ;;
      --data) DATA=$2 ;;
      --s3-port) S3_PORT=$2 ;;
      --server) SERVER=$2 ;;
    esac
    shift 2
  done
  valid_port --port "$PORT"
  [ -n "$S3_PORT" ] || S3_PORT=$((PORT + 1))
  valid_port --s3-port "$S3_PORT"
  [ "$PORT" -ne "$S3_PORT" ] || fail "--port and --s3-port are both $PORT: the hub and its object store need one each"
  case $SERVER in wildfly | payara | payara-micro) ;; *) fail "--server is wildfly, payara or payara-micro, not $SERVER" ;; esac
}

valid_port() {
  case $2 in '' | *[!0-9]* | ??????*) fail "$1 needs a number from 1 to 65535, not '$2'" ;; esac
  [ "$2" -ge 1 ] && [ "$2" -le 65535 ] || fail "$1 needs a number from 1 to 65535, not $2"
}

# An IPv6 address stands in brackets in a URL.
in_url() { case $1 in *:*) printf '[%s]' "$1" ;; *) printf '%s' "$1" ;; esac; }

# Where this machine reaches what listens on $HOST.
reached_at() { case $HOST in 0.0.0.0) echo 127.0.0.1 ;; ::) echo ::1 ;; *) echo "$HOST" ;; esac; }

prepare_folder() {
  mkdir -p "$DATA" 2>/dev/null || fail "cannot create the data folder $DATA: choose another with --data DIR"
  DATA=$(cd "$DATA" && pwd -P)
  mkdir -p "$DATA/run" "$DATA/log" "$DATA/server" 2>/dev/null && [ -w "$DATA/run" ] && [ -w "$DATA" ] ||
    fail "cannot write to the data folder $DATA as $(id -un): give the right, or choose another with --data DIR"
}

# Takes the data folder for process $1, or says who has it.
claim_folder() {
  local owner
  if owner=$(live_pid "$DATA/run/hub.pid"); then
    fail "a hub already runs on $DATA (process $owner): ./hub stop --data $DATA"
  fi
  for name in server s3proxy; do
    if owner=$(live_pid "$DATA/run/$name.pid"); then
      fail "the $name of a hub that was killed still runs on $DATA (process $owner): ./hub stop --data $DATA"
    fi
  done
}

check_ports() {
  ! port_answers "$(reached_at)" "$PORT" || fail "port $PORT is in use: choose another with --port N"
  [ -z "$EMBEDDED_STORE" ] || ! port_answers "$(reached_at)" "$S3_PORT" ||
    fail "port $S3_PORT (embedded object store) is in use: choose another with --s3-port N"
}

# What the hub is told. Whatever the environment or the TOML file says wins.
settings() {
  default KOHAKU_HUB_BASE_URL "http://$(in_url "$(reached_at)"):$PORT"
  URL=$(setting KOHAKU_HUB_BASE_URL)
  default KOHAKU_HUB_DATABASE_URL "sqlite:///$DATA/hub.db"
  secret KOHAKU_HUB_ADMIN_SECRET_TOKEN random_hex 16
  secret KOHAKU_HUB_SESSION_SECRET random_hex 32
  secret KOHAKU_HUB_DATABASE_KEY random_key
  if [ -n "$EMBEDDED_STORE" ]; then
    export KOHAKU_HUB_S3_ENDPOINT=http://$(in_url "$(reached_at)"):$S3_PORT
    default KOHAKU_HUB_S3_BUCKET hub-storage
    secret KOHAKU_HUB_S3_ACCESS_KEY random_hex 10
    secret KOHAKU_HUB_S3_SECRET_KEY random_hex 20
    [ -n "$(setting KOHAKU_HUB_S3_PUBLIC_ENDPOINT)" ] || export KOHAKU_HUB_S3_FOLLOW_CALLER=true
  fi
}

default() { [ -n "$(setting "$1")" ] || export "$1=$2"; }

hub_start() {
  start_options "$@"
  find_java
  prepare_folder
  [ -n "${HUB_DETACHED:-}" ] || claim_folder
  EMBEDDED_STORE=1
  [ -z "$(setting KOHAKU_HUB_S3_ENDPOINT)" ] || EMBEDDED_STORE=''
  [ -z "${HUB_CONFIG:-}" ] || [ -r "$HUB_CONFIG" ] || fail "HUB_CONFIG names a file that cannot be read: $HUB_CONFIG"
  check_ports
  is_loopback "$HOST" || refuse_public_secrets
  "prepare_${SERVER//-/_}"
  if [ -n "$DETACH" ]; then start_detached; else run_hub; fi
}

start_detached() {
  rm -f "$DATA/run/ready"
  local session=()
  ! command -v setsid >/dev/null || session=(setsid)
  HUB_DETACHED=1 HUB_CONSOLE_LEVEL=OFF "${session[@]}" nohup "$HUB_HOME/hub" start --port "$PORT" --host "$HOST" \
    --data "$DATA" --s3-port "$S3_PORT" --server "$SERVER" </dev/null >"$DATA/log/console.log" 2>&1 &
  local pid=$!
  until [ -f "$DATA/run/ready" ]; do
    if ! kill -0 "$pid" 2>/dev/null; then
      grep '^hub: ' "$DATA/log/console.log" >&2 || tail -n 20 "$DATA/log/console.log" >&2
      exit 1
    fi
    sleep 0.1
  done
  cat "$DATA/run/ready"
}

# Runs in the foreground until a signal comes or a part ends.
run_hub() {
  SERVER_PID='' S3_PID=''
  settings
  trap 'exit 0' TERM INT HUP
  trap end_hub EXIT
  rm -f "$DATA/run/ready"
  write_pid "$DATA/run/hub.pid" $$
  printf '%s\n' "$HOST" "$PORT" "$SERVER" "$URL" >"$DATA/run/hub.address"

  local began=$SECONDS
  HUB_LOG=$DATA/log/hub.log
  [ "$SERVER" = wildfly ] || HUB_LOG=$HUB_LOG.0
  LOG_SIZE=0
  [ ! -f "$HUB_LOG" ] || LOG_SIZE=$(wc -c <"$HUB_LOG")
  if [ -n "$EMBEDDED_STORE" ]; then
    say "starting the object store on $HOST:$S3_PORT …"
    start_s3proxy
  fi
  say "starting the hub ($SERVER) on $HOST:$PORT …"
  "start_${SERVER//-/_}"
  [ -z "$EMBEDDED_STORE" ] || wait_for "the object store" "$S3_PID" "$DATA/log/s3proxy.out" object_store_answers
  wait_for "the hub" "$SERVER_PID" "$HUB_LOG" hub_answers
  banner $((SECONDS - began)) >"$DATA/run/ready.part"
  mv "$DATA/run/ready.part" "$DATA/run/ready"
  cat "$DATA/run/ready"

  local gone=0
  wait -n || gone=$?
  fail "$(kill -0 "$SERVER_PID" 2>/dev/null && echo "the object store" || echo "the server") ended (status $gone); see $DATA/log"
}

object_store_answers() { [ -n "$(http_status "$(reached_at)" "$S3_PORT" /)" ]; }
hub_answers() { [ "$(http_status "$(reached_at)" "$PORT" /health/ready)" = 200 ]; }

# Waits for $1, process $2, which logs to $3, until "$4" holds.
wait_for() {
  local deadline=$((SECONDS + START_SECONDS))
  until "$4"; do
    kill -0 "$2" 2>/dev/null || fail "$1 did not start: $(why "$3")"
    if [ "$2" = "$SERVER_PID" ] && "${SERVER//-/_}_failed"; then fail "$1 did not start: $(why "$3")"; fi
    [ "$SECONDS" -lt "$deadline" ] || fail "$1 did not answer within $START_SECONDS s; see $3"
    sleep 0.1
  done
}

# The hub's own words for what is wrong, else the last error of log $1, and where the rest is.
why() {
  local line
  line=$(new_log "$1" | sed -n 's/.*Cannot start: //p' | awk '!seen[$0]++ && n++ < 10 { printf "%s%s", (n > 1 ? "; " : ""), $0 }')
  [ -n "$line" ] || line=$(new_log "$1" | grep 'Caused by: ' | tail -n 1)
  [ -n "$line" ] || line=$(new_log "$1" | grep -E 'ERROR|SEVERE|Exception' | grep -v WFLYSRV0026 | tail -n 1)
  line=$(sed 's/^ *Caused by: //' <<<"${line:-no reason given}" | cut -c 1-400)
  printf '%s (see %s)' "$line" "$1"
}

# What this run has written to log $1.
new_log() {
  local from=1
  [ "$1" != "$HUB_LOG" ] || from=$((LOG_SIZE + 1))
  tail -c "+$from" "$1" 2>/dev/null
}

# First the server, which may still write, then the store.
end_hub() {
  trap '' TERM INT HUP
  trap - EXIT
  [ -z "$SERVER_PID" ] || { say "stopping the hub …" && end_process "$SERVER_PID" 30; }
  [ -z "$S3_PID" ] || end_process "$S3_PID" 10
  rm -f "$DATA"/run/{hub.pid,server.pid,s3proxy.pid,ready,hub.address,s3proxy.conf}
}

banner() {
  cat <<TEXT

Kohaku Hub $HUB_VERSION is ready after $1 s: $URL
  admin token: $(setting KOHAKU_HUB_ADMIN_SECRET_TOKEN)
  data:        $DATA

Try it:
  pip install huggingface_hub
  export HF_ENDPOINT=$URL
  python -c 'import huggingface_hub as h; print(list(h.HfApi().list_models()))'

TEXT
}
