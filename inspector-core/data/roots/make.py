#!/usr/bin/env python3
"""Writes known.bin: the sorted SHA-256 fingerprints of the certificates in the PEM files that are named. See README.md."""

import base64
import hashlib
import pathlib
import re
import sys

BEGIN, END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
fingerprints = set()
for name in sys.argv[1:]:
    text = pathlib.Path(name).read_bytes()
    for body in re.findall(BEGIN + b"(.*?)" + END, text, re.DOTALL):
        fingerprints.add(hashlib.sha256(base64.b64decode(body)).digest())
pathlib.Path(__file__).with_name("known.bin").write_bytes(b"".join(sorted(fingerprints)))
print(len(fingerprints), "certificates")
