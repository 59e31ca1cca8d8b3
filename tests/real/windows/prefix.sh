# Sourced by the tests beside it: throw-away Windows computers under Wine, and how things get into them. Needs root; everything in a
# prefix is done by the ordinary user anna, who is made when there is none and goes again at the end.
#
#   make_prefix NAME             makes $PREFIXES/NAME from a base that is made once, with inzage.exe in it; prints its path
#   in_wine PREFIX COMMAND...    runs a program of Windows or Wine in it, as anna
#   inzage_exe PREFIX ARGUMENTS  runs inzage.exe there, at most $LIMIT seconds
#   import PREFIX FILE.reg       adds what a file of the registry says
#   put PREFIX FILE WINDOWS-PATH puts a file
#   put_list PREFIX LIST         puts files and folders that layout.py lists
#   start PREFIX WINDOWS-PATH    starts a program there, and waits until it runs
#   stop PREFIX                  ends everything that runs there
#   offline PREFIX FOLDER        copies its disk to FOLDER, with hives as Windows keeps them
#
# Everything lies below $PREFIXES, which is removed when the script ends.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

WINDOWS_TESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/real/checks.sh
. "$WINDOWS_TESTS/../checks.sh"

[ "$(id -u)" = 0 ] || { echo "these tests make a user: run them as root" >&2; exit 1; }
# The name of each package's program or module, and the package.
for need in wine:wine wine:wine64 x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 osslsigncode:osslsigncode openssl:openssl hivexget:libhivex-bin setpriv:util-linux; do
    command -v "${need%:*}" >/dev/null || apt-get install -y -qq --no-install-recommends "${need#*:}" >/dev/null
done
# Debian's own Python: its modules are packages.
PYTHON=/usr/bin/python3
"$PYTHON" -c 'import hivex, yaml' 2>/dev/null || apt-get install -y -qq --no-install-recommends python3-hivex python3-yaml >/dev/null
# The script of that name complains when Wine for programs of 32 bits is not there; the program itself does not.
WINE=
for WINE in /usr/lib/wine/wine64 /usr/bin/wine64 /usr/bin/wine; do [ -x "$WINE" ] && break; done
WINESERVER=$(command -v wineserver || echo /usr/lib/wine/wineserver64)

PREFIXES=$(mktemp -d /var/tmp/inzage-prefixes.XXXXXX)
chmod 755 "$PREFIXES"
BASE_PREFIX=${INZAGE_BASE_PREFIX:-/var/tmp/inzage-base-prefix}
LIMIT=60
MADE_ANNA=
if ! id anna >/dev/null 2>&1; then
    useradd --create-home --shell /bin/bash anna
    MADE_ANNA=yes
fi

cleanup() {
    local status=$? prefix
    for prefix in "$BASE_PREFIX" "$PREFIXES"/*; do
        [ ! -e "$prefix/dosdevices" ] || stop "$prefix" || true
    done
    rm -rf --one-file-system "$PREFIXES"
    # The base belongs to anna; the next test makes it anew when she has another number.
    [ -z "$MADE_ANNA" ] || userdel --remove anna 2>/dev/null || true
    return "$status"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

as_anna() {
    local prefix=$1
    shift
    (cd / && setpriv --reuid anna --regid anna --init-groups --pdeathsig clear env -i HOME=/home/anna USER=anna LOGNAME=anna LANG=C.UTF-8 \
        PATH=/usr/local/bin:/usr/bin:/bin WINEPREFIX="$prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe=' "$@" </dev/null)
}

in_wine() {
    local prefix=$1
    shift
    as_anna "$prefix" "$WINE" "$@"
}

inzage_exe() {
    local prefix=$1
    shift
    as_anna "$prefix" timeout -k 5 "$LIMIT" "$WINE" "$INZAGE_AT" "$@"
}

# Where inzage.exe lies, as a worker would put it.
INZAGE_AT='C:\Users\anna\Downloads\inzage\inzage.exe'

make_base() {
    local version folder
    version="$("$WINESERVER" --version 2>&1), user $(id -u anna), base 2"
    [ "$(cat "$BASE_PREFIX/complete" 2>/dev/null)" != "$version" ] || return 0
    rm -rf "$BASE_PREFIX"
    mkdir "$BASE_PREFIX"
    chown anna: "$BASE_PREFIX"
    in_wine "$BASE_PREFIX" wineboot --init >"$PREFIXES/wineboot.log" 2>&1 || { tail "$PREFIXES/wineboot.log" >&2; return 1; }
    # This program of Wine's also says it where Windows does; it shows nothing when it is told so.
    in_wine "$BASE_PREFIX" winecfg /v win10
    as_anna "$BASE_PREFIX" "$WINESERVER" --wait
    # Wine makes links to the folders of this computer's home; a real computer has folders.
    while IFS= read -r folder; do
        rm "$folder"
        mkdir "$folder"
    done < <(find "$BASE_PREFIX/drive_c" -type l)
    chown -R anna: "$BASE_PREFIX"
    echo "$version" >"$BASE_PREFIX/complete"
}

make_prefix() {
    local prefix=$PREFIXES/$1
    make_base
    cp -a --reflink=auto "$BASE_PREFIX" "$prefix"
    put "$prefix" "$INZAGE_EXE" "$INZAGE_AT"
    put "$prefix" "$(dirname "$INZAGE_EXE")/bcryptprimitives.dll" "${INZAGE_AT%\\*}\\bcryptprimitives.dll"
    # It stays until `stop`, so that no service starts anew for each program.
    as_anna "$prefix" "$WINESERVER" --persistent
    echo "$prefix"
}

import() {
    local copy
    copy=$(mktemp "$1/import.XXXXXX.reg")
    cp "$2" "$copy"
    chown anna: "$copy"
    in_wine "$1" reg import "$(windows_path "$copy")" >/dev/null 2>&1 || { echo "$2 was not imported" >&2; return 1; }
    rm "$copy"
}

# A path of this computer, as a program in a prefix sees it.
windows_path() {
    local path=Z:$1
    echo "${path//\//\\}"
}

put() { printf 'file\t%s\t%s\n' "$3" "$2" | "$PYTHON" "$WINDOWS_TESTS/place.py" "$1"; }
put_list() { "$PYTHON" "$WINDOWS_TESTS/place.py" "$1" <"$2"; }

start() {
    local left=100
    as_anna "$1" setsid "$WINE" "$2" >/dev/null 2>&1 &
    until runs "$2"; do
        ((left-- > 0)) || { echo "$2 did not start" >&2; return 1; }
        sleep 0.1
    done
}

# Whether a process of anna's has this path as its first argument.
runs() {
    local line
    for line in /proc/[0-9]*/cmdline; do
        [ -O "$line" ] || [ "$(stat -c %U "$line" 2>/dev/null)" = anna ] || continue
        [ "$(tr '\0' '\n' <"$line" 2>/dev/null | head -n 1)" != "$1" ] || return 0
    done
    return 1
}

stop() {
    as_anna "$1" "$WINESERVER" --kill || true
    as_anna "$1" timeout 20 "$WINESERVER" --wait || true
}

# The branches are exported by Wine itself, and made into hives by hivex; what Windows derives when it starts is left out.
offline() {
    local prefix=$1 folder=$2 work=$1/exported config home key classes=()
    mkdir "$work"
    chown anna: "$work"
    for key in 'HKLM\Software' 'HKLM\System' 'HKCU'; do
        in_wine "$prefix" reg export "$key" "$(windows_path "$work/${key##*\\}.reg")" /y >/dev/null
    done
    # On a computer without associations of one's own Wine has no such key.
    in_wine "$prefix" reg export 'HKCU\Software\Classes' "$(windows_path "$work/Classes.reg")" /y >/dev/null 2>&1 && classes=("$work/Classes.reg")
    stop "$prefix"
    mkdir -p "$folder"
    cp -a --reflink=auto "$prefix/drive_c/." "$folder/"
    # Wine writes these names small; on a disk of Windows they have capitals.
    mv "$folder/users" "$folder/Users"
    mv "$folder/windows" "$folder/Windows"
    mv "$folder/Windows/system32" "$folder/Windows/System32"
    config=$folder/Windows/System32/config
    home=$folder/Users/anna
    mkdir -p "$config" "$home/AppData/Local/Microsoft/Windows"
    hive "$config/SOFTWARE" 'HKEY_LOCAL_MACHINE\Software' "$work/Software.reg"
    hive "$config/SYSTEM" 'HKEY_LOCAL_MACHINE\System' "$work/System.reg"
    hive --without 'HKEY_CURRENT_USER\Software\Classes' "$home/NTUSER.DAT" HKEY_CURRENT_USER "$work/HKCU.reg"
    # Everybody who ever logged in has this file, also with nothing in it.
    hive "$home/AppData/Local/Microsoft/Windows/UsrClass.dat" 'HKEY_CURRENT_USER\Software\Classes' "${classes[@]}"
    rm -r "$work"
}
hive() { "$PYTHON" "$WINDOWS_TESTS/hives.py" "$@"; }

# The programs that stand for those of products: one that does nothing, and one that adds a root certificate.
make_tools() {
    TOOLS=$PREFIXES/tools
    mkdir "$TOOLS"
    x86_64-w64-mingw32-windres "$WINDOWS_TESTS/program.rc" "$TOOLS/program.o"
    x86_64-w64-mingw32-gcc -Os -s -Wall -Wextra -Werror -mwindows -o "$TOOLS/program.exe" "$WINDOWS_TESTS/program.c" "$TOOLS/program.o"
    x86_64-w64-mingw32-gcc -Os -s -Wall -Wextra -Werror -municode -o "$TOOLS/add-root.exe" "$WINDOWS_TESTS/add-root.c" -lcrypt32
    x86_64-w64-mingw32-gcc -Os -s -Wall -Wextra -Werror -municode -o "$TOOLS/hostile.exe" "$WINDOWS_TESTS/hostile.c" -lntdll
}

# A program signed by an organisation of this name, which nobody vouches for: signed SIGNER FILE
signed() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/O=${1//\//\\/}/CN=${1//\//\\/}" -keyout "$TOOLS/key.pem" -out "$TOOLS/signer.pem" 2>/dev/null
    rm -f "$2"
    osslsigncode sign -certs "$TOOLS/signer.pem" -key "$TOOLS/key.pem" -in "$TOOLS/program.exe" -out "$2" >/dev/null
}
