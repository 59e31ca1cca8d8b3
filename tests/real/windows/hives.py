#!/usr/bin/python3
"""Builds real registry hives from what `reg export` writes, with hivex.

    hives.py HIVE KEY [EXPORT...]

makes HIVE of everything below KEY (such as HKEY_LOCAL_MACHINE\\Software) in the exported files, which are UTF-16 with a byte-order mark.
Without a file it has nothing in it. Keys that start with --without KEY are left out. CurrentControlSet becomes ControlSet001, as on a disk;
if the files do not have Select, which says so, it is made.
"""
import argparse
import re
import struct
import time

import hivex

# The registry's numbers of types, as they stand in hex(…).
SZ, BINARY, DWORD = 1, 3, 4
CURRENT = "CurrentControlSet"
CURRENT_IS = "ControlSet001"
LINE = re.compile(r'(@|"((?:[^"\\]|\\.)*)")=(.*)', re.S)
TEXT = r'"(?:[^"\\]|\\.)*"'
BYTES = re.compile(rf"(@|{TEXT})=hex", re.S)
WHOLE = re.compile(rf"(@|{TEXT})=({TEXT}|[^\"].*)", re.S)
HEX = re.compile(r"hex(?:\(([0-9a-fA-F]+)\))?:(.*)", re.S)


def empty():
    """A hive with nothing but its root."""
    page = bytearray(0x2000)
    stamp = int((time.time() + 11644473600) * 10_000_000)
    root_at = 0x20
    security_at = root_at + 0x58
    # The header: which numbers of writing, when, format 1.3, one file, whose root lies where, how long all bins are.
    struct.pack_into("<4sIIQIIIIIII", page, 0, b"regf", 1, 1, stamp, 1, 3, 0, 1, root_at, 0x1000, 1)
    check = 0
    for word in struct.unpack_from("<127I", page, 0):
        check ^= word
    struct.pack_into("<I", page, 0x1FC, check)
    struct.pack_into("<4sIIIIQI", page, 0x1000, b"hbin", 0, 0x1000, 0, 0, stamp, 0)
    none = 0xFFFFFFFF
    name = b"ROOT"
    # The key of the root: 0x2C says that it is the root, cannot be removed, and has a name in Latin letters.
    struct.pack_into("<i2sHQIIIIIIIIIIIIIIIHH4s", page, 0x1000 + root_at, -0x58, b"nk", 0x2C, stamp, 0, none, 0, 0, none, none, 0, none,
                     security_at, none, 0, 0, 0, 0, 0, len(name), 0, name)
    # Who may do what, which hivex copies for every new key: nobody is named.
    descriptor = struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)
    struct.pack_into("<i2sHIIII", page, 0x1000 + security_at, -0x30, b"sk", 0, security_at, security_at, 1, len(descriptor))
    page[0x1000 + security_at + 0x18:0x1000 + security_at + 0x18 + len(descriptor)] = descriptor
    free_at = security_at + 0x30
    struct.pack_into("<i", page, 0x1000 + free_at, 0x1000 - free_at)
    return bytes(page)


def exported(path):
    """Every key of an exported file with its values: {name: (type, bytes)}."""
    text = open(path, "rb").read().decode("utf-16", "surrogatepass").replace("\r\n", "\n")
    key, values, lines = None, {}, iter(text.split("\n"))
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            if key is not None:
                yield key, values
            key, values = line[1:-1], {}
            continue
        # A text may have line ends in it, and bytes go on in the next line after a backslash.
        while line.startswith(('"', "@")) and not whole(line):
            line = line.removesuffix("\\") + next(lines).strip() if BYTES.match(line) else line + "\n" + next(lines)
        found = LINE.fullmatch(line)
        if found:
            values[unquoted(found[2] or "")] = data(found[3])
    if key is not None:
        yield key, values


def whole(line):
    if BYTES.match(line):
        return not line.endswith("\\")
    return WHOLE.fullmatch(line) is not None


def unquoted(text):
    return re.sub(r"\\(.)", r"\1", text, flags=re.S)


def wide(text):
    return (text + "\0").encode("utf-16-le", "surrogatepass")


def data(written):
    if written.startswith('"'):
        return SZ, wide(unquoted(written[1:-1]))
    if written.startswith("dword:"):
        return DWORD, struct.pack("<I", int(written[6:], 16))
    kind, digits = HEX.fullmatch(written).groups()
    return int(kind, 16) if kind else BINARY, bytes.fromhex(digits.replace(",", "").strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("hive")
    parser.add_argument("key")
    parser.add_argument("exports", nargs="*")
    asked = parser.parse_args()
    open(asked.hive, "wb").write(empty())
    hive = hivex.Hivex(asked.hive, write=True)
    nodes = {(): hive.root()}

    def node(parts):
        lower = tuple(part.lower() for part in parts)
        if lower not in nodes:
            nodes[lower] = hive.node_add_child(node(parts[:-1]), parts[-1])
        return nodes[lower]

    start = asked.key.lower()
    without = [key.lower() for key in asked.without]

    def below(key, branch):
        return key == branch or key.startswith(branch + "\\")

    for path in asked.exports:
        for key, values in exported(path):
            lower = key.lower()
            if not below(lower, start) or any(below(lower, branch) for branch in without):
                continue
            parts = [part for part in key[len(start):].split("\\") if part]
            if parts and parts[0].lower() == CURRENT.lower():
                # On a disk the running control set has its own name; the other one is a link that Windows makes when it starts.
                parts[0] = CURRENT_IS
            at = node(parts)
            if values:
                hive.node_set_values(at, [{"key": name, "t": kind, "value": value} for name, (kind, value) in values.items()])
    if (CURRENT_IS.lower(),) in nodes and ("select",) not in nodes:
        names = ("Current", "Default", "LastKnownGood")
        hive.node_set_values(node(["Select"]), [{"key": name, "t": DWORD, "value": struct.pack("<I", 1)} for name in names])
    hive.commit(None)


if __name__ == "__main__":
    main()
