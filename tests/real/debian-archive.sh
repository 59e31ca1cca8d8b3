#!/bin/bash
# Every path of the whole Debian archive against the signatures: nothing may be recognised but the true hits that are listed.
# Usage: debian-archive.sh PROOF (the built program inzage-proof). Needs root, for apt.
set -euo pipefail
PROOF=$1
apt-get install -y -qq --no-install-recommends apt-file >/dev/null
# apt-file tells apt to fetch the lists of contents too; it fetches from wherever this computer has its packages from.
apt-get update -qq
mapfile -t lists < <(apt-get indextargets --format '$(FILENAME)' 'Created-By: Contents-deb')
found=()
for list in "${lists[@]}"; do
    for file in "$list"*; do [ -e "$file" ] && found+=("$file"); done
done
[ "${#found[@]}" -gt 0 ] || { echo "apt fetched no lists of contents" >&2; exit 1; }
for file in "${found[@]}"; do /usr/lib/apt/apt-helper cat-file "$file"; done | "$PROOF" --debian -
