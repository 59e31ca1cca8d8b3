# Sourced by ../scan.sh: every layout that there is, all on one computer.

echo "== every product with a layout"
PREFIX=$(make_prefix layouts)
NAMED=
for LAYOUT in "$PROJECT"/signatures/layouts/*-windows.yaml; do
    PRODUCT=$(basename "$LAYOUT" -windows.yaml)
    lay_out "$PREFIX" "$PRODUCT"
    NAMED="$NAMED $PRODUCT"
done
scan "$PREFIX"
for PRODUCT in $NAMED; do
    # What a product's processes alone prove is not started here.
    check "$R" "f('$PRODUCT')['confidence'] == 'confirmed' and f('$PRODUCT')['state'] != 'remains'" "$PRODUCT is confirmed"
done
echo "        $MILLISECONDS ms"

echo "== the time of a scan with all of them, against the same keys and files read and thrown away"
put "$PREFIX" "$(dirname "$INZAGE_EXE")/scan.exe" "${INZAGE_AT%\\*}\\bench.exe"
as_anna "$PREFIX" timeout -k 5 300 "$WINE" "${INZAGE_AT%\\*}\\bench.exe"
stop "$PREFIX"
