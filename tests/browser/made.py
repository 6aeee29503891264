"""Files made here: those that people send, and pictures of any pixels."""

import struct
import zlib
from typing import TypedDict

HOSTILE_NAME = '../../"><img src=x onerror=alert(1)>\u202efdp.exe'
"""Climbs out of its folder, breaks out of an attribute and pretends to be a PDF."""


class Payload(TypedDict):
    """A file for Playwright's choosers."""

    name: str
    mimeType: str
    buffer: bytes


def picture(colour: tuple[int, int, int], width: int = 320, height: int = 240) -> bytes:
    """A PNG of one colour."""
    return png([bytes(colour) * width] * height)


def png(rows: list[bytes]) -> bytes:
    """A PNG of rows of red, green and blue, packed as tightly as goes without guessing."""
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def photo(name: str, colour: tuple[int, int, int] = (120, 160, 200)) -> Payload:
    """A picture as a file."""
    return {"name": name, "mimeType": "image/png", "buffer": picture(colour)}


def document(name: str, data: bytes) -> Payload:
    """Any other file."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}
