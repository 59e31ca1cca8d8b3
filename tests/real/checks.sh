# Sourced by the tests on real systems: one check of a report, and the count at the end.
#
#   check REPORT EXPRESSION TEXT   a Python expression over the report; `f` gives the finding of a product or nothing
#   finish                         says how many passed; fails when one failed

PASSED=0
FAILED=0
check() {
    if python3 - "$1" "$2" <<'PY'
import json, sys
r = json.load(open(sys.argv[1]))
found = {x["product"]: x for x in r["findings"]}
class Nothing(dict):
    def __missing__(self, key): return [] if key == "evidence" else "nothing"
f = lambda product: found.get(product, Nothing())
coverage = {c["source"]: c for c in r["coverage"]}
exposure = {e["category"]: e for e in r["exposure"]}
confirmed = sorted(x["product"] for x in r["findings"] if x["confidence"] == "confirmed")
sys.exit(0 if eval(sys.argv[2]) else 1)
PY
    then
        PASSED=$((PASSED + 1))
        echo "ok      $3"
    else
        FAILED=$((FAILED + 1))
        echo "FAILED  $3: $2"
        python3 -c 'import json,sys
for x in json.load(open(sys.argv[1]))["findings"]: print("        ", x["product"], x["confidence"], x["state"], x["installed"], x["autostart"], x["running"])' "$1"
    fi
}

finish() {
    echo "$PASSED passed, $FAILED failed"
    [ "$FAILED" = 0 ]
}
