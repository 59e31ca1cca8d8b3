#!/bin/bash
# Each export is read by the program it is made for. osquery's own form is tried in the unit tests, by running every query in SQLite.
# Usage: exports.sh INZAGE
set -euo pipefail
INZAGE=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet mvt pysigma pysigma-backend-splunk stix2-validator jsonschema
for format in osquery sigma stix; do "$INZAGE" signatures export --format "$format" >"out.$format"; done
mv out.stix out.json

venv/bin/stix2_validator out.json >stix.txt || { grep -a '\[X\]' stix.txt | head; exit 1; }
echo "ok    stix: $(grep -c '"type": "indicator"' out.json) indicators, valid STIX 2.1"

venv/bin/python - <<'PYTHON'
import json, re
from mvt.common.indicators import Indicators
from sigma.backends.splunk import SplunkBackend
from sigma.collection import SigmaCollection

indicators = Indicators()
indicators.parse_stix2("out.json")
names = {collection["name"]: collection for collection in indicators.ioc_collections if collection["count"]}
assert "Veyon" in names and "veyon-service" in names["Veyon"]["processes"], sorted(names)
assert indicators.total_ioc_count > 300
print(f"ok    mvt: {indicators.total_ioc_count} indicators of {len(names)} products")

rules = SigmaCollection.from_yaml(open("out.sigma").read())
errors = [error for rule in rules for error in rule.errors]
assert len(rules) > 100 and not errors, errors
assert len({str(rule.id) for rule in rules}) == len(rules), "two rules have one id"
queries = SplunkBackend().convert(rules)
assert len(queries) == len(rules)
print(f"ok    sigma: {len(rules)} rules, converted")

pack = json.load(open("out.osquery"))
assert set(pack) == {"queries"}
for name, query in pack["queries"].items():
    assert re.fullmatch("[a-z0-9-]+_(linux|windows|macos)", name), name
    assert set(query) == {"query", "interval", "platform", "snapshot", "description"}, name
    assert query["platform"] in {"linux", "windows", "darwin"} and 0 < query["interval"] <= 604800, name
print(f"ok    osquery: {len(pack['queries'])} queries in a pack")
PYTHON
