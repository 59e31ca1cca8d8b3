# Sourced by ../scan.sh: a computer that others manage and can look at, and parts of others between the worker and Windows.

echo "== what Windows brings by itself"
PREFIX=$(make_prefix settings)
ENROLMENTS='HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Enrollments'
CLASSES='HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Class'
KEYBOARD="[$CLASSES\\{4D36E96B-E325-11CE-BFC1-08002BE10318}]"
SERVICES='HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services'
PROVIDER='{0F52C0E4-7A3B-4B8E-9C1D-6E5A4B3C2D1E}'
# A list of texts, as files of the registry write it.
list() { printf '%s\0' "$@" '' | iconv -f UTF-8 -t UTF-16LE | od -An -v -tx1 | tr -d '\n' | sed 's/^ /hex(7):/; s/ /,/g'; }
driver() {
    printf '[%s\\%s]\n"Type"=dword:0000000%s\n"Start"=dword:00000001\n"ImagePath"="\\\\SystemRoot\\\\system32\\\\drivers\\\\%s.sys"\n' "$SERVICES" "$1" "$2" "$1"
}
# Windows 10 and 11 have enrolments of their own, which say that they are complete and have no account and no server.
ENROLMENT=0
for provider in 'Local Authority' 'Cloud Authority' WMI_Bridge_Server; do
    ENROLMENT=$((ENROLMENT + 1))
    registry "$PREFIX" "[$ENROLMENTS\\{4B7C0E0A-0000-4000-8000-00000000000$ENROLMENT}]
\"ProviderID\"=\"$provider\"
\"EnrollmentState\"=dword:00000001
\"EnrollmentType\"=dword:00000000"
done
registry "$PREFIX" "$KEYBOARD
\"UpperFilters\"=$(list kbdclass)
$(driver kbdclass 1)
$(driver WdFilter 2)
[$SERVICES\\WdFilter\\Instances\\WdFilter Instance]
\"Altitude\"=\"328010\"
\"Flags\"=dword:00000000"
scan "$PREFIX"
check "$R" "$ONLY_LOCAL r['observations'])" 'is no reason for an observation'
inzage_exe "$PREFIX" inventory --json --unmasked >"$I"
FILTERS="{(x['service'].lower(), x['over']): x for x in r['facts'] if x['kind'] == 'filter_driver'}"
SETTINGS="{x['name']: x.get('on') for x in r['facts'] if x['kind'] == 'setting'}"
facts "all(x.get('of_system') for x in $FILTERS.values()) and {('kbdclass', 'keyboard'), ('wdfilter', 'files')} <= set($FILTERS)" 'its own filters are told as its own'
facts "{${SETTINGS}[name] for name in ('mdm-enrolment', 'intune-enrolment')} == {False}" 'it is not managed'
# Wine has a second explorer.exe, where Windows has none.
PARTS="[(x['system'], x['library']) for x in r['facts'] if x['kind'] == 'auth_module' and x['system'] != 'winlogon']"
facts "$PARTS == []" 'and nothing else takes part in logging in'

echo "== managed, looked at, and with parts of others"
registry "$PREFIX" "[$ENROLMENTS\\{4B7C0E0A-0000-4000-8000-000000000009}]
\"ProviderID\"=\"MS DM Server\"
\"EnrollmentState\"=dword:00000001
\"EnrollmentType\"=dword:00000006
\"UPN\"=\"anna@employer.example\"
\"DiscoveryServiceFullURL\"=\"https://enrollment.manage.example/EnrollmentServer/Discovery.svc\"
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services]
\"Shadow\"=dword:00000002
\"fDenyTSConnections\"=dword:00000000
$KEYBOARD
\"UpperFilters\"=$(list acmekeys kbdclass)
$(driver acmekeys 1)
$(driver AcmeWatch 2)
[$SERVICES\\AcmeWatch\\Instances\\AcmeWatch Instance]
\"Altitude\"=\"385100\"
\"Flags\"=dword:00000000
$(driver AcmeNew 2)
[$SERVICES\\AcmeNew\\Parameters\\Instances\\AcmeNew Instance]
\"Altitude\"=\"141000.5\"
\"Flags\"=dword:00000000
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\Credential Providers\\$PROVIDER]
@=\"AcmeLogon\"
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\CLSID\\$PROVIDER\\InprocServer32]
@=\"C:\\\\Program Files\\\\Acme\\\\logon.dll\"
\"ThreadingModel\"=\"Apartment\"
[HKEY_CURRENT_USER\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages\\MSTeams_24033.811.2738.2546_x64__8wekyb3d8bbwe]
\"PackageID\"=\"MSTeams_24033.811.2738.2546_x64__8wekyb3d8bbwe\"
[HKEY_CURRENT_USER\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages\\MSTeams_24033.811.2738.2546_neutral_split.language-nl_8wekyb3d8bbwe]
\"PackageID\"=\"MSTeams_24033.811.2738.2546_neutral_split.language-nl_8wekyb3d8bbwe\""
put "$PREFIX" "$TOOLS/program.exe" 'C:\Program Files\Acme\logon.dll'
for driver in acmekeys AcmeWatch AcmeNew; do put "$PREFIX" "$TOOLS/program.exe" "C:\\windows\\system32\\drivers\\$driver.sys"; done
DRIVERS='c:\windows\system32\drivers'
scan "$PREFIX"
inzage_exe "$PREFIX" inventory --json --unmasked >"$I"
# Once for the running computer, and once for its disk.
seen() {
    check "$1" "[(o['level'], o['set_by']) for o in r['observations'] if o['id'] == 'device-managed'][:1] == [('on', 'policy')]" 'that an organisation manages it is observed'
    check "$1" "[(o['level'], o['set_by']) for o in r['observations'] if o['id'] == 'remote-shadow'] == [('on', 'policy')]" 'that a policy lets others watch without asking is observed'
    check "$1" "r['findings'] == [] and not any(word in json.dumps(r) for word in ('employer.example', 'manage.example', '4B7C0E0A'))" 'with no account, organisation or number of the enrolment, and nothing is taken for a product'
}
seen "$R"
facts "${SETTINGS}['intune-enrolment'] and ${SETTINGS}['remote-desktop'] and ${SETTINGS}['remote-desktop-shadow-without-consent']" 'the settings behind it are told'
facts "(lambda x: not x.get('of_system') and x['exec'].lower() == r'$DRIVERS\\acmekeys.sys')(${FILTERS}['acmekeys', 'keyboard'])" 'a filter of the keyboard'
facts "(lambda x: not x.get('of_system') and x['altitude'] == '385100' and x['exec'].lower() == r'$DRIVERS\\acmewatch.sys')(${FILTERS}['acmewatch', 'files'])" 'a filter of files, with its place in the order'
facts "${FILTERS}['acmenew', 'files']['altitude'] == '141000.5'" 'one where Windows 11 keeps it'
facts "$PARTS == [('credential_provider', r'C:\\Program Files\\Acme\\logon.dll')]" 'a library that asks for the password at the login'
facts "[x['version'] for x in r['facts'] if x['kind'] == 'package' and x['id'] == 'msix:MSTeams'] == ['24033.811.2738.2546']" 'a program from the Store, once'
compare "$PREFIX" settings 40
seen "$PREFIXES/offline-report.json"
