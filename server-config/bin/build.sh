# Builds the hub and fetches its servers. Sourced; needs common.sh and find_java.

# Maven as the project pins it; an installed one where the wrapper cannot fetch it.
find_maven() {
  [ -z "${HUB_MAVEN:-}" ] || return 0
  HUB_MAVEN=$HUB_HOME/mvnw
  if ! "$HUB_MAVEN" -v >/dev/null 2>&1; then
    command -v mvn >/dev/null || fail "mvnw could not fetch Maven, and no mvn is installed"
    say "mvnw could not fetch Maven: using $(command -v mvn)"
    HUB_MAVEN=mvn
  fi
}

hub_maven() {
  find_maven
  (cd "$HUB_HOME" && "$HUB_MAVEN" -q -B "$@" >&2)
}

# Are the sources newer than what was built of them? A folder is when a file in it came or went.
sources_changed() {
  [ ! -f "$1" ] || [ -n "$(find "$HUB_HOME/pom.xml" "$HUB_HOME"/hub-{query,ejb,git-servlet,web,ear,micro} \
    "$HUB_HOME/server-config/s3proxy" -name target -prune -o \
    \( -path '*/src/main/*' -o -path '*/src/build/*' -o -name pom.xml \) -newer "$1" -print | head -n 1)" ]
}

build_hub() {
  sources_changed "$1" || return 0
  command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" >/dev/null || fail "a JDK is needed to build; only a JRE was found"
  exclusively "$HUB_HOME/target/build" build_now "$@"
}

# Builds product $1 by the modules $2, unless whom we waited for has done so.
build_now() {
  sources_changed "$1" || return 0
  say "building the hub (the first time fetches its libraries, some minutes) …"
  hub_maven -DskipTests -Dspotless.check.skip=true package -pl "$2" -am || fail "the build failed"
  touch "$1"
}

# Unpacks something fetched into the cache once: install NAME FUNCTION runs "FUNCTION DIR" on a new folder.
install_once() {
  local target=$HUB_CACHE/$1
  [ -d "$target" ] || exclusively "$target" install_now "$target" "$2"
}

install_now() {
  [ ! -d "$1" ] || return 0
  rm -rf "$1.part"
  mkdir -p "$1.part" || fail "cannot write to $HUB_CACHE (HUB_CACHE names another folder)"
  "$2" "$1.part"
  mv "$1.part" "$1"
}
