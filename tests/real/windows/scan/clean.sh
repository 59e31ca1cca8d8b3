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
inzage_exe "$PREFIX" inventory --json >"$I"
inzage_exe "$PREFIX" inventory --json --unmasked >"$PREFIXES/unmasked.json"
# What is looked for in the masked ones is there without masking.
check "$R" "$(named "$PREFIXES/unmasked.json") == 1" 'the inventory can be had unmasked, with the name of the user'
check "$R" "$(named "$I") == 0 and $(named "$R") == 0" 'but not otherwise, nor the report'

echo "== the program itself"
SUBSYSTEM=$("$PYTHON" -c 'import struct, sys
data = open(sys.argv[1], "rb").read()
print(struct.unpack_from("<H", data, struct.unpack_from("<I", data, 0x3C)[0] + 0x5C)[0])' "$INZAGE_EXE")
check "$R" "$SUBSYSTEM == 3" 'its header says that it is a program for the console'
# A manifest lies in the program as it was written. The words alone are in other places too, so whole elements are looked for.
for element in 'level="asInvoker"' '>UTF-8</activeCodePage>' '>true</longPathAware>' '>PerMonitorV2</dpiAwareness>' '>detached</consoleAllocationPolicy>'; do
    check "$R" "$(grep -aoF -- "$element" "$INZAGE_EXE" | wc -l) == 1" "its manifest says $element"
done
