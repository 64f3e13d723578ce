# The embedded object store: S3Proxy on a folder, a process of its own. Sourced.

install_s3proxy() { cp "$HUB_HOME"/server-config/s3proxy/target/lib/*.jar "$1"; }

# Starts it on $HOST:$S3_PORT over $DATA/objects; sets S3_PID.
start_s3proxy() {
  local dir conf
  dir=s3proxy-$(pom_property s3proxy.version)-$(digest_of "$HUB_HOME/server-config/s3proxy/pom.xml")
  install_once "$dir" install_s3proxy
  local bucket access_key secret_key
  bucket=$(setting KOHAKU_HUB_S3_BUCKET)
  access_key=$(setting KOHAKU_HUB_S3_ACCESS_KEY)
  secret_key=$(setting KOHAKU_HUB_S3_SECRET_KEY)
  conf=$DATA/run/s3proxy.conf
  # S3Proxy reads "anybody may read" from the mode of a file: all that it makes must be its owner's alone
  (
    umask 077
    mkdir -p "$DATA/objects/$bucket"
    chmod 700 "$DATA/objects" "$DATA/objects/$bucket"
    cat >"$conf" <<CONF
s3proxy.endpoint=http://$(in_url "$HOST"):$S3_PORT
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$access_key
s3proxy.credential=$secret_key
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$DATA/objects
CONF
    exec "$JAVA" -Xms32m -Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError \
      "-Dlogback.configurationFile=$HUB_HOME/server-config/s3proxy/logback.xml" "-Dhub.log=$DATA/log/s3proxy.log" \
      -cp "$HUB_CACHE/$dir/*" org.gaul.s3proxy.Main --properties "$conf"
  ) >"$DATA/log/s3proxy.out" 2>&1 &
  S3_PID=$!
  write_pid "$DATA/run/s3proxy.pid" "$S3_PID"
}
