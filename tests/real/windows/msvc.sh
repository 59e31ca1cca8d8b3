#!/bin/bash
# Type-checks the program for the compiler of Visual Studio, which is what it is built with on a real Windows. Nothing is linked, so neither
# that compiler nor its libraries are needed; what is C in it is compiled with mingw, only so that the check can go on.
#
#   tests/real/windows/msvc.sh    needs the packages of build.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target/windows}
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0
TOOLS=$(mktemp -d)
trap 'rm -rf "$TOOLS"' EXIT
# Called as Visual Studio's `lib.exe -out:LIBRARY -nologo OBJECT...`.
cat >"$TOOLS/lib" <<'SH'
#!/bin/bash
for word in "$@"; do
    case $word in
    -out:*) library=${word#-out:} ;;
    -*) ;;
    *) objects+=("$word") ;;
    esac
done
exec x86_64-w64-mingw32-ar crs "$library" "${objects[@]}"
SH
chmod +x "$TOOLS/lib"
said=$(PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CRATE_CC_NO_DEFAULTS=1 \
    CC_x86_64_pc_windows_msvc=x86_64-w64-mingw32-gcc AR_x86_64_pc_windows_msvc=$TOOLS/lib \
    cargo check --locked --quiet --package inzage --package inzage-window --target x86_64-pc-windows-msvc -Z build-std=std,panic_unwind 2>&1) || { echo "$said"; exit 1; }
# The parts that only Windows has are seen by no other check: a warning is a fault here too.
[ -z "$said" ] || { echo "$said"; exit 1; }
