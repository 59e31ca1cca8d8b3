#!/bin/bash
# Gives one reader of files what nobody would write, starting from real files, and fails when it panics, hangs, or wants too much memory.
#
# Usage: fuzz.sh TARGET SECONDS
# TARGET is a name in tests/fuzz/fuzz_targets. What it finds is left in tests/fuzz/artifacts; INZAGE_SANITIZER=address looks for faults of
# memory as well, which a program without unsafe code has only in the code of others.
set -euo pipefail

target=${1:?usage: fuzz.sh TARGET SECONDS}
seconds=${2:?usage: fuzz.sh TARGET SECONDS}
top=$(realpath "$(dirname "$0")/../..")
seeds=$top/inspector-core/testdata/$target

[ -f "$top/tests/fuzz/fuzz_targets/$target.rs" ] || {
    echo "fuzz.sh: there is no target called $target" >&2
    exit 2
}
# libFuzzer is written in C++.
command -v c++ >/dev/null || apt-get install -y --no-install-recommends g++ >/dev/null
export PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked --quiet

# The instrumentation is in the stable compiler, but has to be asked for in this way.
export RUSTC_BOOTSTRAP=1
cd "$top/tests/fuzz"
mkdir -p "corpus/$target" "artifacts/$target"
folders=("corpus/$target")
[ ! -d "$seeds" ] || folders+=("$seeds")
cargo fuzz run --fuzz-dir . --sanitizer "${INZAGE_SANITIZER:-none}" "$target" "${folders[@]}" -- \
    -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1
