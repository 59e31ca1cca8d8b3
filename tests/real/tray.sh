#!/bin/bash
# The process that stays, on a real session bus with a real notification server: icon, menu, notifications, one for each user, start at login.
#
#   tests/real/tray.sh PATH-OF-INZAGE    as root on Debian; everything is done by the ordinary user anna, who is made when there is none
#
# The panel is stood in for by tests/real/tray.py; the bus, the display (Xvfb) and the notification server (dunst) are the real ones. A product
# is laid out below /opt, and everything is taken away again, however it ends.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

HERE=$(cd "$(dirname "$0")" && pwd)
SOURCE=$(realpath "${1:?usage: tray.sh PATH-OF-INZAGE}")
[ "$(id -u)" = 0 ] || { echo "this test makes a user: run it as root" >&2; exit 1; }
for need in dbus-daemon:dbus-daemon dbus-monitor:dbus-bin Xvfb:xvfb dunst:dunst dunstctl:dunst setpriv:util-linux; do
    command -v "${need%:*}" >/dev/null || apt-get install -y -qq --no-install-recommends "${need#*:}" >/dev/null
done
/usr/bin/python3 -c 'import dbus, gi' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-dbus python3-gi >/dev/null

WORK=$(mktemp -d /var/tmp/inzage-tray.XXXXXX)
chmod 755 "$WORK"
PRODUCT=/opt/timedoctorpro
MADE_ANNA=
PIDS=()
if ! id anna >/dev/null 2>&1; then
    useradd --create-home --shell /bin/bash anna
    MADE_ANNA=yes
fi
[ ! -e "$PRODUCT" ] || { echo "$PRODUCT is there already" >&2; exit 1; }

cleanup() {
    local status=$? pid
    for pid in "${PIDS[@]}"; do kill "$pid" 2>/dev/null || true; done
    [ ! -e "$PRODUCT" ] || rmdir "$PRODUCT"
    rm -rf --one-file-system "$WORK"
    [ -z "$MADE_ANNA" ] || userdel --remove anna 2>/dev/null || true
    return "$status"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# The paths have a space and a sign in them that must be quoted in the autostart file.
BIN="$WORK/a program's \$folder"
HOME_OF_ANNA=$WORK/home
RUNTIME=$WORK/runtime
mkdir "$BIN" "$HOME_OF_ANNA" "$RUNTIME"
cp "$SOURCE" "$BIN/inzage"
chmod 755 "$BIN/inzage"
chown anna: "$HOME_OF_ANNA" "$RUNTIME"
chmod 700 "$RUNTIME"
INZAGE=$BIN/inzage
DISPLAY_OF_ANNA=
BUS=
SPEAKS=nl_NL.UTF-8

# What makes a command one of the worker's, in AS.
as_worker() {
    AS=(setpriv --reuid anna --regid anna --init-groups env -i -C / HOME="$HOME_OF_ANNA" USER=anna LANG="$SPEAKS" PATH="$WORK/bin:/usr/bin:/bin"
        XDG_RUNTIME_DIR="$RUNTIME")
    [ -z "$BUS" ] || AS+=("DBUS_SESSION_BUS_ADDRESS=$BUS")
    [ -z "$DISPLAY_OF_ANNA" ] || AS+=("DISPLAY=$DISPLAY_OF_ANNA")
}
# Runs a program as the worker: worker COMMAND...
worker() {
    as_worker
    "${AS[@]}" "$@" </dev/null
}
# The same beside the test, until it ends; STARTED is its number: start NAME-OF-LOG COMMAND...
start() {
    local log=$1
    shift
    as_worker
    "${AS[@]}" "$@" </dev/null >"$WORK/$log.out" 2>"$WORK/$log.err" &
    STARTED=$!
    PIDS+=("$STARTED")
}
ask() { worker /usr/bin/python3 "$HERE/tray.py" "$@"; }

PASSED=0
FAILED=0
# is ACTUAL EXPECTED TEXT
is() {
    if [ "$1" = "$2" ]; then
        PASSED=$((PASSED + 1))
        echo "ok      $3"
    else
        FAILED=$((FAILED + 1))
        echo "FAILED  $3: \"$1\" and not \"$2\""
    fi
}
# Whether a command succeeds: does TEXT COMMAND...
does() {
    local text=$1 status=0
    shift
    "$@" >"$WORK/said" 2>&1 || status=$?
    is "$status" 0 "$text"
    [ "$status" = 0 ] || sed 's/^/        /' "$WORK/said"
}
# Waits at most $1 tenths of a second until a command succeeds.
wait_for() {
    local left=$1
    shift
    until "$@" >/dev/null 2>&1; do
        ((left-- > 0)) || return 1
        sleep 0.1
    done
}
# Waits for a notification and prints after how many milliseconds it came: notified SECONDS WORDS
notified() { ask notified "$@"; }
# How many notifications came: those that are still on the screen and those in the list.
notifications() { echo $(($(worker dunstctl count displayed) + $(worker dunstctl count waiting) + $(worker dunstctl count history))); }
has_icon() { grep -q StatusNotifierItem "$WORK/panel.out"; }
says() { ask menu | grep -qF -- "$1"; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }
start_tray() {
    start tray "$INZAGE" tray
    TRAY=$STARTED
}

echo "== no desktop at all"
SPEAKS=en_GB.UTF-8
start_tray
does 'it runs without a bus and without a display' wait_for 50 worker "$INZAGE" tray status
sleep 11
is "$(grep -c 'shows no icons' "$WORK/tray.err")" 1 'and says once that this desktop shows no icons'
does 'it ends when it is asked to' worker "$INZAGE" tray quit
wait "$TRAY" && status=0 || status=$?
is "$status" 0 'with 0'

echo "== a desktop"
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$WORK/display" >/dev/null 2>&1 &
PIDS+=($!)
wait_for 100 test -s "$WORK/display"
DISPLAY_OF_ANNA=:$(cat "$WORK/display")
worker dbus-daemon --session --fork --print-address=1 --print-pid=1 >"$WORK/bus"
BUS=$(head -n 1 "$WORK/bus")
PIDS+=("$(tail -n 1 "$WORK/bus")")
start dunst dunst
start monitor dbus-monitor --session "interface='org.freedesktop.Notifications',member='Notify'"
does 'the notification server is there' wait_for 100 worker dunstctl history

echo "== without a panel, which comes later"
start_tray
sleep 11
is "$(grep -c 'shows no icons' "$WORK/tray.err")" 1 'a desktop without a panel is told so'
does 'also on the screen, where it is seen' notified 1 'shows no icons'
start panel /usr/bin/python3 "$HERE/tray.py" panel
does 'the icon comes when the panel comes' wait_for 50 has_icon
kill -KILL "$TRAY"
wait "$TRAY" 2>/dev/null || true

echo "== after a kill, in Dutch"
SPEAKS=nl_NL.UTF-8
is "$(find "$RUNTIME/inzage" -type s | wc -l)" 1 'the killed process left its socket behind'
start_tray
does 'another start takes its place' wait_for 50 ask tooltip
does 'it has looked' wait_for 100 says 'geen programma gevonden'
is "$(ask property Title)" Inzage 'its title'
is "$(ask property Status)" Active 'it is shown'
is "$(ask tooltip)" 'Inzage: geen programma gevonden dat gemaakt is om mensen te volgen' 'its tooltip says what was found'
read -r width height dark light < <(ask picture)
is "$((width >= 32 && width == height && dark > 100 && light > 100))" 1 'its picture has dark and light parts'
is "$(ask menu | tr '\n' '|')" 'Inzage: geen programma gevonden dat gemaakt is om mensen te volgen|Openen|Nu kijken|[ ] Pauze|Taal|[x] Nederlands|[ ] English|[ ] Starten als je inlogt|[ ] Meldingen zeggen wat er veranderd is|Stoppen|' 'its menu'
grep -E '^(VmRSS|RssAnon|RssFile|Threads)' "/proc/$TRAY/status" | tr -s '\t ' ' ' | tr '\n' ',' | sed 's/^/        /; s/,$/\n/'

echo "== a second start"
status=0
said=$(worker timeout 10 "$INZAGE" tray) || status=$?
is "$status $said" '0 Inzage draait al.' 'ends at once with 0 and says so'
running() { readlink /proc/[0-9]*/exe 2>/dev/null | grep -cFx -- "$INZAGE"; }
is "$(running)" 1 'one process runs'
is "$(ss -Htlnup 2>/dev/null | grep -c inzage || true)" 0 'and listens on no port'
is "$(stat -c '%a %U' "$RUNTIME/inzage" "$RUNTIME/inzage/socket" | tr '\n' ' ')" '700 anna 600 anna ' 'its socket is for this user alone'

echo "== the menu does it"
ask click English
does 'the language changes at once' wait_for 30 says 'Start at login'
is "$(ask menu | tr '\n' '|')" 'Inzage: no program found that is made to follow people|Open|Look now|[ ] Pause|Language|[ ] Nederlands|[x] English|[ ] Start at login|[ ] Notifications say what changed|Quit|' 'the whole menu'
is "$(ask tooltip)" 'Inzage: no program found that is made to follow people' 'and the tooltip'
ask click Pause
does 'it pauses' wait_for 30 says '[x] Pause'
is "$(ask tooltip)" 'Inzage: paused' 'and says so'
ask click Pause
does 'it goes on' wait_for 30 says '[ ] Pause'
AUTOSTART=$HOME_OF_ANNA/.config/autostart/inzage.desktop
ask click 'Start at login'
does 'start at login is ticked' wait_for 30 says '[x] Start at login'
does 'and there is the file' test -f "$AUTOSTART"
# What a desktop would start, read by the library that GNOME and Xfce start it with.
is "$(worker /usr/bin/python3 -c 'import sys; from gi.repository import GLib
file = GLib.KeyFile.new(); file.load_from_file(sys.argv[1], 0)
print(GLib.shell_parse_argv(file.get_string("Desktop Entry", "Exec").replace("%%", "%"))[1])' "$AUTOSTART")" "$(/usr/bin/python3 -c 'import sys; print([sys.argv[1], "tray"])' "$INZAGE")" 'that starts this program'
is "$(worker /usr/bin/python3 -c 'import sys, gi
from gi.repository import Gio
print(Gio.DesktopAppInfo.new_from_filename(sys.argv[1]) is not None)' "$AUTOSTART")" True 'and whose TryExec is found'
ask click 'Start at login'
does 'and not ticked any more' wait_for 30 says '[ ] Start at login'
is "$(ls -A "$(dirname "$AUTOSTART")")" '' 'and the file is gone'

echo "== a folder that may not be written"
chmod 500 "$HOME_OF_ANNA/.config/autostart"
ask click 'Start at login'
does 'it says that it could not be changed' notified 3 'Start at login could not be changed'
does 'and the item is not ticked' says '[ ] Start at login'
chmod 700 "$HOME_OF_ANNA/.config/autostart"

echo "== open"
mkdir -p "$WORK/bin"
# Stands in for the terminal that the worker has chosen.
printf '#!/bin/sh\nfor word; do echo "$word"; done >"$HOME/opened.new"; mv "$HOME/opened.new" "$HOME/opened"\n' >"$WORK/bin/xdg-terminal-exec"
chmod 755 "$WORK/bin/xdg-terminal-exec"
ask click Open
does 'a terminal is opened' wait_for 30 test -f "$HOME_OF_ANNA/opened"
is "$(grep -cFx -- "$INZAGE" "$HOME_OF_ANNA/opened")" 1 'with this program in it'
rm "$HOME_OF_ANNA/opened"
ask activate
does 'a click on the icon does the same' wait_for 30 test -f "$HOME_OF_ANNA/opened"
rm "$HOME_OF_ANNA/opened"

echo "== a product comes"
before=$(notifications)
mkdir "$PRODUCT"
ask click 'Look now'
milliseconds=$(notified 3 'Inzage: something changed') || milliseconds=none
is "$([ "$milliseconds" != none ] && echo yes)" yes "a notification comes (after $milliseconds ms)"
history=$(worker dunstctl history)
is "$(grep -ci 'time doctor' <<<"$history" || true)" 0 'which names nothing, because screens are shared'
is "$(grep -A1 'string "urgency"' "$WORK/monitor.out" | grep -c 'byte 1$') $(grep -c 'string "urgency"' "$WORK/monitor.out") $(grep -Ec '"transient"|byte 2$' "$WORK/monitor.out" || true)" \
    "$(printf '%s %s 0' "$(grep -c 'member=Notify' "$WORK/monitor.out")" "$(grep -c 'member=Notify' "$WORK/monitor.out")")" 'all are of normal urgency, and stay in the list of the desktop'
does 'the icon says it' wait_for 30 says '1 program found'
does 'and the list in the menu' says 'Time Doctor'
ask click 'Look now'
sleep 2
is "$(($(notifications) - before))" 1 'another look tells nothing again'
rmdir "$PRODUCT"
ask click 'Look now'
does 'it is gone' wait_for 50 says 'no program found'
mkdir "$PRODUCT"
ask click 'Look now'
does 'and back on the same day' wait_for 50 says '1 program found'
is "$(($(notifications) - before))" 1 'which is told once'
rmdir "$PRODUCT"

echo "== quit"
ask click Quit
does 'ends the process' wait_for 50 is_gone "$TRAY"
wait "$TRAY" && status=0 || status=$?
is "$status" 0 'with 0'
is "$(find "$RUNTIME" -type s -path '*inzage*' | wc -l)" 0 'and takes its socket away'
is "$(find "$HOME_OF_ANNA" -path '*/share/inzage/*' -type f -printf '%f ')" 'settings.json ' 'and kept only what was picked'

echo "$PASSED passed, $FAILED failed"
[ "$FAILED" = 0 ]
