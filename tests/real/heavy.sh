#!/bin/bash
# Real packages that bring much with them: each is confirmed after its installation, and nothing else is. And a database of the real rpm.
#
#   tests/real/heavy.sh PATH-OF-INZAGE
INZAGE=$(realpath "${1:?path of inzage}")
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/root.sh"
R=$ROOTS/report.json
for pair in krfb:krfb mitmproxy:mitmproxy hamster-time-tracker:hamster-time-tracker; do
    ROOT=$(make_root "${pair#*:}")
    install "$ROOT" "${pair#*:}"
    as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
    check "$R" "confirmed == ['${pair%:*}']" "${pair%:*} is confirmed, and nothing else"
    rm -rf --one-file-system "$ROOT"
done

ROOT=$(make_root gnome-remote-desktop)
install "$ROOT" gnome-remote-desktop
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" "confirmed == [] and f('gnome-remote-desktop')['confidence'] == 'nothing'" 'gnome-remote-desktop alone, as GNOME ships it, is no finding'

ROOT=$(make_root rpm)
install "$ROOT" rpm
cat >"$ROOT/root/x.spec" <<'SPEC'
Name: osquery
Version: 5.1
Release: 1
Summary: a package of this name
License: none
BuildArch: noarch
%description
A package of this name.
%files
SPEC
in_root "$ROOT" sh -c 'cd /root && rpmbuild -bb --quiet x.spec && rpm --initdb && rpm -i --nodeps rpmbuild/RPMS/noarch/*.rpm && ls -l /var/lib/rpm'
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'any(e["value"] == "rpm:osquery" for e in f("osquery")["evidence"])' 'a package in a real database of rpm is seen'
finish
