#!/bin/bash
# The real inzage.exe under Wine: a clean computer, products as their installers leave them, removed and renamed ones, browsers, a root
# certificate, a hostile registry; and the same disk examined from Linux.
#
#   tests/real/windows/scan.sh PATH-OF-LINUX-INZAGE PATH-OF-INZAGE.EXE [PART...]    without parts all of those in scan/
#
# Wine enforces no access rights and trusts every signature: what a worker may not read is tried in the unit tests.
INZAGE=$(realpath "${1:?usage: scan.sh PATH-OF-LINUX-INZAGE PATH-OF-INZAGE.EXE}")
INZAGE_EXE=$(realpath "${2:?usage: scan.sh PATH-OF-LINUX-INZAGE PATH-OF-INZAGE.EXE}")
# shellcheck source=tests/real/windows/prefix.sh
. "$(dirname "$0")/prefix.sh"
PROJECT=$(cd "$WINDOWS_TESTS/../../.." && pwd)
TESTDATA=$PROJECT/inspector-core/testdata
R=$PREFIXES/report.json
I=$PREFIXES/inventory.json

SOURCES="processes processes_of_others process_paths installed_programs store_packages services filter_drivers run_keys startup_folders
    scheduled_tasks preload logon_parts browser_extensions browser_policies native_messaging certificates browser_certificates proxy dns
    signature_paths registry_keys code_signatures device_management system_settings input_and_screen server_side network_side"

# Products that a layout from another origin proves: id | state | kinds of evidence | program that runs. The last is a path, or `layout`
# for those of the layout.
PRODUCTS='
activtrak              | autostart | service                   |
spytech-netvizor       | running   | path                      | C:\Program Files\nvclient\sysdiag.exe
genesys-cloud-desktop  | installed | upgrade_code path         |
clockify               | installed | upgrade_code              |
jira-stopwatch         | installed | upgrade_code path         |
veyon                  | running   | uninstall_key path        | C:\Program Files\Veyon\veyon-service.exe
teamviewer             | installed | path                      |
screenconnect          | running   | path signer               | C:\Program Files (x86)\ScreenConnect Client (1a2b3c4d5e6f7a8b)\ScreenConnect.ClientService.exe
rustdesk               | autostart | service uninstall_key path |
chrome-remote-desktop  | installed | service upgrade_code path |
datto-rmm              | running   | service path              | layout
xeox                   | autostart | scheduled_task path       |
netlock-rmm            | autostart | service path              |
carbon-black           | running   | path signer               | layout
velociraptor           | autostart | service upgrade_code path signer |
huntress               | autostart | service path registry_key |
zscaler                | running   | path                      | C:\Program Files\Zscaler\ZSATunnel\ZSATunnel.exe
kidlogger              | running   | uninstall_key path        | layout
qustodio               | autostart | service                   |
safe-exam-browser      | autostart | service upgrade_code path |
sysmon                 | autostart | service registry_key      |
nxlog                  | autostart | service path              |
activitywatch          | installed | uninstall_key path        |
workrave               | autostart | uninstall_key path run_entry |
'
# Who signed programs of these, as their cards say; the records do not tell.
SIGNERS='
screenconnect | ConnectWise, LLC
carbon-black  | Carbon Black, Inc.
velociraptor  | VELOCIDEX ENTERPRISES PTY LTD
'

each() { grep -v '^$' <<<"$1" | sed 's/ *| */|/g; s/ *$//'; }

# Lays a product out as its installer leaves it: lay_out PREFIX PRODUCT
lay_out() {
    local layout=$PREFIXES/laid-out/$2 path signer
    [ -e "$layout.reg" ] || "$PYTHON" "$WINDOWS_TESTS/layout.py" "$PROJECT/signatures/layouts/$2-windows.yaml" "$TOOLS" "$PREFIXES/laid-out"
    put_list "$1" "$layout.list"
    while IFS=$'\t' read -r path signer; do
        signed "$signer" "$TOOLS/signed.exe"
        put "$1" "$TOOLS/signed.exe" "$path"
    done <"$layout.signers"
    signer=$(each "$SIGNERS" | sed -n "s/^$2|//p")
    if [ -n "$signer" ]; then
        signed "$signer" "$TOOLS/signed.exe"
        while read -r path; do put "$1" "$TOOLS/signed.exe" "$path"; done < <(awk -F '\t' 'tolower($2) ~ /\.exe$/ { print $2 }' "$layout.list")
    fi
    import "$1" "$layout.reg"
}

# Takes its programs and what it wrote in the registry away: only leftovers stay.
half_remove() {
    put_list "$1" "$PREFIXES/laid-out/$2.gone"
    import "$1" "$PREFIXES/laid-out/$2.gone.reg"
}

run_programs() {
    local prefix=$1 product=$2 which=$3 path
    if [ "$which" = layout ]; then
        while read -r path; do start "$prefix" "$path"; done <"$PREFIXES/laid-out/$product.programs"
    elif [ -n "$which" ]; then
        start "$prefix" "$which"
    fi
}

scan() {
    local prefix=$1 started
    shift
    started=$(date +%s%N)
    inzage_exe "$prefix" scan --json ${KEEP---no-record} "$@" >"$R" || { echo "FAILED  inzage.exe ended with $?"; FAILED=$((FAILED + 1)); }
    # Without a report every check would fail with a riddle.
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$R" 2>/dev/null || { echo "FAILED  no report was made; the end" >&2; exit 1; }
    MILLISECONDS=$((($(date +%s%N) - started) / 1000000))
}

# One file of the registry with these lines.
registry() {
    printf 'Windows Registry Editor Version 5.00\r\n\r\n%s\r\n' "$2" | iconv -f UTF-8 -t UTF-16LE | { printf '\xff\xfe'; cat; } >"$PREFIXES/one.reg"
    import "$1" "$PREFIXES/one.reg"
}

# Wine takes over the roots of this computer; those that its own administrator added are truly added.
local_roots() {
    local file
    for file in /usr/local/share/ca-certificates/*; do
        [ ! -f "$file" ] || openssl x509 -in "$file" -noout -fingerprint -sha256 2>/dev/null | sed 's/.*=//; s/://g' | tr A-F a-f
    done
}
LOCAL=$(local_roots | tr '\n' ' ')
ONLY_LOCAL='all(o["id"] == "added-root-certificate" and any(root in e["value"] for root in "'$LOCAL'".split() for e in o["evidence"]) for o in '

# Whether something that the program told has the name of the user in it: 1 or 0.
named() { grep -qi anna "$1" && echo 1 || echo 0; }

# The same check of the inventory in $I, whose facts stand in place of findings: facts EXPRESSION TEXT
facts() {
    python3 -c 'import json, sys
inventory = json.load(open(sys.argv[1]))
json.dump({"findings": [], "exposure": [], **inventory}, open(sys.argv[2], "w"))' "$I" "$PREFIXES/facts.json"
    check "$PREFIXES/facts.json" "$1" "$2"
}

# Both reports and both inventories of a prefix, which ends here; at least so many facts agree: compare PREFIX NAME LEAST
compare() {
    local disk=$PREFIXES/$2-disk report=$PREFIXES/offline-report.json same=0
    inzage_exe "$1" scan --json --unmasked --no-record >"$PREFIXES/live-report.json" || true
    inzage_exe "$1" inventory --json --unmasked >"$PREFIXES/live-inventory.json" || true
    offline "$1" "$disk"
    # That hivex itself reads what it wrote.
    hivexget "$disk/Windows/System32/config/SYSTEM" 'Select' Current >/dev/null
    hivexget "$disk/Windows/System32/config/SOFTWARE" 'Microsoft\Windows\CurrentVersion' ProgramFilesDir >/dev/null
    echo '{"findings": [], "exposure": [], "coverage": []}' >"$report"
    if timeout -k 5 60 "$INZAGE" scan --root "$disk" --os windows --user anna --json --unmasked --no-record >"$PREFIXES/scan.json" &&
        timeout -k 5 60 "$INZAGE" inventory --root "$disk" --os windows --user anna --json --unmasked >"$PREFIXES/offline-inventory.json"; then
        mv "$PREFIXES/scan.json" "$report"
        if "$PYTHON" "$WINDOWS_TESTS/compare.py" "$3" "$PREFIXES"/{live,offline}-{report,inventory}.json; then same=1; fi
    fi
    check "$report" "$same == 1" "$2: the disk and the running computer tell the same"
    rm -rf "$disk"
}

mkdir "$PREFIXES/laid-out"
make_tools
echo 'What a program wrote.' >"$TOOLS/text"

shift 2
[ "$#" -gt 0 ] || set -- clean products changed layouts browsers settings hostile tray window record
for part; do
    # shellcheck source=/dev/null
    . "$WINDOWS_TESTS/scan/$part.sh"
done
finish
