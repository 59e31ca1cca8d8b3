# Sourced by ../scan.sh: what no installer leaves, and what must not stop a scan.

echo "== a hostile computer"
PREFIX=$(make_prefix hostile)
TASKS='C:\windows\system32\Tasks'
lay_out "$PREFIX" velociraptor
LONG=$(printf 'a%.0s' {1..200})
# Paths of more than 260 characters: of a service, and of a program that runs.
DEEP="C:\\Program Files\\Velociraptor\\$LONG\\$LONG\\agent.exe"
put "$PREFIX" "$TOOLS/program.exe" "$DEEP"
put "$PREFIX" "$TOOLS/program.exe" 'C:\windows\x.exe'
registry "$PREFIX" "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Deep]
\"Type\"=dword:00000010
\"Start\"=dword:00000002
\"ImagePath\"=\"\\\"\\\\\\\\?\\\\${DEEP//\\/\\\\}\\\"\""
printf '<?xml version="1.0"?><Task><Actions><Exec><Command>C:\\x.exe</Comm' >"$TOOLS/broken.xml"
put "$PREFIX" "$TOOLS/broken.xml" "$TASKS\\Broken"
truncate -s 200M "$TOOLS/large.xml"
put "$PREFIX" "$TOOLS/large.xml" "$TASKS\\Large"
# Entities that would grow to a gigabyte, and folders in folders.
{
    printf '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    for pair in ba cb dc ed fe gf hg ih; do printf '<!ENTITY %s "%s">' "${pair:0:1}" "$(printf "&${pair:1};%.0s" {1..10})"; done
    printf ']><Task><Actions><Exec><Command>&i;</Command></Exec></Actions></Task>'
} >"$TOOLS/entities.xml"
put "$PREFIX" "$TOOLS/entities.xml" "$TASKS\\Entities"
put "$PREFIX" "$TOOLS/text" "$TASKS$(printf '\\x%.0s' {1..150})\\Deep"
put "$PREFIX" "$TOOLS/hostile.exe" 'C:\hostile.exe'
STARTED=$SECONDS
in_wine "$PREFIX" 'C:\hostile.exe' || { echo "the hostile registry was not written" >&2; exit 1; }
echo "        written in $((SECONDS - STARTED)) s"
# A look takes at most 30 seconds; what was not reached by then is told. A slow machine needs some more to start and to write.
LIMIT=45
scan "$PREFIX"
echo "        $MILLISECONDS ms"
for source in services scheduled_tasks run_keys browser_policies certificates installed_programs; do
    check "$R" "coverage['$source']['status'] == 'partial' and coverage['$source']['reason']['code'] in ('malformed', 'too_large', 'too_many', 'timed_out')" "$source were not all understood, and it says so"
done
check "$R" "$MILLISECONDS < $LIMIT * 1000" "the scan ends within $LIMIT s"
check "$R" 'all(c["status"] == "full" or c["reason"] is not None for c in r["coverage"]) and not any(c["reason"] and c["reason"]["code"] == "internal_error" for c in r["coverage"])' 'each gap has a reason, and none is a fault of the program'
check "$R" 'coverage["installed_programs"]["checked"] >= 100000 or coverage["installed_programs"]["reason"]["code"] in ("too_many", "timed_out")' '100,000 installed programs are looked at, or it is said that they are too many'
check "$R" "f('velociraptor')['confidence'] == 'confirmed'" 'a product among all this is still found'
check "$R" "any(len(e['value']) > 260 for e in f('velociraptor')['evidence'])" 'by a path of more than 260 characters too'
check "$R" "set(confirmed) == {'velociraptor'}" 'and nothing else is'
inzage_exe "$PREFIX" inventory --json >"$I" && ENDED=0 || ENDED=$?
check "$R" "$ENDED == 0" 'the inventory ends well too'
# What could be understood is told, whatever stands beside it.
OF_SERVICE="{x['service']: x for x in r['facts'] if x.get('mechanism') == 'service'}"
facts "(lambda of: of['k' * 255]['exec'] == ['C:\\\\x.exe'] and of['k' * 255]['enabled'] == 'yes')($OF_SERVICE)" 'a service with the longest name that there can be'
facts "(lambda of: of['Unterminated']['exec'] == ['C:\\\\x.ex'] and of['Unterminated'].get('enabled', 'unknown') == 'unknown')($OF_SERVICE)" 'one whose command has no end'
facts "{'NoLetters', 'Strange', 'Endless', 'WrongTypes'} <= set($OF_SERVICE)" 'services without a command that can be read'
facts "any(name.startswith('Half') for name in $OF_SERVICE)" 'and one whose name has half a letter'
OF_ENTRY="{x['run_entry'] for x in r['facts'] if 'run_entry' in x}"
facts "'n' * 16000 in $OF_ENTRY and any(x['kind'] == 'autostart' and x['mechanism'] == 'run' and x['place'].endswith('CurrentVersion\\\\Run: ') for x in r['facts'])" 'a value of 16,000 letters in a Run key, and the one without a name'
facts "{'ExtensionInstallForcelist', 'ExtensionSettings'} <= {x['name'] for x in r['facts'] if x['kind'] == 'browser_policy'}" 'policies whose values nobody could use'
facts "{'{WrongTypes}', 'Many-000000', 'Many-099999'} <= {x['key'] for x in r['facts'] if x['kind'] == 'installed_program'} or coverage['installed_programs']['reason']['code'] == 'timed_out'" 'an uninstall key with the wrong types, and all the others, or that the time was over'
in_wine "$PREFIX" "$INZAGE_AT" scan >"$PREFIXES/text.txt" && ENDED=0 || ENDED=$?
check "$R" "$ENDED == 0 and $(stat -c %s "$PREFIXES/text.txt") > 100" 'and so does the report for people'
stop "$PREFIX"
