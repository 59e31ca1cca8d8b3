#!/bin/bash
# The window with a record of ten years: how long until its first frame, and how much memory; and how long a picture takes while it scrolls.
#
#   tests/real/window/speed.sh PATH-OF-INZAGE [RUNS]     inzage-window lies beside it
#
# The screen is Xvfb, without a window manager and without a session bus, in a home of its own. See first_frame.py for what is measured. Nothing
# here is a timed test: other work on the machine would decide it.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
INZAGE=$(realpath "${1:?usage: speed.sh PATH-OF-INZAGE [RUNS]}")
RUNS=${2:-7}
cd "$(dirname "$0")/../../.."
command -v Xvfb >/dev/null || apt-get install -y -qq --no-install-recommends xvfb >/dev/null
/usr/bin/python3 -c 'import Xlib' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-xlib >/dev/null

PLACE=$(mktemp -d /var/tmp/inzage-speed.XXXXXX)
PIDS=()
cleanup() {
    local pid
    for pid in "${PIDS[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf --one-file-system "$PLACE"
}
trap cleanup EXIT

worker() { env -i HOME="$PLACE" PATH=/usr/bin:/bin LANG=nl_NL.UTF-8 DISPLAY="${SCREEN:-}" XDG_RUNTIME_DIR="$PLACE" "$@"; }
worker "$INZAGE" record on >/dev/null
rm -f "$PLACE"/.local/share/inzage/record.*
cargo run --release -q -p inzage-bench --bin record -- "$PLACE/.local/share/inzage/record.sqlite"

exec 3<>"$PLACE/display"
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp >"$PLACE/xvfb.log" 2>&1 &
PIDS+=($!)
for _ in $(seq 100); do [ -s "$PLACE/display" ] && break; sleep 0.1; done
SCREEN=:$(tr -d '\n' <"$PLACE/display")
worker /usr/bin/python3 tests/real/window/first_frame.py "$RUNS" 4 "$(dirname "$INZAGE")/inzage-window"
cargo run --release -q -p inzage-window --example frames
