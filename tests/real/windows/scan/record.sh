# Sourced by ../scan.sh: the record on Windows: where it lies, what it keeps, that a change is found, and that nothing stays.

echo "== the record"
PREFIX=$(make_prefix record)
DATA=$PREFIX/drive_c/users/anna/AppData/Local/inzage/data
H=$PREFIXES/history.json
# `scan` leaves the record alone unless this is empty.
KEEP=

# The same check of the history as JSON, in place of a report: history EXPRESSION TEXT
history() {
    inzage_exe "$PREFIX" history --json >"$H" || echo '{"entries": [], "subjects": []}' >"$H"
    python3 -c 'import json, sys
history = json.load(open(sys.argv[1]))
value = lambda entry, name: entry["fields"].get(name, {}).get("value")
told = [tuple(value(entry, name) for name in ("id", "what", "because")) for entry in history["entries"]]
json.dump({"findings": [], "exposure": [], "coverage": [], "told": told, **history}, open(sys.argv[2], "w"))' "$H" "$PREFIXES/told.json"
    check "$PREFIXES/told.json" "$1" "$2"
}
is() { if "$@" >/dev/null 2>&1; then echo 1; else echo 0; fi; }

scan "$PREFIX" 2>/dev/null
check "$R" "$(is test ! -e "$DATA") == 1" 'nothing is kept before a yes'
inzage_exe "$PREFIX" record on >/dev/null
check "$R" "$(is test -f "$DATA/record.sqlite") == 1" 'the record lies in the local folder of the user, which no domain copies to other computers'
scan "$PREFIX"
lay_out "$PREFIX" veyon
scan "$PREFIX"
check "$R" 'f("veyon")["confidence"] == "confirmed" and f("veyon")["first_seen"] is not None' 'a product has the day on which it was seen first'
scan "$PREFIX"
history '[one[1:] for one in r["told"] if one[0] == "veyon"] == [["appeared", None]]' 'its appearance is kept, once'
history 'any(s["id"] == "veyon" and s["sight"] == "seen" for s in r["subjects"])' 'it is there now'
check "$R" "$(named "$H") == 0" 'the history does not name the user'
half_remove "$PREFIX" veyon
scan "$PREFIX"
history '[one[1] for one in r["told"] if one[0] == "veyon"][1:] in (["changed"], ["disappeared"])' 'its removal is kept'
check "$R" "$(is inzage_exe "$PREFIX" verify) == 1" 'the whole chain is as it was written'
cp "$H" "$PREFIX/drive_c/users/anna/history.json"
check "$R" "$(is inzage_exe "$PREFIX" verify 'C:\users\anna\history.json') == 1" 'and so is the masked history'
python3 -c 'import sqlite3, sys
record = sqlite3.connect(sys.argv[1])
record.execute("update entry set fields = replace(fields, ?, ?) where number = 2", ("changed", "started"))
record.commit()' "$DATA/record.sqlite"
chown anna: "$DATA"/*
check "$R" "$(is inzage_exe "$PREFIX" verify) == 0" 'a changed entry is found'
inzage_exe "$PREFIX" forget --yes >/dev/null
check "$R" "$(is test ! -e "$PREFIX/drive_c/users/anna/AppData/Local/inzage") == 1" 'nothing stays after forget'
stop "$PREFIX"
unset KEEP
