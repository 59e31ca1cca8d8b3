#!/bin/bash
# The window in the hands of a worker with a keyboard or a screen reader: in a throw-away Debian with a screen, a window manager, a session bus
# and the bus of screen readers, as an ordinary user. Every page in both languages, and what the window must do.
#
#   tests/real/window/walk.sh PATH-OF-INZAGE    inzage-window must lie beside it
INZAGE=$(realpath "${1:?usage: walk.sh PATH-OF-INZAGE}")
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/../root.sh"
HERE=$(cd "$(dirname "$0")" && pwd)
PROJECT=$(cd "$HERE/../../.." && pwd)
WINDOW=$(dirname "$INZAGE")/inzage-window
[ -x "$WINDOW" ] || { echo "$WINDOW is not built" >&2; exit 1; }

# Nothing of a report is needed for these: told VALUE TEXT
told() { echo '{"findings": [], "exposure": [], "coverage": []}' >"$ROOTS/none.json"; check "$ROOTS/none.json" "$1" "$2"; }
is() { if "$@" >/dev/null 2>&1; then echo 1; else echo 0; fi; }

ROOT=$(make_root walk)
install "$ROOT" dbus dbus-bin xvfb openbox at-spi2-core python3-gi gir1.2-atspi-2.0 xdotool veyon-service libqca-qt5-2-plugins
cp "$WINDOW" "$ROOT/usr/local/bin/"
cp "$HERE/session.sh" "$HERE/desk.py" "$HERE/walk.py" "$ROOT/"
mkdir "$ROOT/texts"
for language in nl en; do cat "$PROJECT/agent/texts/$language"/*.ftl >"$ROOT/texts/$language.ftl"; done

# Where there is no screen.
as_anna "$ROOT" 'inzage --lang en window' >"$ROOTS/out" 2>"$ROOTS/err" && status=0 || status=$?
told "$status == 1 and $(wc -l <"$ROOTS/err") == 1 and $(is grep -q "$(sed -n 's/^window-no-screen = //p' "$ROOT/texts/en.ftl")" "$ROOTS/err") == 1" 'without a screen the window says in one line that it cannot be opened, and ends with 1'
told "$(is grep -q '\.rs:' "$ROOTS/err") == 0" 'without names of places in the source'
sed 's/^/        /' "$ROOTS/err"
as_anna "$ROOT" 'inzage' >"$ROOTS/out" 2>"$ROOTS/err" && status=0 || status=$?
told "$status == 0 and $(is grep -q Veyon "$ROOTS/out") == 1" 'and without a command the program makes a scan'
told "$(is test -e "$ROOT/home/anna/.local/share/inzage") == 0" 'of which nothing is kept'

# The walk: its own lines count.
as_anna "$ROOT" 'bash /session.sh' >"$ROOTS/walk.out" 2>"$ROOTS/walk.err" && status=0 || status=$?
cat "$ROOTS/walk.out"
PASSED=$((PASSED + $(grep -c '^ok' "$ROOTS/walk.out" || true)))
FAILED=$((FAILED + $(grep -c '^FAILED' "$ROOTS/walk.out" || true)))
# One that broke off has fewer lines than checks.
told "$(is grep -q '^the walk is over$' "$ROOTS/walk.out") == 1" 'the walk went on to its end'
[ "$FAILED" = 0 ] || grep -v 'dbind-WARNING\|^$' "$ROOTS/walk.err" | tail -n 30 >&2 || true
finish
