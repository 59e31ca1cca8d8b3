#!/bin/bash
# What Inzage tells of a real Chromium: one extension loaded from a folder, and one forced by a policy from a server of its own.
#
# Usage, as root on Debian: chromium.sh PATH-OF-INZAGE
# It makes a user, a policy file and a web server on 127.0.0.1, and removes all of them, however it ends.
set -euo pipefail

inzage=$(realpath "${1:?usage: chromium.sh PATH-OF-INZAGE}")
work=$(mktemp -d /tmp/inzage-real.XXXXXX)
user=inzage-real-$$
policies=/etc/chromium/policies/managed
policy=$policies/inzage-real-$$.json
made_folders=()
server=
browser=

say() { echo "chromium.sh: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

# Waits at most $1 seconds for a command to succeed.
wait_for() {
    local left=$1
    shift
    until "$@"; do
        ((left-- > 0)) || return 1
        sleep 1
    done
}

# Ends the process group that started with $1, kindly and then not.
end() {
    [[ -n $1 ]] && kill -0 -- "-$1" 2>/dev/null || return 0
    kill -- "-$1" 2>/dev/null || true
    wait_for 10 gone "$1" || kill -KILL -- "-$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
gone() { ! kill -0 -- "-$1" 2>/dev/null; }

clean_up() {
    local status=$?
    set +e
    if ((status != 0)) && [[ -s $work/browser.log ]]; then
        say "the end of the browser's log, without its complaints that there is no D-Bus:"
        grep -v dbus/ "$work/browser.log" | tail -n 20 >&2
    fi
    end "$browser"
    end "$server"
    if id "$user" >/dev/null 2>&1; then
        # The handler of crashes leaves the browser's group; nobody else is this user.
        pkill -KILL -u "$user"
        wait_for 10 no_process_left
        userdel --remove "$user" 2>/dev/null
    fi
    rm -f "$policy"
    # Only the folders that were not there before, the deepest first.
    for ((i = ${#made_folders[@]} - 1; i >= 0; i--)); do rmdir "${made_folders[i]}" 2>/dev/null; done
    rm -rf "$work"
    return "$status"
}
no_process_left() { ! pgrep -u "$user" >/dev/null; }
trap clean_up EXIT
trap 'exit 130' INT TERM

as_user() {
    setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME="/home/$user" USER="$user" LOGNAME="$user" LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin "$@"
}

install_chromium() {
    local program
    for program in chromium openssl pgrep python3; do
        if ! command -v "$program" >/dev/null; then
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium openssl procps python3 >/dev/null
            break
        fi
    done
    say "$(chromium --version 2>/dev/null)"
}

make_user() {
    useradd --create-home --shell /bin/bash "$user"
    # The program may lie where this user cannot look.
    install -m 755 "$inzage" "$work/inzage"
    chmod 755 "$work"
}

make_extensions() {
    mkdir -p "$work/unpacked" "$work/forced/_locales/en" "$work/served"
    cat >"$work/unpacked/manifest.json" <<'END'
{ "manifest_version": 3, "name": "Real Unpacked", "version": "0.1", "permissions": ["tabs"], "host_permissions": ["https://intranet.example/*"] }
END
    cat >"$work/forced/manifest.json" <<'END'
{
  "manifest_version": 3, "name": "__MSG_title__", "default_locale": "en", "version": "1.2",
  "permissions": ["tabs", "webRequest", "history"], "host_permissions": ["<all_urls>"],
  "content_scripts": [{ "matches": ["<all_urls>"], "js": ["content.js"] }]
}
END
    echo '{ "title": { "message": "Real Forced" } }' >"$work/forced/_locales/en/messages.json"
    echo '//' >"$work/forced/content.js"
    timeout -k 5 60 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/packing" --pack-extension="$work/forced" >"$work/browser.log" 2>&1 ||
        fail "packing the extension failed"
    [[ -s $work/forced.crx ]] || fail "Chromium packed nothing"
    mv "$work/forced.crx" "$work/served/"
    # An id is the hash of the public key, written with the letters a to p; of an unpacked extension, the hash of its path.
    forced_id=$(openssl pkey -in "$work/forced.pem" -pubout -outform DER | sha256sum | head -c 32 | tr 0-9a-f a-p)
    unpacked_id=$(printf %s "$work/unpacked" | sha256sum | head -c 32 | tr 0-9a-f a-p)
    chmod -R a+rX "$work/unpacked" "$work/served"
}

serve() {
    cat >"$work/serve.py" <<'END'
import functools, http.server, os, sys
folder, port_file = sys.argv[1:]
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
with open(port_file + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(port_file + ".new", port_file)
server.serve_forever()
END
    setsid python3 "$work/serve.py" "$work/served" "$work/port" >"$work/server.log" 2>&1 &
    server=$!
    wait_for 20 test -s "$work/port" || fail "the web server did not start"
    local address
    address=http://127.0.0.1:$(<"$work/port")
    cat >"$work/served/update.xml" <<END
<?xml version='1.0' encoding='UTF-8'?>
<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>
  <app appid='$forced_id'><updatecheck codebase='$address/forced.crx' version='1.2'/></app>
</gupdate>
END
    local folder=
    for part in etc chromium policies managed; do
        folder+=/$part
        [[ -d $folder ]] || { mkdir "$folder" && made_folders+=("$folder"); }
    done
    echo "{\"ExtensionInstallForcelist\": [\"$forced_id;$address/update.xml\"]}" >"$policy"
    chmod 644 "$policy"
}

start_browser() {
    # Without its own folder a headless Chromium uses one that it throws away. Background networking must stay on: it brings what a
    # policy forces. The makers' own Chrome no longer loads unpacked extensions from the command line without the disabled feature.
    as_user setsid chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update --disable-sync \
        --user-data-dir="/home/$user/.config/chromium" --disable-features=DisableLoadExtensionCommandLineSwitch \
        --load-extension="$work/unpacked" about:blank >"$work/browser.log" 2>&1 &
    browser=$!
    wait_for 90 both_are_noted || fail "Chromium did not note both extensions; the server saw: $(cat "$work/server.log")"
}
both_are_noted() {
    local preferences="/home/$user/.config/chromium/Default/Preferences"
    grep -qs "\"$forced_id\":{" "$preferences" && grep -qs "\"$unpacked_id\":{" "$preferences"
}

# Looks while the browser runs, as an ordinary user would.
look() {
    as_user timeout -k 5 60 "$work/inzage" inventory --json --unmasked >"$work/inventory.json" || fail "inzage inventory failed"
    as_user timeout -k 5 60 "$work/inzage" scan --json --unmasked --no-record >"$work/report.json" || fail "inzage scan failed"
    kill -0 "$browser" 2>/dev/null || fail "the browser ended by itself"
    python3 - "$work" "/home/$user/.config/chromium/Default/Preferences" "$policy" "$forced_id" "$unpacked_id" <<'END'
import json, sys
work, preferences, policy, forced_id, unpacked_id = sys.argv[1:]
inventory = json.load(open(work + "/inventory.json"))
report = json.load(open(work + "/report.json"))
wrong = []

def check(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: {found!r} instead of {expected!r}")

def extension(id, **expected):
    all = [fact for fact in inventory["facts"] if fact["kind"] == "extension" and fact["id"] == id]
    check(f"{id}: how often", len(all), 1)
    for fact in all[:1]:
        for key, value in expected.items():
            check(f"{id}: {key}", fact.get(key), value)

common = {"browser": "Chromium", "profile": "Default", "enabled": True, "place": preferences}
extension(forced_id, name="Real Forced", version="1.2", install="policy", policy=policy, hosts=["<all_urls>"], all_sites=True,
          permissions=["history", "tabs", "webRequest"], **common)
extension(unpacked_id, name="Real Unpacked", version="0.1", install="unpacked", policy=None, hosts=["https://intranet.example/*"], all_sites=None,
          permissions=["tabs"], **common)
policies = [fact for fact in inventory["facts"] if fact["kind"] == "browser_policy" and fact["place"] == policy]
check("policies", [(fact["name"], fact.get("mandatory")) for fact in policies], [("ExtensionInstallForcelist", True)])
for name, value in (("inventory", inventory), ("report", report)):
    status = {coverage["source"]: coverage["status"] for coverage in value["coverage"]}
    for source in ("browser_extensions", "browser_policies", "browser_certificates"):
        check(f"{name}: {source}", status.get(source), "full")
if wrong:
    sys.exit("\n".join(wrong))
END
}

((EUID == 0)) || fail "run this as root: it makes a user and a policy"
[[ -x $inzage ]] || fail "$inzage is not a program"
install_chromium
make_user
make_extensions
serve
start_browser
look
say "both extensions are told as they are"
