#!/bin/sh
# Fills the blanks of a file and prints the facts: what was filled, how sure it is, and the words that say it.
# Usage: sh examples/enrich-file/enrichFile.sh <in.jsonl> <out.jsonl>
set -eu
shelfwright=${SHELFWRIGHT:-npx shelfwright}
in=$1
out=$2

# The rows that are already filled are the training data. Progress goes to standard error.
$shelfwright enrich "$in" -o "$out" --report "$out.report.json"

node "$(dirname "$0")/readFacts.mjs" "$out"
