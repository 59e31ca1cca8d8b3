#!/bin/bash
# Makes what the pictures of the window are drawn from: reports and records of real packages in a throw-away Debian. Only the clock is
# turned: the record of two years is made in a minute.
#
#   tests/real/window/data.sh PATH-OF-INZAGE OUT
INZAGE=$(realpath "${1:?usage: data.sh PATH-OF-INZAGE OUT}")
OUT=${2:?usage: data.sh PATH-OF-INZAGE OUT}
mkdir -p "$OUT"
OUT=$(realpath "$OUT")
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/../root.sh"

ROOT=$(make_root window)
install "$ROOT" libfaketime patchelf
# The library belongs to a copy of the program, so that no look finds it loaded into every program.
in_root "$ROOT" patchelf --add-needed /usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 --output /usr/local/bin/inzage-then /usr/local/bin/inzage
at() { echo "FAKETIME='@$1 10:00:00'"; }
# Looks on a day, as anna; what runs in the meantime is started in the same call, because each has processes of its own.
on() { as_anna "$ROOT" "$2 $(at "$1") inzage-then scan --lang en >/dev/null 2>&1"; }
report() { as_anna "$ROOT" "$2 inzage scan --json --unmasked" >"$OUT/$1.json"; cp "$ROOT/home/anna/.local/share/inzage/record.sqlite" "$OUT/$1.sqlite"; }
apt() { in_root "$ROOT" sh -c "apt-get $* >/dev/null 2>&1"; }

as_anna "$ROOT" "$(at 2024-11-04) inzage-then record on >/dev/null"
on 2024-11-04 ''
on 2024-12-20 ''
report none ''
apt install -y --no-install-recommends gtimelog squid
on 2025-02-10 ''
apt install -y --no-install-recommends veyon-service libqca-qt5-2-plugins
on 2025-03-03 ''
VEYON='Xvfb :9 >/dev/null 2>&1 & QT_QPA_PLATFORM=offscreen veyon-server >/dev/null 2>&1 & veyon-service >/dev/null 2>&1 & sleep 2;'
on 2025-03-24 "$VEYON"
on 2025-06-16 "$VEYON"
on 2025-06-30 ''
on 2025-07-01 ''
apt purge -y squid
on 2025-08-11 ''
apt install -y --no-install-recommends snoopy atop
on 2025-10-06 "$VEYON"
apt purge -y atop
on 2026-01-12 "$VEYON"
on 2026-05-04 "$VEYON"
on 2026-11-02 "$VEYON"
report found "$VEYON"
apt install -y --no-install-recommends acct auditd x11vnc xrdp tigervnc-scraping-server epoptes-client tlog puppet-agent ocsinventory-agent \
    fusioninventory-agent e2guardian atop zabbix-agent timekpr-next x2goserver xpra usbguard httpry sslsplit squid motion loggedfs tcpspy xymon-client \
    cfengine3 workrave mitmproxy
report thirty "$VEYON"
ls -l "$OUT"
