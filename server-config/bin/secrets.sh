# Secrets of a data folder: made once, kept under DIR/secrets, never stronger than the environment. Sourced.

random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
random_key() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; }

# Exports variable $1: from the environment, else from its file, else made by the rest of the line.
secret() {
  local name=$1 file=$DATA/secrets/$1
  shift
  if [ -z "${!name:-}" ]; then
    if [ ! -s "$file" ]; then
      mkdir -p "$DATA/secrets"
      chmod 700 "$DATA/secrets"
      (umask 077 && "$@" >"$file")
    fi
    printf -v "$name" '%s' "$(cat "$file")"
  fi
  export "${name?}"
}

# Values that stand in documents and examples: whoever reads them owns a hub that uses them.
refuse_public_secrets() {
  local name
  for name in KOHAKU_HUB_ADMIN_SECRET_TOKEN KOHAKU_HUB_SESSION_SECRET KOHAKU_HUB_DATABASE_KEY \
    KOHAKU_HUB_S3_SECRET_KEY KOHAKU_HUB_LAKEFS_SECRET_KEY; do
    case ${!name:-} in
      change-me* | change_me* | changeme* | your-* | minioadmin | admin | secret | password | test)
        fail "$name is a publicly known default and --host $HOST is reachable from outside: set a value of your own"
        ;;
    esac
  done
}

is_loopback() {
  case $1 in
    127.* | localhost | ::1) return 0 ;;
    *) return 1 ;;
  esac
}
