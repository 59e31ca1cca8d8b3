#!/bin/bash
# Tries to make the record lose something: kills, several programs at once, power cuts, a disk that fails or is full, damaged files.
#
#   tests/real/record.sh [KILLS [SEED]]
#
# After each fault the record must open, verify, and hold everything that was acknowledged. KILLS is 100 if it is not given, and the other faults
# come in proportion. Needs cargo and gcc; the full disk needs root and is left out without it. The same SEED makes the same made-up looks and the
# same cuts and damages; the moments of kills are the computer's own.
set -euo pipefail
kills=${1:-100}
seed=${2:-$(date +%s)}
cd "$(dirname "$0")/../.."

cargo build --release -q -p inzage-bench --bin recorder
recorder=${CARGO_TARGET_DIR:-target}/release/recorder
work=$(mktemp -d)
# What is cut off and damaged need not wait for a real disk.
memory=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
disk=$work/disk
trap 'mountpoint -q "$disk" && umount "$disk"; rm -rf "$work" "$memory"' EXIT
gcc -Wall -Wextra -O1 -shared -fPIC -o "$work/lose.so" tests/real/record/lose.c -ldl
echo "seed $seed"

"$recorder" kills "$work/one" "$kills" 1 "$seed"
"$recorder" kills "$work/two" $((kills / 2)) 2 "$seed"
"$recorder" kills "$work/four" $((kills / 2)) 4 "$seed"

"$recorder" cuts "$memory/cut" $((kills * 2)) cut "$seed" "$work/lose.so"
for mode in fsync-eio write-eio write-full; do
    "$recorder" cuts "$memory/$mode" "$kills" "$mode" "$seed" "$work/lose.so"
done
"$recorder" cuts "$memory/aside" "$kills" aside "$seed" "$work/lose.so"
# The proof that these tests can fail.
"$recorder" cuts "$memory/lie" 40 lie "$seed" "$work/lose.so"

"$recorder" damage "$memory/damage" $((kills * 4)) "$seed"

if [ "$(id -u)" != 0 ]; then
    echo "full    left out: a small disk can be mounted by root only"
    exit 0
fi

fail() {
    echo "record.sh: $1" >&2
    exit 1
}
# Runs a writer that must give up, and must say why each time: gives_up WORD OUTPUT SEED
gives_up() {
    local status=0
    "$recorder" write "$record" "full$3" "$3" 0 >"$2" || status=$?
    [ "$status" = 3 ] || fail "a writer ended with $status: $(tail -n 1 "$2")"
    ! grep '^failed' "$2" | grep -qv "^failed [^ ]* $1 " || fail "a writer was told: $(grep '^failed' "$2" | grep -v " $1 " | head -n 1)"
}
mkdir "$disk"
record=$disk/inzage/record.sqlite
turns=$((kills / 20 + 1))
for turn in $(seq "$turns"); do
    mount -t tmpfs -o size=300k,mode=700 record-full "$disk"
    dd if=/dev/zero of="$disk/ballast" bs=1k count=$((40 + turn % 40)) status=none
    gives_up Full "$work/full-1.txt" $((seed + turn))
    "$recorder" verify "$record" "$work/full-1.txt" >/dev/null
    # To the last byte; now it cannot even be opened, and says so.
    dd if=/dev/zero of="$disk/more" bs=1k status=none 2>/dev/null || true
    gives_up Full "$work/full-2.txt" $((seed + turn))
    "$recorder" verify "$record" "$work/full-1.txt" "$work/full-2.txt" >/dev/null
    # One that is killed when the disk is full leaves its log.
    rm "$disk/more"
    "$recorder" write "$record" "killed$turn" $((seed + turn)) 0 >"$work/full-3.txt" &
    sleep 0.0$((turn % 10))
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    rm "$disk/ballast"
    "$recorder" check "$record" "$work"/full-[123].txt >/dev/null
    "$recorder" write "$record" "after$turn" $((seed + turn)) 5 >"$work/full-4.txt" || fail "it does not go on when there is space again"
    checked=$("$recorder" check "$record" "$work"/full-[1234].txt)

    mount -o remount,ro "$disk"
    gives_up ReadOnly "$work/full-5.txt" $((seed + turn))
    "$recorder" verify "$record" "$work"/full-[1234].txt >/dev/null
    umount "$disk"
done
echo "full    $turns times a full disk of 300 KB and one that is only to be read, named as such each time; the last: $checked"
