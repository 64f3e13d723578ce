# ./hub status: is the hub of a data folder up? Exit status 0 when it answers, 3 when none runs, 1 otherwise. Sourced.

hub_status() {
  DATA=./data
  case ${1:-} in
    --data) DATA=${2:-} ;;
    '') ;;
    *) fail "unknown option of status: $1" ;;
  esac
  [ -n "$DATA" ] || fail "--data needs a value"
  local pid name host port server url ready
  if ! pid=$(live_pid "$DATA/run/hub.pid"); then
    echo "stopped: no hub runs on $DATA"
    exit 3
  fi
  { read -r host && read -r port && read -r server && read -r url; } <"$DATA/run/hub.address"
  case $host in 0.0.0.0) host=127.0.0.1 ;; ::) host=::1 ;; esac
  ready=$(http_status "$host" "$port" /health/ready)
  if [ "$ready" = 200 ]; then echo "ready: $url"; else echo "not ready (${ready:-no answer}): $url"; fi
  echo "  data $DATA, server $server"
  for name in hub server s3proxy; do
    ! pid=$(live_pid "$DATA/run/$name.pid") ||
      echo "  $name: process $pid, $(($(ps -o rss= -p "$pid") / 1024)) MiB, since $(born "$pid" | xargs)"
  done
  [ "$ready" = 200 ]
}
