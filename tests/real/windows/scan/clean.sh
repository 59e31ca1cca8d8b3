# Sourced by ../scan.sh: a computer with nothing but Windows, and the program itself.

echo "== a clean computer"
PREFIX=$(make_prefix clean)
scan "$PREFIX"
check "$R" 'r["findings"] == []' 'a clean computer has no finding, also no possible one'
check "$R" "$ONLY_LOCAL r['observations'])" 'and no observation but roots that this computer itself was given'
check "$R" "not set('''$SOURCES'''.split()) - set(coverage)" 'every source of Windows is named'
check "$R" "not set(coverage) - set('''$SOURCES'''.split())" 'and none of another system'
check "$R" 'r["host"]["os"] == "windows" and "Windows 10" in r["host"]["os_version"]' 'the system is named'
check "$R" 'all(c["reason"] is None or c["reason"]["code"] not in ("malformed", "internal_error", "read_error") for c in r["coverage"])' 'and nothing in it is said to be broken'
echo "        $MILLISECONDS ms"
grep -qi anna "$R" && NAMED=1 || NAMED=0
check "$R" "$NAMED == 0" 'the name of the user is masked'

echo "== the program itself"
"$PYTHON" - "$INZAGE_EXE" >"$PREFIXES/manifest.txt" <<'PY'
import struct, sys
data = open(sys.argv[1], "rb").read()
header = struct.unpack_from("<I", data, 0x3C)[0]
print("console" if struct.unpack_from("<H", data, header + 0x5C)[0] == 3 else "window")
for word in ("asInvoker", "longPathAware", "UTF-8", "PerMonitorV2"):
    # A manifest lies in the program as it was written.
    at = data.find(b"urn:schemas-microsoft-com:asm.v1")
    if at >= 0 and word.lower().encode() in data[max(0, at - 500):at + 6000].lower():
        print(word)
PY
for word in console asInvoker longPathAware UTF-8 PerMonitorV2; do
    check "$R" "$(grep -cx "$word" "$PREFIXES/manifest.txt" || true) == 1" "its header and manifest say $word"
done
