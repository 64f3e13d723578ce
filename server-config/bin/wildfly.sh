# WildFly: unpacked once, configured and trimmed once, started on the open EAR of a data folder. Sourced.

WILDFLY_SCRIPT=$HUB_HOME/server-config/wildfly/hub.cli

fetch_wildfly() {
  say "fetching WildFly $(pom_property wildfly.version) (260 MB, once) …"
  hub_maven -f server-config dependency:unpack@wildfly "-Dinto=$1" || fail "WildFly could not be fetched"
  say "configuring it …"
  mv "$1"/wildfly-*/* "$1"
  rm -rf "$1"/markers "$1"/wildfly-* "$1"/docs "$1"/welcome-content "$1"/appclient "$1"/domain
  local configuration=$1/standalone/configuration
  cp "$configuration/standalone.xml" "$configuration/hub.xml"
  mkdir "$1/standalone/hub.ear"
  JAVA_HOME=${JAVA_HOME:-} JAVA=$JAVA "$1/bin/jboss-cli.sh" --file="$WILDFLY_SCRIPT" >"$1/configure.log" 2>&1 ||
    fail "WildFly could not be configured: $(tail -n 5 "$1/configure.log")"
  rm -rf "$1/standalone/hub.ear" "$configuration/standalone_xml_history"
}

prepare_wildfly() {
  build_hub "$EAR" hub-ear,server-config/s3proxy
  WILDFLY=wildfly-$(pom_property wildfly.version)-$(digest_of "$WILDFLY_SCRIPT")
  install_once "$WILDFLY" fetch_wildfly
  WILDFLY=$HUB_CACHE/$WILDFLY
}

# Opens the EAR and its WAR as folders: the server then has nothing to unpack at each start.
open_ear() {
  local target=$DATA/server/hub.ear stamp
  stamp=$(cksum <"$EAR")
  [ "$(cat "$target.stamp" 2>/dev/null)" != "$stamp" ] || return 0
  rm -rf "$target" "$target.stamp"
  mkdir -p "$target"
  unzip_into "$EAR" "$target"
  mv "$target/hub-web.war" "$target/hub-web.zip"
  mkdir "$target/hub-web.war"
  unzip_into "$target/hub-web.zip" "$target/hub-web.war"
  rm "$target/hub-web.zip"
  printf '%s' "$stamp" >"$target.stamp"
}

unzip_into() {
  if command -v unzip >/dev/null; then unzip -q "$1" -d "$2"; else (cd "$2" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$1"); fi
}

# Starts it on $HOST:$PORT; sets SERVER_PID.
start_wildfly() {
  open_ear
  rm -rf "$DATA/server/tmp"
  # the server writes to this file, so each hub has its own
  cp "$HUB_HOME/server-config/wildfly/logging.properties" "$DATA/server/logging.properties"
  local p opens=() stack=()
  for p in java.base/java.io java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect \
    java.base/java.net java.base/java.security java.base/java.util java.base/java.util.concurrent \
    java.management/javax.management java.naming/javax.naming; do
    opens+=("--add-opens=$p=ALL-UNNAMED")
  done
  case $HOST in *:*) ;; *) stack=(-Djava.net.preferIPv4Stack=true) ;; esac
  # shellcheck disable=SC2086 # options are words
  "$JAVA" -Xms64m -XX:+ExitOnOutOfMemoryError ${HUB_JAVA_OPTS:--Xmx1g} "${opens[@]}" "${stack[@]}" \
    -Djava.awt.headless=true \
    "-Dlogging.configuration=file:$DATA/server/logging.properties" \
    "-Djboss.server.log.dir=$DATA/log" \
    "-Dhub.console.level=${HUB_CONSOLE_LEVEL:-INFO}" \
    -jar "$WILDFLY/jboss-modules.jar" -mp "$WILDFLY/modules" org.jboss.as.standalone \
    --read-only-server-config=hub.xml \
    "-Djboss.home.dir=$WILDFLY" \
    "-Djboss.server.base.dir=$DATA/server" \
    "-Djboss.server.config.dir=$WILDFLY/standalone/configuration" \
    "-Djboss.node.name=hub-$PORT" \
    "-Djboss.tx.node.id=hub-$PORT" \
    "-Djboss.bind.address=$HOST" \
    "-Djboss.http.port=$PORT" &
  SERVER_PID=$!
  write_pid "$DATA/run/server.pid" "$SERVER_PID"
}

# Did the server give up on the hub? It stays up after a deployment that failed.
wildfly_failed() { new_log "$HUB_LOG" | grep WFLYSRV0026 >/dev/null; }
