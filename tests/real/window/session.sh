#!/bin/bash
# The session of an ordinary user with a screen, a window manager and a bus of its own, in which walk.py looks at the window.
export XDG_RUNTIME_DIR=$HOME/run PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
mkdir -m 700 "$XDG_RUNTIME_DIR"
# A number that no other screen of this computer has.
exec 3<>"$HOME/display"
Xvfb -displayfd 3 -screen 0 1100x900x24 -nolisten tcp >/dev/null 2>&1 &
until [ -s "$HOME/display" ]; do sleep 0.1; done
DISPLAY=:$(head -n 1 "$HOME/display")
export DISPLAY
openbox >/dev/null 2>&1 &
exec dbus-run-session -- python3 /walk.py "$@"
