# Sourced by ../scan.sh: extensions that policies force, a profile of Firefox, a root certificate, settings of a proxy.

echo "== browsers, a root certificate, a proxy"
PREFIX=$(make_prefix browsers)
FORCED=pfaogoihaminedmimppdhhlkkpfmlamm
LOCAL_DATA='C:\Users\anna\AppData\Local'
FIREFOX='C:\Users\anna\AppData\Roaming\Mozilla\Firefox'
# The profiles of real browsers that the unit tests read, where Windows keeps them.
for data in 'Google\Chrome' 'Microsoft\Edge'; do
    put "$PREFIX" "$TESTDATA/browsers/chromium150-LocalState.json" "$LOCAL_DATA\\$data\\User Data\\Local State"
    put "$PREFIX" "$TESTDATA/browsers/chromium150-Preferences.json" "$LOCAL_DATA\\$data\\User Data\\Default\\Preferences"
    put "$PREFIX" "$TESTDATA/browsers/chromium150-SecurePreferences.json" "$LOCAL_DATA\\$data\\User Data\\Default\\Secure Preferences"
done
printf '[Profile0]\r\nName=default-release\r\nIsRelative=1\r\nPath=Profiles/44qeuiat.default-release\r\n\r\n[General]\r\nStartWithLastProfile=1\r\nVersion=2\r\n' >"$TOOLS/profiles.ini"
sed 's|/home/anna/.config/mozilla/firefox/44qeuiat.default-esr/|C:\\\\Users\\\\anna\\\\AppData\\\\Roaming\\\\Mozilla\\\\Firefox\\\\Profiles\\\\44qeuiat.default-release\\\\|g' \
    "$TESTDATA/browsers/firefox153esr-extensions.json" >"$TOOLS/extensions.json"
put "$PREFIX" "$TOOLS/profiles.ini" "$FIREFOX\\profiles.ini"
put "$PREFIX" "$TOOLS/extensions.json" "$FIREFOX\\Profiles\\44qeuiat.default-release\\extensions.json"
registry "$PREFIX" "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\ExtensionInstallForcelist]
\"1\"=\"$FORCED;https://employer.example/update.xml\"
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome]
\"CloudReportingEnabled\"=dword:00000001
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\Recommended]
\"HomepageLocation\"=\"https://employer.example/\"
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge]
\"ExtensionSettings\"=\"{\\\"$FORCED\\\":{\\\"installation_mode\\\":\\\"force_installed\\\",\\\"update_url\\\":\\\"https://employer.example/update.xml\\\"}}\"
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Mozilla\\Firefox]
\"ExtensionSettings\"=\"{\\\"monitor@employer.example\\\":{\\\"installation_mode\\\":\\\"force_installed\\\",\\\"install_url\\\":\\\"https://employer.example/ff.xpi\\\"}}\"
[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings]
\"AutoConfigURL\"=\"http://proxy.employer.example/proxy.pac\""
put "$PREFIX" "$TOOLS/add-root.exe" 'C:\Users\anna\Downloads\add-root.exe'
put "$PREFIX" "$TESTDATA/certificates/added-root.pem" 'C:\Users\anna\Downloads\added-root.pem'
in_wine "$PREFIX" 'C:\Users\anna\Downloads\add-root.exe' 'C:\Users\anna\Downloads\added-root.pem'
ADDED=$(openssl x509 -in "$TESTDATA/certificates/added-root.pem" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f)
scan "$PREFIX" --unmasked
inzage_exe "$PREFIX" inventory --json --unmasked >"$I"
EXTENSIONS='[x for x in r["facts"] if x["kind"] == "extension" and x["browser"].startswith'
facts "any(x['id'] == '$FORCED' and x['install'] == 'policy' and 'Google' in (x.get('policy') or '') for x in $EXTENSIONS('Chrome')])" 'an extension that the list of a policy forces upon Chrome, and the policy'
facts "any(x['id'] == '$FORCED' and x['install'] == 'policy' and 'Edge' in (x.get('policy') or '') for x in $EXTENSIONS('Edge')])" 'one that settings in JSON force upon Edge, and the policy'
facts "any(x['id'] == 'monitor@employer.example' and x['install'] == 'policy' for x in $EXTENSIONS('Firefox')])" 'one in a profile of Firefox, by a policy'
facts "any(x['id'] == 'side@tool.example' for x in $EXTENSIONS('Firefox')])" 'and another there'
facts "{'ExtensionInstallForcelist', 'CloudReportingEnabled', 'ExtensionSettings'} <= {x['name'] for x in r['facts'] if x['kind'] == 'browser_policy'}" 'policies in the registry are told'
facts "{x['name']: x.get('mandatory', False) for x in r['facts'] if x['kind'] == 'browser_policy' and x['browser'] == 'Chrome'}.items() >= {'CloudReportingEnabled': True, 'ExtensionInstallForcelist': True, 'HomepageLocation': False}.items()" 'with which are mandatory, and which only recommended'
facts "all(x.get('mandatory', False) != (x['name'] == 'HomepageLocation') for x in r['facts'] if x['kind'] == 'browser_policy')" 'in every browser'
check "$R" "any(o['id'] == 'added-root-certificate' and any('$ADDED' in e['value'] and e['kind'] == 'certificate' for e in o['evidence']) for o in r['observations'])" 'a root certificate added to the machine is named'
check "$R" "$ONLY_LOCAL r['observations'] if o['id'] == 'added-root-certificate' and not any('$ADDED' in e['value'] for e in o['evidence']))" 'and no root of those that Wine takes over from this computer'
check "$R" "any('proxy.employer.example' in e['value'] for o in r['observations'] for e in o['evidence'])" 'the script that chooses a proxy is named'
check "$R" "r['findings'] == []" 'none of this makes a finding'
compare "$PREFIX" browsers 90
