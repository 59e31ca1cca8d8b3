# The session of an ordinary user, on a bus of its own: a panel, a real notification daemon, and the program. What happens goes into files below
# $HOME/seen; the script ends when $HOME/seen/end is there.
cd "$HOME" && mkdir -p seen
Xvfb :7 -screen 0 800x600x24 >/dev/null 2>&1 &
export DISPLAY=:7 PYTHONDONTWRITEBYTECODE=1
python3 /panel.py stay >seen/icons &
sleep 1
dunst >/dev/null 2>&1 &
dbus-monitor --session --profile "type='method_call',interface='org.freedesktop.Notifications',member='Notify'" >seen/notified &
dbus-monitor --session "type='method_call',interface='org.freedesktop.Notifications',member='Notify'" >seen/notifications &
sleep 1
env >seen/environment
inzage --lang en record on >/dev/null
inzage --lang en tray >seen/said 2>&1 &
echo $! >seen/pid
while [ ! -e seen/end ]; do sleep 0.2; done
