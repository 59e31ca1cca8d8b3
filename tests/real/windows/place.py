#!/usr/bin/python3
"""Puts files and folders in a prefix of Wine, as the owner of the prefix.

    place.py PREFIX <LIST      lines of: file TAB path on Windows TAB file to copy, or: folder TAB path on Windows, or: gone TAB path
"""
import os
import shutil
import sys
from pathlib import Path


def on_disk(drive, path):
    """Where a path on Windows lies. Names that exist are found in whatever case they have, as Windows finds them."""
    rest = path.removeprefix("\\\\?\\")
    if rest[:3].lower() != "c:\\":
        sys.exit(f"{path} is not on drive C")
    place = drive
    for part in [part for part in rest[3:].split("\\") if part]:
        same = place / part
        if not same.exists() and place.is_dir():
            same = next((entry for entry in place.iterdir() if entry.name.lower() == part.lower()), same)
        place = same
    return place


def make_folder(place, owner):
    missing = []
    while not place.exists():
        missing.append(place)
        place = place.parent
    for folder in reversed(missing):
        folder.mkdir()
        os.chown(folder, owner.st_uid, owner.st_gid)


def main():
    prefix = Path(sys.argv[1])
    owner = prefix.stat()
    for line in sys.stdin:
        what, path, *rest = line.rstrip("\n").split("\t")
        place = on_disk(prefix / "drive_c", path)
        if what == "folder":
            make_folder(place, owner)
        elif what == "file":
            make_folder(place.parent, owner)
            # A program that runs cannot be written to, but another can take its name.
            place.unlink(missing_ok=True)
            shutil.copyfile(rest[0], place)
            os.chown(place, owner.st_uid, owner.st_gid)
            place.chmod(0o755)
        elif place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()


if __name__ == "__main__":
    main()
