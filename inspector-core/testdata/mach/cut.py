#!/usr/bin/python3
"""Keeps of a Mach-O file what tells who signed it: headers, load commands, and of each signature everything but the hashes of the code.

    cut.py MACH-O OUT

OUT is a row of parts: the place in the file (8 bytes), the length (4 bytes), the bytes; numbers with the largest byte first. The last part has no
bytes and the length of the file as its place. What lies between the parts reads as zeros.
"""
import struct
import sys

FAT, FAT_64 = 0xCAFEBABE, 0xCAFEBABF
DIRECTORY, SIGNATURE = 0xFADE0C02, 0x1D


def programs(data):
    magic, count = struct.unpack_from(">II", data)
    if magic == FAT:
        for at in range(count):
            yield struct.unpack_from(">II", data, 8 + 20 * at + 8)
    elif magic == FAT_64:
        for at in range(count):
            yield struct.unpack_from(">QQ", data, 8 + 32 * at + 8)
    else:
        yield 0, len(data)


def cut(data):
    yield 0, min(4096, len(data))
    for start, _ in programs(data):
        order = "<" if data[start] in (0xCE, 0xCF) else ">"
        magic, _, _, _, count, length = struct.unpack_from(order + "6I", data, start)
        at = start + (32 if magic == 0xFEEDFACF else 28)
        yield start, at + length - start
        for _ in range(count):
            command, size = struct.unpack_from(order + "II", data, at)
            if command == SIGNATURE:
                place, _ = struct.unpack_from(order + "II", data, at + 8)
                yield from blobs(data, start + place)
            at += size


def blobs(data, start):
    count, = struct.unpack_from(">I", data, start + 8)
    yield start, 12 + 8 * count
    for entry in range(count):
        _, place = struct.unpack_from(">II", data, start + 12 + 8 * entry)
        magic, length = struct.unpack_from(">II", data, start + place)
        if magic == DIRECTORY:
            # Header, identifier and team stand before the hashes.
            hashes, _, special = struct.unpack_from(">III", data, start + place + 16)
            length = hashes - special * data[start + place + 36]
        yield start + place, length


data = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb") as out:
    for place, length in cut(data):
        out.write(struct.pack(">QI", place, length) + data[place:place + length])
    out.write(struct.pack(">QI", len(data), 0))
