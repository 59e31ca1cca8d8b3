#!/bin/bash
# The process that stays, when the computer is not at its best: a disk that is full for a while, too few folders that may be watched, a computer that
# slept, another network, a battery that runs low.
#
#   tests/real/watch.sh PATH-OF-INZAGE    as root on Debian
#
# Everything is real but the battery, which is a folder laid over the kernel's, and the sleep, which is a clock that jumps for this program
# alone. All of it happens in name spaces of its own: this computer's settings, disks and network stay as they are.
set -euo pipefail
HERE=$(cd "$(dirname "$0")/watch" && pwd)
INZAGE=$(realpath "${1:?path of inzage}")
export LC_ALL=C.UTF-8

[ "$(id -u)" = 0 ] || { echo "this test mounts and makes a network: run it as root" >&2; exit 1; }
if [ -z "${INZAGE_ALONE:-}" ]; then
    command -v strace >/dev/null || apt-get install -y -qq --no-install-recommends strace >/dev/null
    command -v ip >/dev/null || apt-get install -y -qq --no-install-recommends iproute2 >/dev/null
    command -v gcc >/dev/null || apt-get install -y -qq --no-install-recommends gcc libc6-dev >/dev/null
    INZAGE_ALONE=1 exec unshare --fork --pid --mount-proc --kill-child --mount --net "$0" "$@"
fi
PLACE=$(mktemp -d /var/tmp/inzage-watch.XXXXXX)
PID=
trap 'jobs -p | xargs -r kill 2>/dev/null || true; wait 2>/dev/null || true; rm -rf --one-file-system "$PLACE"' EXIT

PASSED=0
FAILED=0
# Whether a command succeeds within some seconds: does SECONDS TEXT COMMAND...
does() {
    local left=$(($1 * 10)) text=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ((left-- <= 0)); then
            FAILED=$((FAILED + 1))
            echo "FAILED  $text"
            return
        fi
        sleep 0.1
    done
    PASSED=$((PASSED + 1))
    echo "ok      $text"
}
# A home with a yes to the record, and what makes a command one of its owner's, in AS: worker NAME VARIABLE=VALUE...
worker() {
    HOME_OF=$PLACE/$1
    shift
    DATA=$HOME_OF/.local/share/inzage
    mkdir -p "$HOME_OF/.config/autostart" "$DATA"
    AS=(env -i HOME="$HOME_OF" XDG_RUNTIME_DIR="$HOME_OF" PATH=/usr/bin:/bin LANG=C.UTF-8 "$@")
}
# Starts the process that stays, after the words that are given, and waits for its first look.
watch() {
    "$@" "${AS[@]}" "$INZAGE" watch --json >"$HOME_OF/told" 2>"$HOME_OF/said" &
    PID=$!
    does 10 'it looks' told looked
}
stop() {
    "${AS[@]}" "$INZAGE" tray quit
    wait "$PID" || true
}
told() { grep -q "\"$1\"" "$HOME_OF/told"; }
said() { grep -q "$1" "$HOME_OF/said"; }
# A program that starts at login comes: comes NAME
comes() { printf '[Desktop Entry]\nType=Application\nExec=/bin/true\n' >"$HOME_OF/.config/autostart/$1.desktop"; }
is_one() { [ "$1" = 1 ]; }
keeps() { "${AS[@]}" "$INZAGE" history --json | grep -q "\"$1\""; }
wakes() { cat /proc/"$PID"/task/*/status | awk '$1 == "voluntary_ctxt_switches:" { all += $2 } END { print all }'; }

echo "== a disk that is full for a while"
worker disk
mount -t tmpfs -o size=300k,mode=700 inzage-watch "$DATA"
"${AS[@]}" "$INZAGE" record on >/dev/null
watch
dd if=/dev/zero of="$DATA/ballast" bs=1k status=none 2>/dev/null || true
# The log beside the record has room for some changes.
for _ in $(seq 20); do
    comes x11vnc
    sleep 1
    ! said 'disk is full' || break
    rm "$HOME_OF/.config/autostart/x11vnc.desktop"
    sleep 1
done
does 1 'it says that nothing can be kept' said 'nothing can be kept now: the disk is full'
comes rustdesk
does 5 'and tells what is new all the same' told rustdesk
does 1 'and why once only' is_one "$(grep -c 'disk is full' "$HOME_OF/said")"
rm "$DATA/ballast"
X11VNC=$(grep -c '"x11vnc"' "$HOME_OF/told")
comes org.kde.krfb
does 5 'when there is room again it says so' said 'what changes is kept again'
does 5 'and tells what is new' told krfb
for id in x11vnc rustdesk krfb; do does 1 "the record has $id" keeps "$id"; done
does 1 'what was told is not told again' [ "$(grep -c '"x11vnc"' "$HOME_OF/told") $(grep -c '"rustdesk"' "$HOME_OF/told")" = "$X11VNC 1" ]
does 5 'and the record is whole' "${AS[@]}" "$INZAGE" verify
stop
umount "$DATA"

echo "== too few folders may be watched"
worker few
"${AS[@]}" "$INZAGE" record on >/dev/null
# The limit of a name space for users counts for the programs in it.
watch unshare --user --map-root-user sh -c 'echo 20 >/proc/sys/user/max_inotify_watches && exec "$@"' sh
does 5 'it says so' said 'watch too few folders'
WATCHES=$(cat /proc/"$PID"/fdinfo/* | grep -c '^inotify' || true)
does 1 "with $WATCHES folders watched" [ "$((WATCHES > 0 && WATCHES <= 20))" = 1 ]
stop

echo "== a computer that slept"
gcc -Wall -Wextra -O1 -shared -fPIC -o "$PLACE/jump.so" "$HERE/jump.c"
worker slept LD_PRELOAD="$PLACE/jump.so" JUMP="$PLACE/jump"
"${AS[@]}" "$INZAGE" record on >/dev/null
sed -i 's/"log": false/"log": true/' "$DATA/settings.json"
watch
sleep 3
# A change in a watched folder at the same moment, as the network makes some when it comes back.
touch "$PLACE/jump"
does 5 'it looks when it wakes up' grep -q 'why="woke"' "$DATA/log.txt"
stop

echo "== another network"
worker network
"${AS[@]}" "$INZAGE" record on >/dev/null
watch strace -f -qq -e trace=openat -o "$PLACE/opened"
sleep 8
: >"$PLACE/opened"
ip link set lo up
ip route add 192.0.2.0/24 dev lo
does 10 'it asks for the servers of names again' grep -q '"/etc/resolv.conf"' "$PLACE/opened"
stop

echo "== a battery that runs low"
worker battery
"${AS[@]}" "$INZAGE" record off >/dev/null
mkdir -p "$PLACE/power/BAT0"
for file in type:Battery status:Discharging capacity:90; do echo "${file#*:}" >"$PLACE/power/BAT0/${file%:*}"; done
mount --bind "$PLACE/power" /sys/class/power_supply
for charge in 90 10; do
    echo $charge >"$PLACE/power/BAT0/capacity"
    watch
    sleep 12
    W=$(wakes)
    sleep 20
    declare "W$charge=$(($(wakes) - W))"
    stop
done
umount /sys/class/power_supply
does 1 "it rests longer: $W10 and not $W90 times awake in 20 s" [ "$W10" -lt $((W90 / 2)) ]

echo "$PASSED passed, $FAILED failed"
[ "$FAILED" = 0 ]
