#!/bin/sh
# Checks a file of merchandising rules, previews a search with them, publishes them, and rolls back.
# A running service applies the rules from the next search on.
# Usage: sh examples/rules/publish.sh [rules.yaml] [query]
set -eu
shelfwright=${SHELFWRIGHT:-npx shelfwright}
rules=${1:-$(dirname "$0")/rules.yaml}
query=${2:-coat}

# Exit code 1 for errors, which stops this script. Warnings name products or values that the catalog does not have.
$shelfwright rules lint "$rules"

# The search with the current rules and with these, at a date when they apply.
$shelfwright rules preview "$rules" "$query" --limit 5 --at 2026-10-01

$shelfwright rules publish "$rules" --by example --note "autumn campaign"

# Rolling back publishes the old version again; 0 is the state without rules.
$shelfwright rules rollback 0 --by example
