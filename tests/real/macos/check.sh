#!/bin/bash
# Type-checks the program for macOS, on both kinds of processor, with the compiler and the source of the standard library that Debian ships.
# Nothing is linked and nothing is run: it says that the code fits Apple's frameworks as the crates describe them, and not that it works on a Mac.
# That is what packaging/try-on-macos.sh is for.
#
#   tests/real/macos/check.sh    needs rustc-web cargo-web rust-web-src rust-web-clippy
#
# It works in $CARGO_TARGET_DIR, or in target/macos, and prints the minutes of each target. What does not differ between the targets (programs
# that run while others are built, macros) is built once.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target/macos}
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0

# Debian's cargo and rustc belong together; another toolchain may stand before them. The standard library is checked with the program,
# because only its source can be had for these targets; for that the compiler must be let do what it still calls unstable.
export PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1

# What is C in the program (SQLite) needs Apple's headers, which cannot be had here. A check never opens the library that would come of it,
# so a compiler that does nothing is enough; the C is not checked by this. cc would otherwise ask Xcode where the headers are.
export CRATE_CC_NO_DEFAULTS=1 SDKROOT=/ TARGET_CC=true TARGET_AR=true

# clippy says what the compiler says, and more. A warning is a fault here: the parts that only macOS has are seen by no other check.
for target in aarch64-apple-darwin x86_64-apple-darwin; do
    start=$SECONDS
    packages=(--package inzage --package inzage-macos)
    # In the window nothing depends on the processor, and its parts take minutes: once is enough.
    [ "$target" = x86_64-apple-darwin ] || packages+=(--package inzage-window)
    said=$(cargo clippy --locked --quiet "${packages[@]}" --lib --bins --examples --target "$target" -Z build-std=std,panic_unwind 2>&1) || { echo "$said"; exit 1; }
    [ -z "$said" ] || { echo "$said"; exit 1; }
    awk -v s=$((SECONDS - start)) -v t="$target" 'BEGIN { printf "%s: %.1f min\n", t, s / 60 }'
done
