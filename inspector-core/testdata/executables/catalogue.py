"""Writes a catalogue without a signature: a list of one hash, as inf2cat makes it."""

import sys


def der(tag, *parts):
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = bytes([40 * first + second])
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.insert(0, number & 0x7F | 0x80)
        out += bytes(groups)
    return der(0x06, out)


SEQUENCE, SET, OCTETS, INTEGER, TIME, NULL = 0x30, 0x31, 0x04, 0x02, 0x17, der(0x05)
member = der(SEQUENCE, der(OCTETS, bytes(range(20))), der(SET))
trust_list = der(
    SEQUENCE,
    der(SEQUENCE, oid("1.3.6.1.4.1.311.12.1.1")),
    der(OCTETS, bytes(16)),
    der(TIME, b"260101000000Z"),
    der(SEQUENCE, oid("1.3.6.1.4.1.311.12.1.2"), NULL),
    der(SEQUENCE, member),
)
content = der(SEQUENCE, oid("1.3.6.1.4.1.311.10.1"), der(0xA0, trust_list))
signed = der(SEQUENCE, der(INTEGER, b"\x01"), der(SET), content, der(SET))
sys.stdout.buffer.write(der(SEQUENCE, oid("1.2.840.113549.1.7.2"), der(0xA0, signed)))
