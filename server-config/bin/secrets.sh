# Settings from outside, and the secrets of a data folder: made once, kept under DIR/secrets, never stronger than the environment. Sourced.

# What the environment, else the TOML file of HUB_CONFIG, says of variable $1; nothing when neither does.
setting() {
  if [ -n "${!1:-}" ]; then
    printf '%s' "${!1}"
  elif [ -n "${HUB_CONFIG:-}" ] && [ -r "$HUB_CONFIG" ]; then
    case $1 in
      KOHAKU_HUB_BASE_URL) toml_value app base_url ;;
      KOHAKU_HUB_DATABASE_URL) toml_value app database_url ;;
      KOHAKU_HUB_DATABASE_KEY) toml_value app database_key ;;
      KOHAKU_HUB_ADMIN_SECRET_TOKEN) toml_value admin secret_token ;;
      KOHAKU_HUB_SESSION_SECRET) toml_value auth session_secret ;;
      KOHAKU_HUB_S3_*) toml_value s3 "$(tr '[:upper:]' '[:lower:]' <<<"${1#KOHAKU_HUB_S3_}")" ;;
      KOHAKU_HUB_LAKEFS_*) toml_value lakefs "$(tr '[:upper:]' '[:lower:]' <<<"${1#KOHAKU_HUB_LAKEFS_}")" ;;
    esac
  fi
}

# The value of key $2 in table [$1]: a plain or quoted value on the key's own line.
toml_value() {
  awk -v table="[$1]" -v key="$2" '
    /^[ \t]*\[/ { gsub(/[ \t]/, ""); inside = ($0 == table); next }
    inside && $0 ~ "^[ \t]*" key "[ \t]*=" {
      sub(/^[^=]*=[ \t]*/, "")
      if (/^["'\'']/) { quote = substr($0, 1, 1); $0 = substr($0, 2); sub(quote ".*", "") } else sub(/[ \t]*(#.*)?$/, "")
      printf "%s", $0
      exit
    }' "$HUB_CONFIG"
}

random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
random_key() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; }

# Makes sure that variable $1 has a value, kept in a file of that name: makes one by the rest of the line.
secret() {
  local name=$1 file=$DATA/secrets/$1
  shift
  [ -z "$(setting "$name")" ] || return 0
  if [ ! -s "$file" ]; then
    mkdir -p "$DATA/secrets"
    chmod 700 "$DATA/secrets"
    (umask 077 && "$@" >"$file")
  fi
  export "$name=$(cat "$file")"
}

# Values that stand in documents and examples: whoever reads them owns a hub that uses them.
refuse_public_secrets() {
  local name
  for name in KOHAKU_HUB_ADMIN_SECRET_TOKEN KOHAKU_HUB_SESSION_SECRET KOHAKU_HUB_DATABASE_KEY \
    KOHAKU_HUB_S3_SECRET_KEY KOHAKU_HUB_LAKEFS_SECRET_KEY; do
    case $(setting "$name") in
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
