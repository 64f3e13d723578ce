# What all commands of ./hub share. Sourced, with HUB_HOME set.

HUB_CACHE=${HUB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kohakuhub}
EAR=$HUB_HOME/hub-ear/target/hub.ear

say() { printf '%s\n' "$*" >&2; }

# One clear line, and out.
fail() {
  printf 'hub: %s\n' "$*" >&2
  exit 1
}

# The value of a property of the parent pom.xml: versions have one place.
pom_property() {
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$HUB_HOME/pom.xml" | head -n 1
}

HUB_VERSION=$(sed -n '/<artifactId>kohakuhub-parent</{n;s|.*<version>\(.*\)</version>.*|\1|p;}' "$HUB_HOME/pom.xml")

# A hash that names a configuration: of the files given.
digest_of() { cat "$@" | cksum | tr -d ' '; }

# Sets JAVA; JAVA_HOME wins over the PATH.
find_java() {
  JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$JAVA" >/dev/null || fail "there is no java${JAVA_HOME:+ in JAVA_HOME=$JAVA_HOME}: install a JDK 17 or newer"
  local version
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || fail "JDK 17 or newer is needed; $JAVA is version ${version:-unknown}"
}

# Are we connected when we knock at host $1, port $2?
port_answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# Prints a port on which nobody listens, below those that the kernel gives to whoever connects.
free_port() {
  local port
  until port=$((20000 + RANDOM % 12768)) && ! port_answers 127.0.0.1 "$port"; do :; done
  printf '%s' "$port"
}

# Prints the status of GET http://$1:$2$3, or nothing when nobody answers.
http_status() {
  {
    exec 3<>"/dev/tcp/$1/$2" || return 0
    printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$3" "$1" "$2" >&3
    local version status rest
    IFS=' ' read -r -t 10 version status rest <&3 || return 0
    printf '%s' "$status"
    exec 3<&-
  } 2>/dev/null
}

# A pid file holds the process id and when it started, so that a reused id is not mistaken for ours.
born() { ps -o lstart= -p "$1" 2>/dev/null || true; }
write_pid() { printf '%s\n%s\n' "$2" "$(born "$2")" >"$1"; }

# Prints the process id of pid file $1 if that very process lives.
live_pid() {
  local pid start
  { read -r pid && read -r start; } 2>/dev/null <"$1" || return 1
  [ -n "$pid" ] && [ "$(born "$pid" | xargs)" = "$(xargs <<<"$start")" ] && printf '%s' "$pid"
}

# Sends TERM to process $1 and waits $2 seconds before it is killed.
end_process() {
  kill -TERM "$1" 2>/dev/null || return 0
  local tenths=$(($2 * 10))
  while kill -0 "$1" 2>/dev/null; do
    tenths=$((tenths - 1))
    if [ "$tenths" -le 0 ]; then
      kill -KILL "$1" 2>/dev/null || true
      return 0
    fi
    sleep 0.1
  done
}

# One at a time: runs "$2…" while holding the folder $1.lock.
exclusively() {
  local lock=$1.lock waited=0
  shift
  mkdir -p "$(dirname "$lock")"
  until mkdir "$lock" 2>/dev/null; do
    if ! live_pid "$lock/pid" >/dev/null && [ "$waited" -gt 5 ]; then
      rm -rf "$lock"
      continue
    fi
    [ "$waited" -ne 0 ] || say "waiting for another hub command ($lock)"
    waited=$((waited + 1))
    sleep 1
  done
  write_pid "$lock/pid" "$BASHPID"
  local result=0
  (set -e; "$@") || result=$?
  rm -rf "$lock"
  return $result
}
