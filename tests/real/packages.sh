#!/bin/bash
# Real packages in a throw-away Debian root: not there, installed, running, removed; as an ordinary user and as root.
#
#   tests/real/packages.sh PATH-OF-INZAGE
INZAGE=$(realpath "${1:?path of inzage}")
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/root.sh"

ROOT=$(make_root packages)
R=$ROOTS/report.json
FOUR="veyon snoopy acct auditd"

echo "== nothing installed"
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'confirmed == []' 'a bare system has no confirmed finding'
check "$R" 'r["host"]["elevated"] is False' 'the ordinary user is not elevated'
check "$R" 'coverage["cron_of_others"]["status"] == "none" and coverage["cron_of_others"]["reason"]["code"] == "permission_denied"' 'personal tables of cron are unknown to the user, not absent'
in_root "$ROOT" inzage scan --no-record --json >"$R" </dev/null
check "$R" 'confirmed == [] and r["host"]["elevated"] is True and coverage["cron_of_others"]["status"] == "full"' 'root sees what the user may not'

echo "== a namesake from /tmp"
as_anna "$ROOT" 'cp /bin/sleep /tmp/veyon-service; /tmp/veyon-service 20 & sleep 0.2; inzage scan --no-record --json' >"$R"
check "$R" 'f("veyon")["confidence"] == "possible"' 'a program with the name alone is not confirmed'

echo "== installed"
install "$ROOT" veyon-service libqca-qt5-2-plugins snoopy acct auditd
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
for product in $FOUR; do
    check "$R" "f('$product')['confidence'] == 'confirmed' and f('$product')['installed'] == 'yes'" "$product is confirmed after its installation"
    check "$R" "f('$product')['present_since'] is not None and any(e['kind'] == 'package' for e in f('$product')['evidence'])" "$product has a day and its package as evidence"
done
check "$R" 'f("acct")["state"] in ("autostart", "running") and f("auditd")["state"] == "autostart"' 'acct and auditd start by themselves'
check "$R" 'f("veyon")["running"] == "unknown" and f("snoopy")["running"] == "no"' 'snoopy does not run; of veyon the user cannot know, because paths are closed'
in_root "$ROOT" inzage scan --no-record --json >"$R" </dev/null
check "$R" 'f("veyon")["state"] == "installed" and f("veyon")["running"] == "no"' 'root knows that veyon does not run'
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'exposure["screen_live"]["level"] == "possible" and "veyon" in exposure["screen_live"]["by"]' 'veyon makes looking at the screen possible'
check "$R" '"auditd" in exposure["login_times"]["others"] and exposure["login_times"]["level"] != "on"' 'auditd counts for its own group only'

echo "== a namesake beside the installed one"
as_anna "$ROOT" '/tmp/veyon-service 20 & sleep 0.2; inzage scan --no-record --json' >"$R"
check "$R" 'f("veyon")["confidence"] == "confirmed" and f("veyon")["state"] == "installed" and f("veyon")["running"] != "yes"' 'the namesake is not the product running'

echo "== running"
# The kernel lets auditd work only among the processes of the machine itself, so it gets no process space of its own.
mount -t proc proc "$ROOT/proc"
chroot "$ROOT" auditd -n -s nochange >/dev/null 2>&1 &
AUDITD=$!
sleep 1
chroot "$ROOT" su anna -c 'inzage scan --no-record --json' </dev/null >"$R"
if kill -0 "$AUDITD" 2>/dev/null; then
    check "$R" 'f("auditd")["state"] == "running" and exposure["login_times"]["groups"]["management"] == "on"' 'auditd runs, seen by the user'
    check "$R" 'any(e["kind"] == "process" and e["proves"] == "running" for e in f("auditd")["evidence"]) and coverage["process_paths"]["status"] == "partial"' 'told from its name, because its path is closed'
    chroot "$ROOT" inzage scan --no-record --json </dev/null >"$R"
    check "$R" 'any(e["kind"] == "path" and e["value"].endswith("/auditd") and e["proves"] == "running" for e in f("auditd")["evidence"])' 'root sees its path'
    kill "$AUDITD"
else
    echo "skipped  this machine does not let auditd start"
fi
wait "$AUDITD" 2>/dev/null || true
umount "$ROOT/proc"

cat >"$ROOT/root/running" <<'SH'
veyon-service >/dev/null 2>&1 &
accton on >/dev/null
sleep 2
su anna -c 'inzage scan --no-record --json' </dev/null >/root/user.json
inzage scan --no-record --json </dev/null >/root/root.json
accton off >/dev/null
SH
printf 'snoopy snoopy/install-ld-preload boolean true\n' | chroot "$ROOT" debconf-set-selections
in_root "$ROOT" dpkg-reconfigure -f noninteractive snoopy >/dev/null 2>&1
in_root "$ROOT" sh /root/running
for who in user root; do
    R=$ROOT/root/$who.json
    check "$R" 'f("veyon")["state"] == "running" and f("acct")["state"] == "running"' "veyon and acct run, seen by the $who"
    check "$R" 'f("snoopy")["state"] == "running" and f("snoopy")["autostart"] == "yes"' "snoopy is in the preload file, seen by the $who"
    check "$R" 'any(o["id"] == "preload" and o["by"] == "snoopy" for o in r["observations"])' "the preload is named as snoopy, seen by the $who"
    check "$R" 'exposure["app_time"]["groups"]["management"] == "on"' "programs and time are on, seen by the $who"
done
R=$ROOTS/report.json
in_root "$ROOT" sh -c "echo > /etc/ld.so.preload"

echo "== removed, then purged"
# An accounting file that was written this minute counts as growing; a minute later it would not.
touch -d '2 minutes ago' "$ROOT/var/log/account/pacct"
in_root "$ROOT" sh -c 'apt-get remove -y veyon-service snoopy acct auditd >/dev/null 2>&1'
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'not set(confirmed) & {"veyon", "snoopy", "acct", "auditd"}' 'none is confirmed after removal'
check "$R" 'all(x["state"] == "remains" for x in r["findings"] if x["product"] in ("veyon", "snoopy", "acct", "auditd"))' 'what is left is shown as remains'
check "$R" 'f("acct")["state"] == "remains"' 'the settings that apt leaves are seen'
in_root "$ROOT" sh -c 'apt-get purge -y veyon-service snoopy acct auditd >/dev/null 2>&1'
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'not set(confirmed) & {"veyon", "snoopy", "acct", "auditd"} and all(x["state"] == "remains" for x in r["findings"] if x["product"] in ("veyon", "snoopy", "acct", "auditd"))' 'after purging they are gone or shown as remains'

echo "== more packages"
declare -A MORE=([x11vnc]=x11vnc [xrdp]=xrdp [tigervnc]=tigervnc-scraping-server [epoptes]=epoptes-client [tlog]=tlog [puppet-agent]=puppet-agent
    [ocsinventory-agent]=ocsinventory-agent [fusioninventory-agent]=fusioninventory-agent [e2guardian]=e2guardian [atop]=atop [zabbix-agent]=zabbix-agent [timekpr-next]=timekpr-next
    [x2go-server]=x2goserver [xpra]=xpra [usbguard]=usbguard [httpry]=httpry [sslsplit]=sslsplit [squid]=squid [motion]=motion [loggedfs]=loggedfs [tcpspy]=tcpspy
    [xymon-client]=xymon-client [cfengine]=cfengine3 [gtimelog]=gtimelog [workrave]=workrave [mitmproxy]=mitmproxy)
ROOT=$(make_root more)
install "$ROOT" "${MORE[@]}"
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
for product in "${!MORE[@]}"; do
    check "$R" "f('$product')['confidence'] == 'confirmed'" "$product is confirmed from package ${MORE[$product]}"
done
check "$R" "set(confirmed) <= set('${!MORE[*]}'.split())" 'and nothing else is'
in_root "$ROOT" sh -c "apt-get purge -y ${MORE[*]} >/dev/null 2>&1"
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
check "$R" 'confirmed == []' 'none is confirmed after purging'
finish
