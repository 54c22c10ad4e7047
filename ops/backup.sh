#!/usr/bin/env bash
# Backs MyCoach up into a new folder below the one that is named, and prints its name:
#
#   DATABASE_URL=… [DATA_DIR=…] ops/backup.sh /backups
#
# As the owner of the tables or a superuser. It needs pg_dump and psql, of the version of the server or newer. Pictures and
# videos are in it where they lie in DATA_DIR; a bucket is backed up by whoever keeps it. Receipts of erasures are not: they
# have to be newer than what is restored.
set -euo pipefail
umask 077
source "$(dirname "${BASH_SOURCE[0]}")/connection.sh"

[ $# -eq 1 ] || fail 'usage: ops/backup.sh <folder for backups>'
[ -d "$1" ] || fail "There is no folder $1"
connect

# pg_dump stops at rows that are kept from it, too, and names a table that nobody has heard of.
hidden=$(psql --no-psqlrc --quiet --tuples-only --no-align --command \
  "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND row_security_active(oid)")
[ "$hidden" = 0 ] || fail "$PGUSER does not see all rows of $hidden tables: back up as the owner of the tables or as a superuser"

folder="$1/mycoach-$(date -u +%Y%m%dT%H%M%SZ)"
[ ! -e "$folder" ] || fail "There is a backup of this second: $folder"
# Half a backup never has the name of a whole one.
draft="$folder.partial"
trap 'rm -rf "$draft"' EXIT
mkdir "$draft"

pg_dump --format=custom --no-owner --no-privileges --file="$draft/database.dump"
# After the database: what it names is there, what came since is too much and does no harm.
kept=()
for name in photos videos; do
  if [ -d "${DATA_DIR:-/nowhere}/$name" ]; then kept+=("$name"); fi
done
if [ "${#kept[@]}" -gt 0 ]; then tar --create --ignore-failed-read --file="$draft/files.tar" --directory="$DATA_DIR" --exclude='.*' "${kept[@]}"; fi
(cd "$draft" && sha256sum -- * >SHA256SUMS)

mv "$draft" "$folder"
printf '%s\n' "$folder"
