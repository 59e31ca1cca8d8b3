#!/bin/bash
# Type-checks the program for the two kinds of Mac. Nothing of macOS can be run or linked here, so neither Apple's compiler nor its libraries are
# needed; what is C in it is left empty, only so that the check can go on.
#
#   tests/real/macos/check.sh    needs the packages rustc-web, cargo-web and rust-web-src
set -euo pipefail
cd "$(dirname "$0")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target/macos}
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0
TOOLS=$(mktemp -d)
trap 'rm -rf "$TOOLS"' EXIT
# Stands for the compiler: makes an empty object where it was told to make one. Asked for its version it says what a compiler for macOS says.
cat >"$TOOLS/cc" <<'SH'
#!/bin/bash
while [ $# -gt 0 ]; do
    [ "$1" = -o ] && { : >"$2"; exit 0; }
    [ "$1" = -E ] && { echo clang; exit 0; }
    shift
done
echo "Apple clang version 15.0.0"
SH
# Stands for the archiver: the archive is its first word that is no option.
cat >"$TOOLS/ar" <<'SH'
#!/bin/bash
for word in "$@"; do
    case $word in *.a) printf '!<arch>\n' >"$word"; exit 0 ;; esac
done
SH
chmod +x "$TOOLS/cc" "$TOOLS/ar"
for target in aarch64-apple-darwin x86_64-apple-darwin; do
    name=${target//-/_}
    start=$SECONDS
    said=$(PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CRATE_CC_NO_DEFAULTS=1 SDKROOT=/ env "CC_$name=$TOOLS/cc" "AR_$name=$TOOLS/ar" \
        cargo check --locked --quiet --package inzage --target "$target" -Z build-std=std,panic_unwind 2>&1) || { echo "$said"; exit 1; }
    # The parts that only macOS has are seen by no other check: a warning is a fault here too.
    [ -z "$said" ] || { echo "$said"; exit 1; }
    echo "$target: no warning, $((SECONDS - start)) s"
done
