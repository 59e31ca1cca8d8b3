#!/bin/bash
# The process that stays, on the real thing: in a throw-away Debian with a session bus, X and a notification daemon. A product is installed,
# started and removed with apt; the icon and its menu are read and clicked over D-Bus.
#
#   tests/real/agent.sh PATH-OF-INZAGE
INZAGE=$(realpath "${1:?usage: agent.sh PATH-OF-INZAGE}")
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/root.sh"
HERE=$(cd "$(dirname "$0")/agent" && pwd)

is() { if "$@" >/dev/null 2>&1; then echo 1; else echo 0; fi; }
# Nothing of a report is needed for these: told VALUE TEXT
told() { echo '{"findings": [], "exposure": [], "coverage": []}' >"$ROOTS/none.json"; check "$ROOTS/none.json" "$1" "$2"; }

ROOT=$(make_root agent)
install "$ROOT" dbus-daemon dbus-bin xvfb dunst python3-dbus python3-gi libqca-qt5-2-plugins
cp "$HERE/panel.py" "$HERE/session.sh" "$ROOT/"
# Everything happens among the same processes, so one script in the root does it and writes down what it saw.
cat >"$ROOT/root/agent" <<'SH'
SEEN=/home/anna/seen
now() { date +%s.%N; }
notified() { grep -c '^mc' $SEEN/notified 2>/dev/null || true; }
as_user() { su anna -c "export \$(grep -aE '^(DBUS_SESSION_BUS_ADDRESS|DISPLAY)=' $SEEN/environment); $1" </dev/null; }
wait_for() { for _ in $(seq "$2"); do sh -c "$1" && return 0; sleep 0.1; done; return 1; }
su anna -c 'dbus-run-session -- bash /session.sh' </dev/null >/root/session.log 2>&1 &
wait_for "grep -q . $SEEN/icons" 150
sleep 3
ICON=$(head -1 $SEEN/icons)
as_user "python3 /panel.py icon $ICON" >/root/icon
as_user "python3 /panel.py menu $ICON" >/root/menu
notified >/root/before
apt-get install -y --no-install-recommends veyon-service >/dev/null 2>&1
now >/root/installed
wait_for "[ \$(grep -c '^mc' $SEEN/notified) -gt 0 ]" 50
sleep 4
notified >/root/after-install
as_user 'veyon-service' >/dev/null 2>&1 &
now >/root/started
sleep 5
notified >/root/after-start
as_user "python3 /panel.py menu $ICON" >/root/menu-found
as_user "python3 /panel.py icon $ICON" >/root/icon-found
pkill veyon
apt-get purge -y veyon-service >/dev/null 2>&1
sleep 4
notified >/root/after-removal
as_user 'inzage history --json' >/root/history.json
as_user 'inzage verify' >/root/verified
as_user 'inzage --lang en tray' >/root/second; echo $? >>/root/second
as_user "python3 /panel.py click $ICON Nederlands"; sleep 1
as_user "python3 /panel.py menu $ICON" >/root/menu-nl
as_user "python3 /panel.py click $ICON 'Starten als je inlogt'"; sleep 1
ls /home/anna/.config/autostart >/root/autostart 2>/dev/null
as_user 'inzage tray pause'; sleep 1
as_user 'inzage --lang en tray status' >/root/status
as_user 'inzage tray continue'
PID=$(pgrep -x inzage | head -1)
grep VmRSS /proc/"$PID"/status >/root/memory
kill -9 "$PID"; sleep 1
as_user 'inzage --lang en tray >/dev/null 2>&1 &'; sleep 2
as_user 'inzage --lang en tray status' >/root/again
as_user 'inzage tray quit'; echo $? >/root/quit
sleep 1; pgrep -x inzage >/root/left || true
touch $SEEN/end
SH
in_root "$ROOT" bash /root/agent </dev/null || true
A=$ROOT/root
seconds() { python3 -c 'import sys
times = [float(line.split("\t")[1]) for line in open(sys.argv[1]) if line.startswith("mc")]
since = float(open(sys.argv[2]).read())
print(round(times[int(sys.argv[3])] - since, 2) if len(times) > int(sys.argv[3]) else 999)' "$ROOT/home/anna/seen/notified" "$1" "$2"; }

head -20 "$A/icon" "$A/menu" "$A/menu-nl" "$A/second" "$A/status" "$A/memory"
cat "$ROOT/home/anna/seen/said"
told "$(is grep -q '^Inzage' "$A/icon") == 1 and $(is grep -q pixmap "$A/icon") == 1" 'the icon registers, with a tooltip and a picture'
told "$(is grep -q 'Look now' "$A/menu") == 1 and $(is grep -q 'Quit' "$A/menu") == 1" 'its menu is read'
told "$(is grep -q '^0$' "$A/second") == 1 and $(is grep -q 'runs already' "$A/second") == 1" 'a second start says that it runs already, and ends'
told "$(cat "$A/before") == 0" 'nothing is told before anything changes'
told "$(cat "$A/after-install") == 1" 'the installation of a known product is told, once'
echo "from the end of the installation to the notification: $(seconds "$A/installed" 0) s (budget 2 s)"
told "$(seconds "$A/installed" 0) <= 2" 'within two seconds'
told "$(is grep -q 'something changed' "$ROOT/home/anna/seen/notifications") == 1 and $(is grep -qi veyon "$ROOT/home/anna/seen/notifications") == 0" 'without a name: screens are shared'
told "$(cat "$A/after-start") == 2" 'its start is told, once'
echo "from the start to the notification: $(seconds "$A/started" 1) s (budget 2 s)"
told "$(seconds "$A/started" 1) <= 2" 'within two seconds'
told "$(is grep -q 'Veyon is new' "$A/menu-found") == 1 and $(is grep -q 'Veyon is running now' "$A/menu-found") == 1" 'the menu keeps a list of what was told'
told "$(cat "$A/after-removal") == 2" 'its removal is no alarm'
told "$(python3 -c 'import json, sys
told = [e["fields"]["what"].get("value") for e in json.load(open(sys.argv[1]))["entries"] if e["fields"]["id"].get("value") == "veyon"]
print(int(told[0] == "appeared" and "started" in told and told[-1] in ("disappeared", "changed")))' "$A/history.json" || echo 0) == 1" 'the record has its appearance, its start and its removal'
told "$(is grep -q 'Each is as it was written' "$A/verified") == 1" 'and is whole'
told "$(is grep -q 'Nu kijken' "$A/menu-nl") == 1" 'a click changes the language'
told "$(is grep -q inzage "$A/autostart") == 1" 'another makes it start at login'
told "$(is grep -q pauze "$A/status") == 1" 'it pauses when it is asked to'
told "$(is grep -q 'process' "$A/again") == 1" 'after it was killed it starts again'
told "$(cat "$A/quit") == 0 and $(is test -s "$A/left") == 0" 'it ends when it is asked to'
finish
