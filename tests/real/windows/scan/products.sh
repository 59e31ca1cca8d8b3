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
check "$R" 'f("workrave")["present_since"] is not None' 'the day of the installation is told'
echo "        $MILLISECONDS ms"

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
compare() {
    local prefix=$1 name=$2
    inzage_exe "$prefix" scan --json --unmasked --no-record >"$PREFIXES/live-report.json"
    inzage_exe "$prefix" inventory --json --unmasked >"$PREFIXES/live-inventory.json"
    offline "$prefix" "$PREFIXES/$name-disk"
    for hive in SOFTWARE SYSTEM; do
        # That hivex itself can read what was written.
        hivexget "$PREFIXES/$name-disk/Windows/System32/config/$hive" '\' >/dev/null
    done
    timeout -k 5 60 "$INZAGE" scan --root "$PREFIXES/$name-disk" --os windows --user anna --json --unmasked --no-record >"$PREFIXES/offline-report.json"
    timeout -k 5 60 "$INZAGE" inventory --root "$PREFIXES/$name-disk" --os windows --user anna --json --unmasked >"$PREFIXES/offline-inventory.json"
    "$PYTHON" "$WINDOWS_TESTS/compare.py" "$PREFIXES"/{live,offline}-{report,inventory}.json >"$PREFIXES/differences.txt" 2>&1 && SAME=1 || SAME=0
    cat "$PREFIXES/differences.txt"
    check "$PREFIXES/offline-report.json" "$SAME == 1" "$name: the disk and the running computer tell the same"
    rm -rf "$PREFIXES/$name-disk"
}
compare "$PREFIX" products
check "$PREFIXES/offline-report.json" 'all(c["reason"] is None or c["reason"]["code"] not in ("malformed", "internal_error", "read_error") for c in r["coverage"])' 'and nothing of the disk is said to be broken'
check "$PREFIXES/offline-report.json" 'coverage["processes"]["reason"]["code"] == "not_live"' 'a disk has no programs that run'
