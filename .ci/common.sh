# Sourced by run and long: installs what they need, times each step, and keeps one Linux profile.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0
if [ "$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi

STEPS=()
step() {
    local name=$1 start=$SECONDS
    shift
    echo "::: $name"
    "$@"
    STEPS+=("$(awk -v s=$((SECONDS - start)) -v n="$name" 'BEGIN { printf "%6.1f min  %s", s / 60, n }')")
}
summary() {
    printf '\n'
    printf '%s\n' "${STEPS[@]}"
    awk -v s=$SECONDS 'BEGIN { printf "%6.1f min  in all\n", s / 60 }'
}
packages() {
    $SUDO apt-get update -qq
    $SUDO apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
