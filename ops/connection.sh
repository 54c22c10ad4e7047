# Read by the other scripts: tells the programs of PostgreSQL, by variables, where the database of DATABASE_URL is. Not by
# arguments: those can be seen by everybody on the machine, and the address has the password in it.

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

decoded() {
  printf '%b' "${1//%/\\x}"
}

# What is a pooler to the processes is passed by: DATABASE_DIRECT_URL goes first, and a file for a variable.
database_url() {
  local name file
  for name in DATABASE_DIRECT_URL DATABASE_URL; do
    file="${name}_FILE"
    if [ -n "${!name:-}" ]; then printf '%s' "${!name}" && return; fi
    if [ -n "${!file:-}" ]; then cat "${!file}" && return; fi
  done
}

connect() {
  local url host
  url=$(database_url)
  [ -n "$url" ] || fail 'DATABASE_URL is not set: which database?'
  [[ "$url" =~ ^postgres(ql)?://([^:@/]+)(:([^@/]*))?@(\[[^]]+\]|[^:/?]+)(:([0-9]+))?/([^?]+)(\?(.*))?$ ]] ||
    fail 'DATABASE_URL is no address of a PostgreSQL: postgres://user:password@host:port/database'
  host=${BASH_REMATCH[5]//[\[\]]/}
  export PGUSER PGPASSWORD PGHOST=$host PGPORT=${BASH_REMATCH[7]:-5432} PGDATABASE PGAPPNAME=mycoach-backup
  local user=${BASH_REMATCH[2]} password=${BASH_REMATCH[4]} name=${BASH_REMATCH[8]} query=${BASH_REMATCH[10]}
  PGUSER=$(decoded "$user")
  PGPASSWORD=$(decoded "$password")
  PGDATABASE=$(decoded "$name")
  if [[ "$query" =~ (^|&)sslmode=([a-z-]+) ]]; then export PGSSLMODE=${BASH_REMATCH[2]}; fi
  if [[ "$query" =~ (^|&)sslrootcert=([^&]+) ]]; then
    PGSSLROOTCERT=$(decoded "${BASH_REMATCH[2]}")
    export PGSSLROOTCERT
  fi
}
