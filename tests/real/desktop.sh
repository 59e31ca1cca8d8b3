#!/bin/bash
# A plain Debian desktop: no confirmed finding that is not true.
#
#   tests/real/desktop.sh PATH-OF-INZAGE PACKAGE...
INZAGE=$(realpath "${1:?path of inzage}")
shift
# shellcheck source=tests/real/root.sh
. "$(dirname "$0")/root.sh"
ROOT=$(make_root desktop)
install "$ROOT" "$@"
R=$ROOTS/report.json
as_anna "$ROOT" 'inzage scan --no-record --json' >"$R"
python3 -c 'import json,sys
r = json.load(open(sys.argv[1]))
for x in r["findings"]: print("        ", x["product"], x["confidence"], x["state"], [e["value"] for e in x["evidence"]][:3])
for o in r["observations"]: print("        ", o["id"], o["by"], o["ordinary"])' "$R"
check "$R" 'confirmed == []' "a desktop of $* has no confirmed finding"
check "$R" 'r["observations"] == []' 'and no observation'
check "$R" 'all(c["reason"] is None or c["reason"]["code"] not in ("malformed", "internal_error", "read_error") for c in r["coverage"])' 'and nothing in it is said to be broken'
INVENTORY=$ROOTS/inventory.json
as_anna "$ROOT" 'inzage inventory --json' >"$INVENTORY"
python3 -c 'import json,sys,collections
i = json.load(open(sys.argv[1]))
print("        ", dict(collections.Counter(f["kind"] for f in i["facts"])))' "$INVENTORY"
finish
