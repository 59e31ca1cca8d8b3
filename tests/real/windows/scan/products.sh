# Sourced by ../scan.sh: products as their installers leave them, and the same disk from Linux.

echo "== products as their installers leave them"
PREFIX=$(make_prefix products)
while IFS='|' read -r product state kinds program; do
    lay_out "$PREFIX" "$product"
    run_programs "$PREFIX" "$product" "$program"
done < <(each "$PRODUCTS")
scan "$PREFIX"
while IFS='|' read -r product state kinds program; do
    check "$R" "f('$product')['confidence'] == 'confirmed' and f('$product')['state'] == '$state' and set('$kinds'.split()) <= {e['kind'] for e in f('$product')['evidence']}" \
        "$product is confirmed, $state, by ${kinds// / and }"
done < <(each "$PRODUCTS")
check "$R" "not set(confirmed) - set('''$(each "$PRODUCTS" | cut -d '|' -f 1)'''.split())" 'and nothing else is'
check "$R" "len({x['class'] for x in r['findings'] if x['confidence'] == 'confirmed'}) >= 10" 'they are of ten classes and more'
check "$R" 'any(e["kind"] == "service" and e["proves"] == "autostart" for e in f("qustodio")["evidence"])' 'a service of Windows counts as starting by itself'
check "$R" 'isinstance(f("workrave")["present_since"], dict)' 'the day of the installation is told'
echo "        $MILLISECONDS ms"

inzage_exe "$PREFIX" inventory --json >"$I"
facts 'any(x["kind"] == "process" and x.get("company") == "Bewaking \u00dc\u010d \u20ac" and x.get("product") == "Toezicht" for x in r["facts"])' \
    'who made a program that runs is told'
facts 'any(x["kind"] == "process" and (x.get("exe") or "").lower() == r"c:\program files\zscaler\zsatunnel\zsatunnel.exe" for x in r["facts"])' \
    'and its whole path'

# Every layout in signatures/layouts proves its product by another origin, or the signatures do not build. The rest has no layout.
"$PYTHON" - "$PROJECT/signatures" <<'PY'
import pathlib, sys, yaml
signatures = pathlib.Path(sys.argv[1])
strong = set()
for path in (signatures / "products").glob("*.yaml"):
    product = yaml.safe_load(path.read_text())
    if any(indicator.get("os") == "windows" and indicator["strength"] == "strong" for indicator in product.get("indicators") or []):
        strong.add(product["id"])
proven = {path.name.removesuffix("-windows.yaml") for path in (signatures / "layouts").glob("*-windows.yaml")}
print(f"unproven on Windows ({len(strong - proven)} of {len(strong)}): {' '.join(sorted(strong - proven))}")
PY

echo "== the same disk, examined from Linux"
compare "$PREFIX" products 90
check "$PREFIXES/offline-report.json" 'all(c["reason"] is None or c["reason"]["code"] not in ("malformed", "internal_error", "read_error") for c in r["coverage"]) and coverage' 'and nothing of the disk is said to be broken'
check "$PREFIXES/offline-report.json" 'coverage["processes"]["reason"]["code"] == "not_live"' 'a disk has no programs that run'
