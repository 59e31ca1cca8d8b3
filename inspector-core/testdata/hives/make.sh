#!/bin/bash
# Makes SYSTEM, the small hive of the unit tests. Needs python3-hivex; the hive has no date in it that a test looks at.
set -euo pipefail
cd "$(dirname "$0")"
EXPORT=$(mktemp)
trap 'rm -f "$EXPORT"' EXIT
LONG=$(printf 'k%.0s' $(seq 255))
BIG=$(printf '41,00,%.0s' $(seq 20000))
iconv -f UTF-8 -t UTF-16 >"$EXPORT" <<REG
Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\\System\\Select]
"Current"=dword:00000002

[HKEY_LOCAL_MACHINE\\System\\ControlSet002\\Services\\Acme Watch]
"Type"=dword:00000010
"Start"=dword:00000002
"ImagePath"=hex(2):22,00,43,00,3a,00,5c,00,41,00,22,00
"Number"=hex(b):01,00,00,00,01,00,00,00
"List"=hex(7):61,00,00,00,62,00,00,00,00,00
"Odd"=hex(1):61,00,62
"Strange"=hex(77):01,02
"Big"=hex(3):${BIG}00
@="no name"

[HKEY_LOCAL_MACHINE\\System\\ControlSet002\\Services\\Zoë 監視]
"Naïve 値"="ja"

[HKEY_LOCAL_MACHINE\\System\\ControlSet002\\Services\\$LONG]
REG
/usr/bin/python3 ../../../tests/real/windows/hives.py SYSTEM 'HKEY_LOCAL_MACHINE\System' "$EXPORT"
