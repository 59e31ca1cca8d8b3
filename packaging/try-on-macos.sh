#!/bin/sh
# Builds and tries Inzage on a real Mac, as an ordinary user, and writes what came out to one file beside this script.
# It changes nothing on the Mac, asks for no password and sends nothing. Only building uses the network: cargo downloads the libraries.
#
# It needs this repository, cargo (https://rustup.rs) and the linker that cargo then asks for (xcode-select --install). Say in Terminal
#
#     sh packaging/try-on-macos.sh
#
# or `sh packaging/try-on-macos.sh PROGRAM` to try a program that is already built.
#
# The file, inzage-macos-trial.txt, has counts, times, the ids of products that were recognised, and for some places whether an ordinary user
# may read them. It has no name of a person or a computer, no address, no list of programs, and nothing that stands in those places.
# Read it before you send it: open -e inzage-macos-trial.txt
set -u
export LC_ALL=C LANG=C

if [ "$(uname -s)" != Darwin ]; then
    echo 'This is for a Mac. / Dit is voor een Mac.'
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    echo 'Run this without sudo: it is about what an ordinary user sees. / Voer dit uit zonder sudo: het gaat om wat een gewone gebruiker ziet.'
    exit 1
fi
here=$(cd "$(dirname "$0")" && pwd) || exit 1
case $here/ in
"$HOME"/Desktop/* | "$HOME"/Documents/* | "$HOME"/Downloads/* | "$HOME/Library/Mobile Documents"/* | /Volumes/*)
    echo 'Move this folder to your home folder first: for this place macOS asks about Terminal itself. / Zet deze map eerst in je thuismap: over deze plek stelt macOS een vraag over Terminal zelf.'
    exit 1
    ;;
esac
repository=$(dirname "$here")
output=$here/inzage-macos-trial.txt
program=${1-}
case $program in
'' | /*) ;;
*) program=$PWD/$program ;;
esac
echo 'This trial has not ended.' >"$output" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
: >"$work/said"

say() { printf '%s\n' "$*" >>"$work/said"; }
part() { printf '\n== %s\n' "$*" >>"$work/said"; }
yes_no() { if "$@" >/dev/null 2>&1; then echo yes; else echo no; fi; }
lines() { wc -l | tr -d ' '; }

# Runs a command for at most so many seconds: its output goes to $work/out, its errors to $work/err, its exit status to $code and the seconds
# to $took. macOS has no `timeout`.
limited() {
    limit=$1
    shift
    /usr/bin/time -p "$@" >"$work/out" 2>"$work/err" </dev/null &
    running=$!
    waited=0
    while kill -0 "$running" 2>/dev/null; do
        if [ "$waited" -ge "$limit" ]; then
            # What was started, and not only what takes its time.
            pkill -P "$running" 2>/dev/null
            kill "$running" 2>/dev/null
            break
        fi
        sleep 1
        waited=$((waited + 1))
    done
    wait "$running" 2>/dev/null
    code=$?
    took=$(awk '$1 == "real" { took = $2 } END { print (took == "" ? "not measured" : took) }' "$work/err")
}

# Whatever names a person or a computer, one a line, the longest first; a word that stands everywhere names nobody.
names() {
    {
        id -un
        id -F
        id -F | tr ' ' '\n'
        basename "$HOME"
        hostname
        hostname -s
        for kind in ComputerName LocalHostName HostName; do scutil --get "$kind"; done
    } 2>/dev/null | awk 'length($0) > 2 && !seen[$0]++ && tolower($0) !~ /^(user|admin|test|mac|macbook|root|localhost)$/ { print length($0) "\t" $0 }' | sort -rn | cut -f2-
}

# Replaces the names, as whole words and whatever their case.
without_names() {
    awk -v list="$work/names" '
        function is_word(letter) { return letter ~ /[A-Za-z0-9]/ }
        BEGIN { while ((getline name < list) > 0) wanted[++count] = tolower(name) }
        {
            rest = $0
            for (i = 1; i <= count; i++) {
                done = ""
                while ((at = index(tolower(rest), wanted[i])) > 0) {
                    long = length(wanted[i])
                    before = at > 1 ? substr(rest, at - 1, 1) : substr(done, length(done), 1)
                    whole = !is_word(before) && !is_word(substr(rest, at + long, 1))
                    done = done substr(rest, 1, at - 1) (whole ? "<name>" : substr(rest, at, long))
                    rest = substr(rest, at + long)
                }
                rest = done rest
            }
            print rest
        }'
}

# The word for why, of what `ls` and `head` say.
why() {
    case $(cat "$work/why") in
    *'Operation not permitted'*) echo 'not permitted' ;;
    *'ermission denied'*) echo denied ;;
    *'No such file'*) echo absent ;;
    *) echo 'another error' ;;
    esac
}

# Whether this user may list a folder or read a file. Nothing of what is in it is kept.
readable() {
    shown=$1 path=$2
    if ! ls -d "$path" >/dev/null 2>"$work/why"; then
        say "$shown: no, $(why)"
    elif [ -d "$path" ]; then
        told "$shown" folder ls "$path"
    else
        told "$shown" file head -c 1 "$path"
    fi
}
told() {
    what="$1: $2"
    shift 2
    if "$@" >/dev/null 2>"$work/why"; then say "$what, yes"; else say "$what, no, $(why)"; fi
}

about_the_mac() {
    part computer
    say "macOS: $(sw_vers -productVersion), build $(sw_vers -buildVersion)"
    say "processor: $(uname -m), $(sysctl -n hw.logicalcpu) threads, translated: $(sysctl -n sysctl.proc_translated 2>/dev/null || echo no)"
    case " $(id -Gn) " in
    *' admin '*) say 'this user is an administrator: yes' ;;
    *) say 'this user is an administrator: no' ;;
    esac
    say "over SSH: $(yes_no test -n "${SSH_CONNECTION-}")"
    say "terminal: $(printf %s "${TERM_PROGRAM-none}" | tr -cd 'A-Za-z0-9_.-')"
}

build() {
    part building
    if ! command -v cargo >/dev/null; then
        say 'there is no cargo'
        return
    fi
    echo 'Building, for some minutes / Bouwen, enkele minuten ...'
    say "$(cargo --version)"
    # `time` would be measured here too, but what cargo says is wanted.
    if (cd "$repository" && cargo build --release --locked --package inzage && cargo build --release --locked --package inzage-macos --example ask) >"$work/build" 2>&1 </dev/null; then
        say 'built: yes'
        target=${CARGO_TARGET_DIR:-$repository/target}
        program=$target/release/inzage
        ask=$target/release/examples/ask
    else
        say 'built: no'
        grep -E '^(error|warning|ld:|clang:)' "$work/build" | head -n 20 >>"$work/said"
    fi
}

# The lines of a part of a report, which has every value on a line of its own.
part_of() { awk -v part="  \"$1\": [" '$0 == part { on = 1; next } /^  \]/ { on = 0 } on' "$2"; }
values() { awk -v wanted=" $1 " -F'"' '/^    \{/ { line = "" } NF >= 3 && index(wanted, " " $2 " ") { value = NF >= 5 ? $4 : $3; gsub(/[:, ]/, "", value); line = line " " $2 "=" value } /^    \}/ { print line }'; }

try_the_program() {
    part program
    say "$(shasum -a 256 "$program" 2>/dev/null | cut -d' ' -f1), $(wc -c <"$program" | tr -d ' ') bytes, signed: $(yes_no codesign -v "$program")"
    limited 30 "$program" --version
    say "version: exit $code, $(head -n 1 "$work/out")"
    for lang in en nl; do
        limited 180 "$program" scan --no-record --lang "$lang"
        say "scan, $lang: exit $code, $took s, $(lines <"$work/out") lines, errors $(grep -cvE '^(real|user|sys) ' "$work/err")"
    done
    for round in 1 2 3; do
        limited 180 "$program" scan --no-record --json
        say "scan --json, $round: exit $code, $took s"
    done
    cp "$work/out" "$work/scan.json"
    limited 180 "$program" inventory --json
    say "inventory --json: exit $code, $took s"
    cp "$work/out" "$work/inventory.json"

    part masking
    for report in scan inventory; do
        left=0
        while IFS= read -r name; do
            # Only how many: which names is not for the file.
            grep -qiwF -- "$name" "$work/$report.json" && left=$((left + 1))
        done <"$work/names"
        say "$report: $left of $(lines <"$work/names") names left in it"
    done

    part 'sources of the scan'
    part_of coverage "$work/scan.json" | values 'source status checked code' >>"$work/said"
    part findings
    part_of findings "$work/scan.json" | awk '/^      "(product|confidence|state)"/ || /^    [{}]/' | values 'product confidence state' >>"$work/said"
    part observations
    part_of observations "$work/scan.json" | awk '/^      "(id|level|ordinary)"/ || /^    [{}]/' | values 'id level ordinary' >>"$work/said"
    part 'facts, by kind'
    part_of facts "$work/inventory.json" | grep -E '^      "kind":' | sort | uniq -c | awk -F'"' '{ gsub(/ /, "", $1); print $4 ": " $1 }' >>"$work/said"
    say "processes, as ps counts them: $(ps -axo pid= | lines)"
}

ask_the_system() {
    part 'what an ordinary user may read'
    for path in '/Library/Managed Preferences' /Library/SystemExtensions /Library/SystemExtensions/db.plist /var/db/receipts \
        /var/db/com.apple.backgroundtaskmanagement /Library/Preferences/com.apple.networkextension.plist '/Library/Security/Trust Settings' /private/var/protected/trustd \
        /Library/Keychains/System.keychain /var/db/ConfigurationProfiles /var/db/ConfigurationProfiles/Settings \
        /Library/Preferences/SystemConfiguration/preferences.plist /Library/Preferences/com.apple.RemoteManagement.plist \
        '/Library/Application Support/Apple/Remote Desktop' '/Library/Application Support/Apple/Remote Desktop/RemoteManagement.launchd' \
        /Library/LaunchDaemons /Library/LaunchAgents /Library/PrivilegedHelperTools /Library/Extensions /etc/security/audit_control /var/audit \
        '/Library/Preferences/OpenDirectory/Configurations/Active Directory' /var/db/launchd.db /var/db/com.apple.xpc.launchd; do
        readable "$path" "$path"
    done
    readable '/Library/Managed Preferences/<user>' "/Library/Managed Preferences/$(id -un)"
    # Only whether the folder is listed. What is in it is never opened.
    told 'TCC of the Mac' 'listed' ls '/Library/Application Support/com.apple.TCC'
    told 'TCC of the user' 'listed' ls "$HOME/Library/Application Support/com.apple.TCC"

    part "what Apple's tools say"
    limited 60 /usr/bin/profiles status -type enrollment
    say "profiles status: exit $code, $took s"
    awk -F': *' '
        /^ *(Enrolled via DEP|MDM enrollment):/ {
            word = $2 ~ /^Yes/ ? "yes" : $2 ~ /^No/ ? "no" : "another word"
            sub(/^ */, "", $1)
            print "  " $1 ": " word ($2 ~ /User Approved/ ? ", approved by the user" : "")
            next
        }
        /^ *MDM server:/ { print "  MDM server: is told"; next }
        NF { other++ }
        END { if (other) print "  other lines: " other }' "$work/out" >>"$work/said"
    # As long as the program waits for it.
    limited 15 /usr/sbin/system_profiler -xml SPConfigurationProfileDataType -detailLevel full
    say "system_profiler, profiles: exit $code, $took s, $(wc -c <"$work/out" | tr -d ' ') bytes, $(grep -c spconfigprofile "$work/out") lines of profiles"
    limited 30 /usr/sbin/scutil --nc list
    say "scutil --nc list: exit $code, $took s, $(lines <"$work/out") lines"
    limited 30 /usr/sbin/scutil --proxy
    say "scutil --proxy: exit $code, $took s, $(lines <"$work/out") lines"
    limited 30 launchctl print-disabled "gui/$(id -u)"
    say "launchctl print-disabled: exit $code, $took s, $(lines <"$work/out") lines"

    part 'what the calls of the program say (inspector-core/macos)'
    if [ -n "${ask-}" ] && [ -x "$ask" ]; then
        limited 180 "$ask"
        cat "$work/out" >>"$work/said"
        say "exit $code, $took s"
    else
        say 'not built'
    fi
}

# Only a person sees a window of macOS.
ask_the_helper() {
    part 'what the helper saw'
    if ! [ -t 0 ]; then
        say 'not asked: there is nobody at the keyboard'
        return
    fi
    for question in \
        'dialog|Did macOS show any dialog or notification while this ran? / Liet macOS intussen een venster of melding zien?' \
        'password|Did anything ask for a password? / Vroeg iets om een wachtwoord?' \
        'dot|Did an orange, green or purple dot light up at the top of the screen? / Ging er boven in het scherm een oranje, groen of paars bolletje aan?'; do
        printf '%s [y/n] ' "${question#*|}"
        IFS= read -r answer || answer=
        case $answer in
        [yYjJ]*) say "${question%%|*}: yes" ;;
        [nN]*) say "${question%%|*}: no" ;;
        *) say "${question%%|*}: no answer" ;;
        esac
    done
}

names >"$work/names"
about_the_mac
[ -n "$program" ] || build
echo 'Trying, for a minute or two; please keep looking at the screen / Proberen, een tot twee minuten; blijf naar het scherm kijken ...'
failed=1
if [ -n "$program" ] && [ -x "$program" ]; then
    try_the_program
    failed=0
    [ -s "$work/scan.json" ] || failed=1
else
    part program
    say 'there is none to try'
fi
ask_the_system
ask_the_helper
# The last word on names: whatever came this far is replaced, whoever wrote it.
{
    echo 'Inzage on macOS, a trial'
    without_names <"$work/said"
} >"$output"
cat <<END

Klaar. Stuur alleen dit bestand terug; lees het gerust eerst door: open -e "$output"
       Er staat geen naam van jou, je computer of je organisatie in. Zag je een venster, schrijf dan in je bericht welke woorden erin stonden.
Done.  Send back this file only; do read it first: open -e "$output"
       It has no name of you, your computer or your organisation in it. If you saw a dialog, say in your message which words it had.
END
exit "$failed"
