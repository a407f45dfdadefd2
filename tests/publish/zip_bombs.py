"""Zips that are small and unpack to much, or that lie about what they hold."""

import struct
import zipfile
from io import BytesIO

from hostile_course import zipped

PATH = "week1/scale.ipynb"
GOOD = b'{"cells": [], "metadata": {"marker": "good"}, "nbformat": 4, "nbformat_minor": 5}'


def zeros(megabytes: int, name: str = PATH) -> bytes:
    """One file of nothing."""
    return zipped({name: bytes(megabytes * 2**20)})


def nested(depth: int) -> bytes:
    """A notebook in a zip in a zip …"""
    inner = zipped({PATH: GOOD})
    for level in range(depth):
        inner = zipped({f"level{level}.zip": inner})
    return inner


def many_zips(count: int) -> bytes:
    """Zips of zeros, side by side: 5 kB that hold gigabytes."""
    bomb = zeros(15, "other/x.ipynb")
    return zipped({f"{one}.zip": bomb for one in range(count)})


def overlapping(count: int) -> bytes:
    """Many names for the same packed bytes."""
    whole = zeros(19, "a0/week1/scale.ipynb")
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        start = archive.start_dir
    body, end = whole[:start], whole[-22:]
    entry = whole[start:-22]
    name = b"a0/week1/scale.ipynb"
    entries = [entry.replace(name, b"%02d" % one + name[2:]) for one in range(count)]
    table = b"".join(entries)
    head = end[:8] + struct.pack("<HHLL", count, count, len(table), start) + end[20:]
    return body + table + head


def patched(offset: int, form: str, value: int, content: bytes | None = None) -> bytes:
    """A zip of one good notebook, with another number in its list of files."""
    whole = bytearray(content or zipped({PATH: GOOD}))
    struct.pack_into(form, whole, whole.rindex(b"PK\x01\x02") + offset, value)
    return bytes(whole)


def encrypted() -> bytes:
    """A zip that asks for a password."""
    return patched(8, "<H", 1)


def says_little() -> bytes:
    """A list of files that says ten bytes of a file of many megabytes."""
    return patched(24, "<L", 10, zeros(30))


def says_much() -> bytes:
    """A list of files that says four gigabytes of a small one."""
    return patched(24, "<L", 0xFFFFFFFE)


def zip64_of_nothing() -> bytes:
    """A list of files that says its sizes stand in a field that is not there."""
    return patched(24, "<L", 0xFFFFFFFF)


def long_list() -> bytes:
    """Fifteen thousand names and nothing else: the list of files alone has 1.7 MB."""
    return zipped({f"{'x' * 60}{one}.txt": b"" for one in range(15_000)})


def of_kind(kind: int, content: bytes = b"/etc/passwd") -> bytes:
    """A zip whose one file is a link, a device, a pipe."""
    buffer = BytesIO()
    entry = zipfile.ZipInfo(PATH)
    entry.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, content)
    return buffer.getvalue()


def packed_with(method: int) -> bytes:
    """A zip of another way to pack."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(PATH, GOOD)
    return buffer.getvalue()
