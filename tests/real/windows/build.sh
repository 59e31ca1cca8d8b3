#!/bin/bash
# Builds inzage.exe, inzage-window.exe, and scan.exe of the benchmarks, for Windows, with the compiler and the source of the standard library
# that Debian ships.
#
#   tests/real/windows/build.sh    prints the path of inzage.exe as its last line
#
# It builds in $CARGO_TARGET_DIR, or in target/windows. These packages must be there: rustc-web cargo-web rust-web-src
# gcc-mingw-w64-x86-64-win32 g++-mingw-w64-x86-64-win32. Beside the program it puts a library that Wine 8 lacks and every Windows has.
set -euo pipefail
cd "$(dirname "$0")/../../.."
TARGET=x86_64-pc-windows-gnu
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target/windows}
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0

# Debian's cargo and rustc belong together; another toolchain may stand before them. The standard library is built with the program,
# because only its source can be had for this target; for that the compiler must be let do what it still calls unstable.
PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc \
    cargo build --release --locked --quiet --package inzage --package inzage-window --package inzage-bench \
    --bin inzage --bin inzage-window --bin scan --target "$TARGET" -Z build-std=std,panic_unwind >&2

FOLDER=$CARGO_TARGET_DIR/$TARGET/release
SOURCE=tests/real/windows/bcryptprimitives.c
if [ "$SOURCE" -nt "$FOLDER/bcryptprimitives.dll" ]; then
    x86_64-w64-mingw32-gcc -shared -Os -s -Wall -Werror -o "$FOLDER/bcryptprimitives.dll" "$SOURCE" -ladvapi32
fi
echo "$FOLDER/inzage.exe"
