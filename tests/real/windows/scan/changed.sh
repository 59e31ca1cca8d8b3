# Sourced by ../scan.sh: what is left of products, and products under other names.

echo "== half removed"
PREFIX=$(make_prefix changed)
REMOVED="controlr zscaler anydesk"
for product in $REMOVED; do lay_out "$PREFIX" "$product"; done
printf 'folder\t%s\n' 'C:\ProgramData\AnyDesk\' 'C:\Users\anna\AppData\Roaming\UltraViewer\' >"$PREFIXES/one.list"
put_list "$PREFIX" "$PREFIXES/one.list"
scan "$PREFIX"
check "$R" "set('$REMOVED'.split()) == set(confirmed)" 'they are confirmed before'
for product in $REMOVED; do half_remove "$PREFIX" "$product"; done
scan "$PREFIX"
for product in $REMOVED; do
    check "$R" "f('$product')['state'] == 'remains' and f('$product')['confidence'] != 'confirmed'" "of $product remains are shown"
done

inzage_exe "$PREFIX" scan --json --unmasked >"$PREFIXES/unmasked.json"
check "$R" "f('ultraviewer')['state'] == 'remains' and [$(named "$PREFIXES/unmasked.json"), $(named "$R")] == [1, 0]" 'those in the folder of the user do not tell the name'

echo "== an uninstall key whose folder is gone"
lay_out "$PREFIX" activitywatch
put_list "$PREFIX" "$PREFIXES/laid-out/activitywatch.gone"
scan "$PREFIX"
check "$R" "'uninstall_key' in {e['kind'] for e in f('activitywatch')['evidence']} and (f('activitywatch')['state'], f('activitywatch')['running']) == ('remains', 'no')" 'the entry that stayed is shown, as what remains'

echo "== renamed"
# The service keeps its name, and its program has another one in another place.
registry "$PREFIX" '[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Mesh Agent]
"Type"=dword:00000010
"Start"=dword:00000002
"ImagePath"="\"C:\\Program Files\\Contoso\\updater.exe\""
[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\ContosoUpdate]
"Type"=dword:00000010
"Start"=dword:00000002
"ImagePath"="C:\\Program Files\\RustDesk\\svchost.exe --service"'
put "$PREFIX" "$TOOLS/program.exe" 'C:\Program Files\Contoso\updater.exe'
put "$PREFIX" "$TOOLS/program.exe" 'C:\Program Files\RustDesk\svchost.exe'
put "$PREFIX" "$TOOLS/program.exe" 'C:\Program Files\Velociraptor\chrome.exe'
put "$PREFIX" "$TOOLS/program.exe" 'C:\Users\anna\Downloads\veyon-service.exe'
start "$PREFIX" 'C:\Program Files\Velociraptor\chrome.exe'
start "$PREFIX" 'C:\Users\anna\Downloads\veyon-service.exe'
scan "$PREFIX"
check "$R" "f('meshcentral')['confidence'] == 'confirmed' and f('meshcentral')['state'] == 'autostart' and any(e['kind'] == 'service' for e in f('meshcentral')['evidence'])" 'a renamed agent is told by the key of its service'
check "$R" "f('rustdesk')['confidence'] == 'confirmed' and any(e['kind'] == 'path' and e['proves'] == 'autostart' for e in f('rustdesk')['evidence'])" 'a renamed service by the path in its command'
check "$R" "f('velociraptor')['confidence'] == 'confirmed' and f('velociraptor')['state'] == 'running'" 'a renamed program by the folder it runs in'
check "$R" "f('veyon')['confidence'] == 'possible'" 'a program with the name of another alone is not confirmed'
stop "$PREFIX"
