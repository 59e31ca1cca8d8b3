# Sourced by ../scan.sh: the window, on a display that nobody sees, worked by keyboard. What it shows is kept as pictures in $PICTURES.

echo "== the window"
for need in Xvfb:xvfb xdotool:xdotool compare:imagemagick; do
    command -v "${need%:*}" >/dev/null || apt-get install -y -qq --no-install-recommends "${need#*:}" >/dev/null
done
PICTURES=${INZAGE_PICTURES:-$PROJECT/target/pictures}
mkdir -p "$PICTURES"
PREFIX=$(make_prefix window)
put "$PREFIX" "$(dirname "$INZAGE_EXE")/inzage-window.exe" "${INZAGE_AT%\\*}\\inzage-window.exe"
lay_out "$PREFIX" veyon
# A screen that nobody sees has no pictures a second, and Slint divides by them. Asked in the older way, Wine says 60.
in_wine "$PREFIX" reg add 'HKCU\Software\Wine\X11 Driver' /v UseXRandR /d N /f >/dev/null 2>&1
Xvfb -displayfd 3 -screen 0 1100x900x24 -nolisten tcp 3>"$PREFIXES/screen" >/dev/null 2>&1 &
SCREEN=$!
until [ -s "$PREFIXES/screen" ]; do sleep 0.1; done
DISPLAY=:$(head -n 1 "$PREFIXES/screen")
export DISPLAY
echo '{"findings": [], "exposure": [], "coverage": []}' >"$R"
told() { check "$R" "$1" "$2"; }
# The registry is read with a function of that name.
shot() { command import -window root "$PICTURES/windows-$1.png"; }
colours() { identify -format '%k' "$PICTURES/windows-$1.png"; }
# How many points differ between two pictures; it says so on standard error, and ends with 1.
differ() { command compare -metric AE "$PICTURES/windows-$1.png" "$PICTURES/windows-$2.png" null: 2>"$PREFIXES/differ" || true; cat "$PREFIXES/differ"; }
keys() {
    local key
    for key; do
        xdotool key "$key"
        sleep 0.3
    done
}
wait_until() { local left=$1; shift; until "$@" >/dev/null 2>&1; do ((left-- > 0)) || return 1; sleep 0.2; done; }

as_anna "$PREFIX" env DISPLAY="$DISPLAY" "$WINE" "${INZAGE_AT%\\*}\\inzage-window.exe" --lang nl >"$PREFIXES/window.out" 2>&1 &
WINDOW=$!
wait_until 150 xdotool search --onlyvisible --name Inzage || true
NUMBER=$(xdotool search --onlyvisible --name Inzage | head -n 1)
told "${NUMBER:-0} > 0" 'it opens'
sleep 2
shot first
told "$(colours first) > 20" 'and is not blank'
xdotool windowfocus "${NUMBER:-0}" || true
# The first step of the page is the answer that a record may be kept.
keys Tab Return
wait_until 100 grep -qa veyon "$PREFIX/drive_c/users/anna/AppData/Local/inzage/data/record.sqlite" || true
sleep 2
shot overview
told "$(differ first overview) > 10000" 'an answer by keyboard makes it look, and it shows something else'
inzage_exe "$PREFIX" history --json >"$PREFIXES/history.json" || true
told "$(grep -c '"veyon"' "$PREFIXES/history.json") > 0" 'what is installed is found by the window, and in the record that it keeps'
# From the page back over what could not be looked at, saving and looking again to the last entry of the menu, which is that of the settings; its first two controls are the languages.
keys shift+Tab shift+Tab shift+Tab shift+Tab Return
sleep 1
shot settings-nl
keys Tab Tab space
sleep 1
shot settings-en
told "$(differ overview settings-nl) > 10000" 'the menu opens the settings by keyboard'
told "$(differ settings-nl settings-en) > 1000" 'the language changes at once'
inzage_exe "$PREFIX" record status >"$PREFIXES/in-own" 2>&1 || true
inzage_exe "$PREFIX" record status --lang en >"$PREFIXES/in-en" 2>&1 || true
inzage_exe "$PREFIX" record status --lang nl >"$PREFIXES/in-nl" 2>&1 || true
told "$(cmp -s "$PREFIXES/in-own" "$PREFIXES/in-en" && ! cmp -s "$PREFIXES/in-own" "$PREFIXES/in-nl" && echo 1 || echo 0) == 1" 'and for the whole program'
told "$(kill -0 "$WINDOW" 2>/dev/null && echo 1 || echo 0) == 1" 'it stays'
# As Windows closes a window by keyboard.
keys alt+F4
wait_until 50 eval '! kill -0 $WINDOW' || true
told "$(kill -0 "$WINDOW" 2>/dev/null && echo 1 || echo 0) == 0" 'it ends when it is closed'
kill "$WINDOW" 2>/dev/null || true
wait "$WINDOW" && status=0 || status=$?
told "$status == 0" 'with 0'
head -n 3 "$PREFIXES/window.out" | sed 's/^/        /'
kill "$SCREEN"
stop "$PREFIX"
