# Sourced by ../scan.sh: the process that stays, with an icon, on a display that nobody sees. Explorer's panel is not there under Wine without
# a desktop, so that the picture itself is not tried here.

echo "== the tray"
command -v Xvfb >/dev/null || apt-get install -y -qq --no-install-recommends xvfb >/dev/null
PREFIX=$(make_prefix tray)
Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$PREFIXES/display" >/dev/null 2>&1 &
SCREEN=$!
until [ -s "$PREFIXES/display" ]; do sleep 0.1; done
on_screen() { as_anna "$PREFIX" env DISPLAY=":$(cat "$PREFIXES/display")" timeout -k 5 "$LIMIT" "$WINE" "$INZAGE_AT" "$@"; }
echo '{"findings": [], "exposure": [], "coverage": []}' >"$R"

on_screen tray >"$PREFIXES/tray.out" 2>&1 &
TRAY=$!
left=150
until on_screen tray status --lang en >"$PREFIXES/status" 2>&1 || ((left-- <= 0)); do sleep 0.2; done
sed 's/^/        /' "$PREFIXES/status"
check "$R" "$(grep -c 'process' "$PREFIXES/status") == 1" 'it starts, and answers on its pipe'
sleep 5
check "$R" "$(kill -0 "$TRAY" 2>/dev/null && echo 1 || echo 0) == 1" 'it stays'
said=$(on_screen tray --lang en) && status=0 || status=$?
check "$R" "$status == 0 and $([ "${said%$'\r'}" = 'Inzage runs already.' ] && echo 1 || echo 0) == 1" "a second start ends at once and says so"
on_screen tray pause && status=0 || status=$?
check "$R" "$status == 0 and $(on_screen tray status --lang en | grep -c paused) == 1" 'it pauses when it is asked to'
on_screen tray quit && status=0 || status=$?
check "$R" "$status == 0" 'it ends when it is asked to'
wait "$TRAY" && status=0 || status=$?
check "$R" "$status == 0" 'with 0'
# A second start has it show the report, for which Wine has no console of its own.
head -n 3 "$PREFIXES/tray.out" | sed 's/^/        /'
kill "$SCREEN"
stop "$PREFIX"
