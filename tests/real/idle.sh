#!/bin/bash
# The process that stays, on the real thing: what it takes while nothing happens, what it takes in a storm, and whether it still sees after that.
#
#   tests/real/idle.sh PATH-OF-INZAGE [SECONDS]    idles for a minute unless told otherwise; run it as root
#
# It runs as an ordinary user that is made for it, among 200 processes that do nothing, as a laptop has them, and sees no others: what else runs on
# the machine that tests is not idle. A second user has it with the icon meanwhile, on a session bus with the panel of tests/real/tray.py. Each
# measure is printed with its budget; far out (more than twice) is a failure.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
INZAGE=$(realpath "${1:?path of inzage}")
SECONDS_IDLE=${2:-60}
export LC_ALL=C.UTF-8

[ "$(id -u)" = 0 ] || { echo "this test makes a user: run it as root" >&2; exit 1; }
if [ -z "${INZAGE_ALONE:-}" ]; then
    command -v dbus-daemon >/dev/null || apt-get install -y -qq --no-install-recommends dbus-daemon >/dev/null
    /usr/bin/python3 -c 'import dbus, gi' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-dbus python3-gi >/dev/null
    INZAGE_ALONE=1 exec unshare --fork --pid --mount-proc --kill-child "$0" "$@"
fi
WHO=inzage-idle
WITH_ICON=inzage-icon
PLACE=$(mktemp -d /var/tmp/inzage-idle.XXXXXX)
PID=
FAILED=0
cleanup() {
    jobs -p | xargs -r kill 2>/dev/null || true
    wait 2>/dev/null || true
    for user in "$WHO" "$WITH_ICON"; do userdel -r "$user" 2>/dev/null || true; done
    rm -rf "$PLACE"
}
trap cleanup EXIT
for user in "$WHO" "$WITH_ICON"; do useradd -m -s /bin/bash "$user"; done
home_of() { getent passwd "$1" | cut -d: -f6; }
HOME_OF=$(home_of "$WHO")
cp "$INZAGE" "$PLACE/inzage"
chmod 755 "$PLACE" "$PLACE/inzage"
# What makes a command one of a user's: as USER VARIABLE=VALUE...
as() {
    local user=$1
    shift
    AS=(setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME="$(home_of "$user")" USER="$user" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 "$@")
}
as "$WHO"
AS_USER=("${AS[@]}")

field() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$PID/status"; }
# Of all its threads: nanoseconds on a processor, and how often it went to sleep by itself.
spent() { cat /proc/"$PID"/task/*/schedstat | awk '{ all += $1 } END { printf "%d\n", all }'; }
wakes() { cat /proc/"$PID"/task/*/status | awk '$1 == "voluntary_ctxt_switches:" { all += $2 } END { print all }'; }
now() { date +%s%N; }
budget() { # name measured unit budget
    awk -v n="$1" -v m="$2" -v u="$3" -v b="$4" 'BEGIN { printf "%-44s %8.2f %-10s budget %6.2f  %5.2f ×\n", n, m, u, b, m / b; exit m > 2 * b }' || { FAILED=1; echo "FAILED  far out"; }
}
lines() { wc -l <"$PLACE/told"; }
# Waits for a change that tells of a product, or of a look, after a number of lines.
told() { # product lines seconds
    local start
    start=$(now)
    while ! tail -n "+$(($2 + 1))" "$PLACE/told" | grep -q "\"$1\""; do
        if [ $(($(now) - start)) -gt $(($3 * 1000000000)) ]; then
            echo "FAILED  nothing was told of $1 in $3 s"
            FAILED=1
            return
        fi
        sleep 0.02
    done
    awk -v s="$1" -v t=$(($(now) - start)) 'BEGIN { printf "told of %-20s after %.2f s\n", s, t / 1e9 }'
}

for number in $(seq 200); do
    name=$PLACE/idle-$((number % 40))
    [ -e "$name" ] || cp /bin/sleep "$name"
    "$name" infinity &
done
RUNTIME=$PLACE/runtime
mkdir "$RUNTIME"
chown "$WITH_ICON:" "$RUNTIME"
chmod 700 "$RUNTIME"
as "$WITH_ICON" XDG_RUNTIME_DIR="$RUNTIME" DBUS_SESSION_BUS_ADDRESS="unix:path=$RUNTIME/bus"
"${AS[@]}" dbus-daemon --session --nofork --address="unix:path=$RUNTIME/bus" 2>/dev/null &
until [ -S "$RUNTIME/bus" ]; do sleep 0.1; done
"${AS[@]}" /usr/bin/python3 "$HERE/tray.py" panel >"$PLACE/panel" &
until "${AS[@]}" /usr/bin/python3 -c 'import dbus, sys; sys.exit(not dbus.SessionBus().name_has_owner("org.kde.StatusNotifierWatcher"))'; do sleep 0.1; done
"${AS[@]}" "$PLACE/inzage" record on >/dev/null

"${AS_USER[@]}" "$PLACE/inzage" watch --json >"$PLACE/told" 2>"$PLACE/errors" &
PLAIN=$!
"${AS[@]}" "$PLACE/inzage" tray 2>>"$PLACE/errors" &
ICON=$!
PID=$PLAIN
told looked 0 30
# The first looks are no idling.
sleep 5
grep -q StatusNotifierItem "$PLACE/panel" || { echo "FAILED  no icon came"; FAILED=1; }

declare -A S_OF W_OF
for PID in "$PLAIN" "$ICON"; do S_OF[$PID]=$(spent) W_OF[$PID]=$(wakes); done
T=$(now)
sleep "$SECONDS_IDLE"
TOOK=$(($(now) - T))
for PID in "$PLAIN" "$ICON"; do
    echo "== idle, $SECONDS_IDLE s, $([ "$PID" = "$ICON" ] && echo with || echo without) the icon"
    budget "resident" "$(awk -v k="$(field VmRSS)" 'BEGIN { print k / 1024 }')" MB 15
    echo "of which its own, and of files: $(field RssAnon) kB, $(field RssFile) kB; threads: $(field Threads); watches: $(cat /proc/"$PID"/fdinfo/* | grep -c ^inotify)"
    budget "processor" "$(awk -v s=$(($(spent) - S_OF[$PID])) -v t="$TOOK" 'BEGIN { print 100 * s / t }')" "% of one" 0.1
    # No promise names these. The icon's session bus wakes threads of its own, more than it should: better is wanted here.
    budget "wake-ups" "$(awk -v s=$(($(wakes) - W_OF[$PID])) -v t="$TOOK" 'BEGIN { print s / t * 1e9 }')" "a second" "$([ "$PID" = "$ICON" ] && echo 5 || echo 2)"
done
kill "$ICON"
PID=$PLAIN

echo "== a change"
L=$(lines)
"${AS_USER[@]}" mkdir -p "$HOME_OF/.config/autostart"
"${AS_USER[@]}" sh -c 'printf "[Desktop Entry]\nType=Application\nExec=/bin/true\n" >~/.config/autostart/x11vnc.desktop'
told x11vnc "$L" 3
L=$(lines)
cp /bin/sleep "$PLACE/veyon-service"
"${AS_USER[@]}" "$PLACE/veyon-service" 30 &
OTHER=$!
told veyon "$L" 3
kill "$OTHER" 2>/dev/null || true

echo "== a storm: 3,000 processes and 100,000 files in a watched folder"
"${AS_USER[@]}" mkdir -p "$HOME_OF/.local/share/applications"
sleep 2
echo 5 >"/proc/$PID/clear_refs"
S=$(spent) W=$(wakes) T=$(now)
"${AS_USER[@]}" python3 - "$HOME_OF/.local/share/applications" <<'PY' &
import sys, time
start = time.time()
for number in range(100_000):
    with open(f"{sys.argv[1]}/{number}.desktop", "w") as file:
        file.write("[Desktop Entry]\nType=Application\n")
    # Over some twenty seconds, as fast as it comes within each.
    ahead = start + number / 5_000 - time.time()
    if ahead > 0.1:
        time.sleep(ahead)
PY
FILES=$!
for name in cc1 as ld sh true; do cp /bin/true "$PLACE/$name-of-storm"; done
"${AS_USER[@]}" sh -c "for i in \$(seq 600); do for p in cc1 as ld sh true; do $PLACE/\$p-of-storm; done; sleep 0.02; done" &
wait $! "$FILES"
sleep 10
TOOK=$(($(now) - T))
echo "in $((TOOK / 1000000000)) s, changes told: $(($(lines) - L)), wake-ups: $(($(wakes) - W))"
budget "processor" "$(awk -v s=$(($(spent) - S)) -v t="$TOOK" 'BEGIN { print 100 * s / t }')" "% of one" 5
budget "most memory" "$(awk -v k="$(field VmHWM)" 'BEGIN { print k / 1024 }')" MB 30

echo "== after it"
"${AS_USER[@]}" sh -c 'rm -r ~/.local/share/applications'
sleep 20
L=$(lines)
"${AS_USER[@]}" sh -c 'printf "[Desktop Entry]\nType=Application\nExec=/bin/false\n" >~/.config/autostart/rustdesk.desktop'
told rustdesk "$L" 10
cat "$PLACE/errors"
exit "$FAILED"
