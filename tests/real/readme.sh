#!/bin/bash
# A bare Debian with only Rust and a C compiler, and the two commands of the README, as an ordinary user.
#
#   tests/real/readme.sh
INZAGE=/bin/true
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/root.sh"
ROOT=$(make_root readme)
install "$ROOT" gcc libc6-dev ca-certificates
# Rust as rustup installs it, taken from this machine.
mkdir -p "$ROOT/opt/rust"
cp -a "$(rustc --print sysroot)/." "$ROOT/opt/rust/"
# The way to the registry of crates is this machine's own.
mkdir -p "$ROOT/home/anna/.cargo"
[ -e "${CARGO_HOME:-$HOME/.cargo}/config.toml" ] && cp "${CARGO_HOME:-$HOME/.cargo}/config.toml" "$ROOT/home/anna/.cargo/"
cp /etc/ssl/certs/ca-certificates.crt "$ROOT/etc/ssl/certs/ca-certificates.crt"
git -C "$(dirname "$0")/../.." archive --prefix=home/anna/inzage/ HEAD | tar -x -C "$ROOT"
chroot "$ROOT" chown -R anna: /home/anna
for command in 'cargo run --release -- scan' 'cargo test --release --workspace'; do
    grep -q "^    $command\$" "$(dirname "$0")/../../README.md" || { echo "the README does not say: $command" >&2; exit 1; }
    as_anna "$ROOT" "cd ~/inzage && export PATH=/opt/rust/bin:\$PATH && $command"
done
