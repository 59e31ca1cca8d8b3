#!/usr/bin/env python3
"""Writes down what the reader of signatures looks at in a program for macOS, and nothing else of it.

Usage: cut.py PROGRAM OUTPUT

The output is a file of which only some parts are given (see ../../src/collect/executable/sparse.rs): all headers with their load
commands, and of each signature all but the hashes of the pages, at the offsets where they really lie. All else counts as zeros.
"""
import struct
import sys

FAT, FAT64 = 0xCAFEBABE, 0xCAFEBABF
CODE_SIGNATURE, CODE_DIRECTORY = 0x1D, 0xFADE0C02

data = open(sys.argv[1], "rb").read()
parts = []


def be(at, count=1):
    numbers = struct.unpack_from(f">{count}I", data, at)
    return numbers if count > 1 else numbers[0]


def slices():
    if be(0) not in (FAT, FAT64):
        return [0]
    wide = be(0) == FAT64
    size, form = (32, ">IIQ") if wide else (20, ">III")
    parts.append((0, 8 + size * be(4)))
    return [struct.unpack_from(form, data, 8 + size * i)[2] for i in range(be(4))]


def directory(at):
    # Header, name and team; then come the hashes.
    hashes, special, size = be(at + 16), be(at + 24), data[at + 36]
    parts.append((at, hashes - special * size))


for start in slices():
    order = "<" if data[start] in (0xCE, 0xCF) else ">"
    header = 32 if 0xCF in (data[start], data[start + 3]) else 28
    count, length = struct.unpack_from(order + "II", data, start + 16)
    parts.append((start, header + length))
    at = start + header
    for _ in range(count):
        kind, size, place, room = struct.unpack_from(order + "IIII", data, at)
        if kind == CODE_SIGNATURE:
            signature = start + place
            blobs = be(signature + 8)
            parts.append((signature, 12 + 8 * blobs))
            for i in range(blobs):
                blob = signature + be(signature + 16 + 8 * i)
                if be(blob) == CODE_DIRECTORY:
                    directory(blob)
                else:
                    parts.append((blob, be(blob + 4)))
        at += size

with open(sys.argv[2], "wb") as out:
    out.write(b"SPARSE1\n" + struct.pack(">Q", len(data)))
    for at, length in parts:
        out.write(struct.pack(">QI", at, length) + data[at:at + length])
