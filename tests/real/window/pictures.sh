#!/bin/bash
# Draws every page and state of the window without a screen, and compares the ones that are kept.
#
#   tests/real/window/pictures.sh [OUT]                  from the reports that are kept; pictures in OUT (target/pictures)
#   FRESH=PATH-OF-INZAGE tests/real/window/pictures.sh   also from new reports of real packages, into OUT/fresh (as root on Debian, some minutes)
#   RENEW=1 tests/real/window/pictures.sh                puts what is drawn now in the place of what is kept: look at it first
#
# A picture may differ in 0.4 % of its pixels: a few words more or less, but no line that moved. What differs is drawn red in NAME.differs.png.
set -euo pipefail
cd "$(dirname "$0")/../../.."
# Moments are told in the worker's own time zone.
export TZ=Europe/Amsterdam LC_ALL=C.UTF-8
KEPT=tests/real/window/kept
OUT=${1:-target/pictures}
mkdir -p "$OUT"
rm -f "$OUT"/*.png

run() { cargo run --release -q -p inzage-window --example "$@"; }

run pictures -- "$KEPT" "$OUT"
if [ -n "${FRESH:-}" ]; then
    bash tests/real/window/data.sh "$FRESH" "$OUT/data"
    run pictures -- "$OUT/data" "$OUT/fresh"
fi
# Those of the README are kept too, so that they show the window as it is.
STATUS=0
for kept in "$KEPT/pictures" agent/window/pictures; do
    run compare -- ${RENEW:+--renew} "$kept" "$OUT" || STATUS=1
done
[ "$STATUS" = 0 ] || echo "Are the new pictures right? Then renew those that are kept: RENEW=1 tests/real/window/pictures.sh" >&2
exit "$STATUS"
