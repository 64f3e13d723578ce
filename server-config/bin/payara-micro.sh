# Payara Micro: one jar, which runs the hub as one WAR. Sourced.

WAR=$HUB_HOME/hub-micro/target/ROOT.war
PAYARA_CONFIG=$HUB_HOME/server-config/payara

# Prints configuration file $1 with what this hub needs in it; $2 is the name of the server's HTTP listener.
payara_file() {
  sed "s|@HOST@|$HOST|; s|@PORT@|$PORT|; s|@LOG@|$DATA/log/hub.log|
    s|@CONSOLE_LEVEL@|${HUB_CONSOLE_LEVEL:-INFO}|; s|@LISTENER@|${2:-}|" "$PAYARA_CONFIG/$1"
}

fetch_payara_micro() {
  say "fetching Payara Micro $(pom_property payara.version) (90 MB, once) …"
  hub_maven -f server-config dependency:copy@payara-micro "-Dinto=$1" || fail "Payara Micro could not be fetched"
}

prepare_payara_micro() {
  build_hub "$WAR" hub-micro,server-config/s3proxy
  MICRO=payara-micro-$(pom_property payara.version)
  install_once "$MICRO" fetch_payara_micro
  MICRO=$HUB_CACHE/$MICRO
}

# Starts it on $HOST:$PORT; sets SERVER_PID. The archive's name, ROOT.war, makes it the root context.
start_payara_micro() {
  local home=$DATA/server/payara-micro
  rm -rf "$home"
  mkdir -p "$home/domain" "$home/unpacked"
  cp "$WAR" "$home/ROOT.war"
  payara_file preboot.txt http-listener >"$home/preboot.txt"
  payara_file logging.properties >"$home/logging.properties"
  # shellcheck disable=SC2086 # options are words
  "$JAVA" -XX:+ExitOnOutOfMemoryError ${HUB_JAVA_OPTS:--Xmx1g} -Djava.awt.headless=true \
    -jar "$MICRO/payara-micro.jar" --nocluster --nohazelcast --disablephonehome \
    --port "$PORT" --prebootcommandfile "$home/preboot.txt" --logproperties "$home/logging.properties" \
    --unpackdir "$home/unpacked" --rootdir "$home/domain" --deploy "$home/ROOT.war" &
  SERVER_PID=$!
  write_pid "$DATA/run/server.pid" "$SERVER_PID"
}

payara_micro_failed() { new_log "$HUB_LOG" | grep 'Exception while \(loading\|deploying\) the app' >/dev/null; }
