# Payara Server: unpacked once, a domain of its own in each data folder, the EAR deployed after the boot. Sourced.

fetch_payara() {
  say "fetching Payara Server $(pom_property payara.version) (160 MB, once) …"
  hub_maven -f server-config dependency:unpack@payara "-Dinto=$1" || fail "Payara Server could not be fetched"
  rm -rf "$1/markers"
}

prepare_payara() {
  build_hub "$EAR" hub-ear,server-config/s3proxy
  PAYARA=payara-$(pom_property payara.version)
  install_once "$PAYARA" fetch_payara
  PAYARA=$HUB_CACHE/$PAYARA/payara6/glassfish
}

# Starts it on $HOST:$PORT; sets SERVER_PID.
start_payara() {
  local home=$DATA/server/payara java_line=()
  rm -rf "$home"
  mkdir -p "$home"
  cp -r "$PAYARA/domains/domain1" "$home/hub"
  cp "$EAR" "$home/hub.ear"
  { payara_file preboot.txt http-listener-1 && payara_file preboot-server.txt; } >"$home/preboot.txt"
  printf 'deploy --name hub --contextroot / %s\n' "$home/hub.ear" >"$home/postboot.txt"
  payara_file logging.properties >"$home/hub/config/logging.properties"
  # asadmin works the command line out of the domain's configuration; we are the server's parent ourselves
  mapfile -t java_line < <("$JAVA" -jar "$PAYARA/lib/client/appserver-cli.jar" start-domain --dry-run \
    --domaindir "$home" --prebootcommandfile "$home/preboot.txt" --postbootcommandfile "$home/postboot.txt" hub |
    sed -e '/^Dump of /d' -e '/^Command start-domain/,$d' -e '/^-Xmx/d' -e '/^$/d' -e 's/,org.apache.felix.shell.remote//')
  [ "${#java_line[@]}" -gt 10 ] || fail "asadmin gave no command line for Payara Server"
  # shellcheck disable=SC2086 # options are words
  (cd "$home/hub/config" && exec "${java_line[0]}" ${HUB_JAVA_OPTS:--Xmx1g} -XX:+ExitOnOutOfMemoryError "${java_line[@]:1}" </dev/null) &
  SERVER_PID=$!
  write_pid "$DATA/run/server.pid" "$SERVER_PID"
}

payara_failed() { new_log "$HUB_LOG" | grep -E 'Exception while (loading|deploying) the app|Boot Command deploy failed' >/dev/null; }
