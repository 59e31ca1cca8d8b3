#!/bin/sh
# Makes the programs and catalogues beside it anew. Needs mingw-w64 (64 and 32 bits), osslsigncode, openssl and python3. The keys are
# thrown away, so every run makes other signatures; the names in them stay.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { # name, subject
    openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -utf8 -keyout "$work/$1.key" -out "$work/$1.crt" -subj "$2" \
        -addext "extendedKeyUsage=codeSigning" 2>"$work/log"
}
key vendor "/C=NL/O=Vendor Monitoring BV/CN=Vendor Monitoring Code Signing"
key holding "/C=NL/O=Vendor Holding NV/CN=Vendor Holding Code Signing"
key person "/C=NL/CN=Zoë de Vries"

build() { # prefix, output
    printf 'int start(void) { return 0; }\n' >"$work/start.c"
    "$1-windres" -c 65001 version.rc "$work/version.o"
    "$1-gcc" -Os -s -nostdlib -nostartfiles -fno-asynchronous-unwind-tables -Wl,--no-insert-timestamp -Wl,-e,"$3" \
        -o "$2" "$work/start.c" "$work/version.o"
}
build x86_64-w64-mingw32 unsigned64.exe start
build i686-w64-mingw32 "$work/unsigned32.exe" _start

# A first signature by the old method, and in it a second by the new one.
osslsigncode sign -h sha1 -certs "$work/vendor.crt" -key "$work/vendor.key" -in unsigned64.exe -out "$work/once.exe" >"$work/log"
rm -f nested64.exe signed32.exe signed.cat
osslsigncode sign -nest -h sha256 -certs "$work/holding.crt" -key "$work/holding.key" -in "$work/once.exe" -out nested64.exe >"$work/log"
osslsigncode sign -h sha256 -certs "$work/person.crt" -key "$work/person.key" -in "$work/unsigned32.exe" -out signed32.exe >"$work/log"

python3 catalogue.py >unsigned.cat
osslsigncode sign -h sha256 -certs "$work/vendor.crt" -key "$work/vendor.key" -in unsigned.cat -out signed.cat >"$work/log"
