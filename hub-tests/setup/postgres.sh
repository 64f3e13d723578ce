#!/usr/bin/env bash
# A PostgreSQL server of the tests' own, on 127.0.0.1.
#   postgres.sh start FOLDER PORT   makes a cluster in FOLDER, with the user "hub" who needs no password
#   postgres.sh create PORT NAME    makes a database in it
#   postgres.sh stop FOLDER
set -euo pipefail

BIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# The server refuses to run as root.
unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder" "$@"
  else
    "$@"
  fi
}

case ${1:-} in
  start)
    folder=$2
    mkdir -p "$folder"
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
    cd "$folder"
    unprivileged "$BIN/initdb" -D "$folder/data" -A trust -U hub -E UTF8 --no-sync >"$folder/init.log" 2>&1 ||
      { cat "$folder/init.log" >&2 && exit 1; }
    unprivileged "$BIN/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w start \
      -o "-p $3 -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" >/dev/null
    ;;
  create) "$BIN/psql" -q -h 127.0.0.1 -p "$2" -U hub -d postgres -c "create database $3" ;;
  stop)
    folder=$2
    cd /
    unprivileged "$BIN/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null
    ;;
  *)
    sed -n '2,5p' "$0" >&2
    exit 2
    ;;
esac
