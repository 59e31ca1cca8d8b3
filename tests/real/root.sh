# Sourced by the scripts beside it: a throw-away Debian root, and how a command runs in it.
#
#   make_root NAME [debootstrap options]   makes $ROOTS/NAME from a base that is made once; prints its path
#   in_root ROOT COMMAND...                runs a command in it, with processes and mounts of its own
#   as_anna ROOT COMMAND                   the same as the ordinary user anna
#
# Everything lies below $ROOTS, which is removed when the script ends.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

# shellcheck source=tests/real/checks.sh
. "$(dirname "${BASH_SOURCE[0]}")/checks.sh"

[ "$(id -u)" = 0 ] || { echo "these tests install packages in a throw-away root: run them as root" >&2; exit 1; }
for need in debootstrap python3; do
    command -v "$need" >/dev/null || apt-get install -y --no-install-recommends "$need" >/dev/null
done

ROOTS=$(mktemp -d /var/tmp/inzage-roots.XXXXXX)
MIRROR_BASE=${INZAGE_BASE_ROOT:-/var/tmp/inzage-base-bookworm}
cleanup() {
    # A root that is still mounted somewhere must not be emptied through that mount.
    { grep -o " $ROOTS[^ ]*" /proc/self/mounts || true; } | sort -r | while read -r place; do umount -l "$place" || true; done
    rm -rf --one-file-system "$ROOTS"
}
trap cleanup EXIT

make_root() {
    local root=$ROOTS/$1
    if [ ! -e "$MIRROR_BASE/complete" ]; then
        rm -rf "$MIRROR_BASE"
        debootstrap --variant=minbase --include=ca-certificates,procps,cron bookworm "$MIRROR_BASE" >"$ROOTS/debootstrap.log" 2>&1 || { tail "$ROOTS/debootstrap.log" >&2; return 1; }
        # Services are started by the tests themselves.
        printf '#!/bin/sh\nexit 101\n' >"$MIRROR_BASE/usr/sbin/policy-rc.d"
        chmod +x "$MIRROR_BASE/usr/sbin/policy-rc.d"
        chroot "$MIRROR_BASE" useradd -m -s /bin/bash anna
        rm -f "$MIRROR_BASE"/var/cache/apt/archives/*.deb
        touch "$MIRROR_BASE/complete"
    fi
    cp -a "$MIRROR_BASE" "$root"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    cp "$INZAGE" "$root/usr/local/bin/inzage"
    echo "$root"
}

in_root() {
    local root=$1
    shift
    unshare --fork --pid --mount --kill-child sh -c 'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/run" && mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$0/dev/pts" && exec chroot "$0" "$@"' "$root" "$@"
}

as_anna() {
    in_root "$1" su anna -c "$2" </dev/null
}

install() {
    local root=$1
    shift
    in_root "$root" sh -c "apt-get update >/dev/null && apt-get install -y --no-install-recommends $* >/var/log/install.log 2>&1 || { tail /var/log/install.log >&2; exit 1; }; apt-get clean"
}
