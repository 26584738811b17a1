#!/bin/sh
# Nightly update for cron: imports the day's file, reindexes, checks the result, and rolls back if a check fails.
# The running service switches to the new generation by itself and answers searches throughout.
# Usage: sh examples/nightly-reindex/nightly.sh <products file> <query> <id that the query must find>
# The folders of the service: SHELFWRIGHT_SERVER_DATA and SHELFWRIGHT_SERVER_INDEXES, or the configuration file.
set -eu
shelfwright=${SHELFWRIGHT:-npx shelfwright}
file=$1
query=$2
expected=$3

# --full deletes products that are not in the file. The shrink guard refuses a truncated file.
# Exit code 3: done, but some rows could not be read and are in quarantine.
$shelfwright import "$file" --full || [ $? -eq 3 ]

# Builds a generation beside the current one and switches only if its own checks pass. If this fails, nothing changes.
$shelfwright reindex

# A check of your own, on the new generation.
if $shelfwright search "$query" --limit 10 --json | grep -q "\"id\":\"$expected\""; then
  echo "ok: \"$query\" finds $expected"
else
  echo "failed: \"$query\" does not find $expected; rolling back" >&2
  $shelfwright generations rollback
  exit 1
fi
