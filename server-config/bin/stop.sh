# ./hub stop: ends the hub of a data folder. Sourced.

hub_stop() {
  DATA=./data
  case ${1:-} in
    --data) DATA=${2:-} ;;
    '') ;;
    *) fail "unknown option of stop: $1" ;;
  esac
  [ -n "$DATA" ] || fail "--data needs a value"
  [ -d "$DATA/run" ] || fail "no hub runs on $DATA"
  local pid name found=''
  if pid=$(live_pid "$DATA/run/hub.pid"); then
    say "stopping the hub on $DATA (process $pid) …"
    end_process "$pid" 60
    found=1
  fi
  # parts that outlived a hub which was killed
  for name in server s3proxy; do
    if pid=$(live_pid "$DATA/run/$name.pid"); then
      say "stopping its $name (process $pid) …"
      end_process "$pid" 30
      found=1
    fi
    rm -f "$DATA/run/$name.pid"
  done
  rm -f "$DATA/run/hub.pid" "$DATA/run/ready"
  [ -n "$found" ] || fail "no hub runs on $DATA"
}
