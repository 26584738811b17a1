#!/bin/sh
# Prices and stock for cron: takes a file or fetches one, and merges it into the catalog. The file has a column `id` and those
# to change, such as price, stock and availability; everything else of a product stays. Nothing is embedded and no reindex is
# needed: the running service has the new prices a moment later.
# Usage: sh examples/nightly-prices.sh <file, or http(s) address>
# The folders of the service: SHELFWRIGHT_SERVER_DATA and SHELFWRIGHT_SERVER_INDEXES, or the configuration file.
set -u
shelfwright=${SHELFWRIGHT:-npx shelfwright}
feed=$1

log() {
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) prices: $*"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $feed in
  http://* | https://*)
    # The name tells the format, so it is kept: prices.csv, prices.jsonl.gz.
    file=$work/$(basename "${feed%%\?*}")
    if ! curl --fail --silent --show-error --retry 3 --max-time 600 --output "$file" "$feed"; then
      log "failed: could not be fetched"
      exit 1
    fi
    ;;
  *) file=$feed ;;
esac

# Blank cells clear values. If they would clear a fifth of all prices, the import is refused: the file is broken.
summary=$($shelfwright import "$file" --quarantine "${QUARANTINE:-prices.quarantine.jsonl}" 2>&1)
code=$?
line=$(echo "$summary" | grep ' rows: ')
case $code in
  0) log "ok: $line" ;;
  3) log "ok, but rows are in ${QUARANTINE:-prices.quarantine.jsonl}: $line" ;;
  *)
    log "failed with $code: $(echo "$summary" | tail -n 1)"
    exit "$code"
    ;;
esac
# A row with an unknown id adds a product, which has a price and no title.
case $line in
  *" 0 imported"*) ;;
  *) log "warning: the file names products that the catalog did not have" ;;
esac
