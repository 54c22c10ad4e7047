#!/usr/bin/env bash
# Brings a backup into an empty database, all of it or nothing:
#
#   DATABASE_URL=… [DATA_DIR=…] ops/restore.sh /backups/mycoach-20260302T030000Z
#
# No process of MyCoach may run on that database meanwhile. Pictures and videos go to DATA_DIR, beside what is there.
# Afterwards: migrate, then erase again who was erased since. docs/runbook.md has the order.
set -euo pipefail
umask 077
source "$(dirname "${BASH_SOURCE[0]}")/connection.sh"

[ $# -eq 1 ] || fail 'usage: ops/restore.sh <folder of one backup>'
[ -f "$1/database.dump" ] || fail "There is no backup in $1"
(cd "$1" && sha256sum --check --quiet --strict SHA256SUMS) || fail "The backup in $1 is damaged"
connect

tables=$(psql --no-psqlrc --quiet --tuples-only --no-align --command \
  "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")
[ "$tables" = 0 ] || fail "The database $PGDATABASE is not empty, it has $tables tables: restore into a new one"

pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$PGDATABASE" "$1/database.dump"
# The planner knows nothing of tables that were just filled.
psql --no-psqlrc --quiet --command ANALYZE
if [ -f "$1/files.tar" ]; then
  [ -n "${DATA_DIR:-}" ] || fail 'The database is restored. The backup has pictures: set DATA_DIR, and unpack files.tar there'
  mkdir -p "$DATA_DIR"
  tar --extract --file="$1/files.tar" --directory="$DATA_DIR" --skip-old-files
fi
printf 'Restored. Now migrate, and run the command erasures:reapply before anybody is served.\n'
