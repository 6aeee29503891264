"""Which bytes are a picture that a browser may show, and how large it is. Contents come from anybody."""

from itertools import takewhile

_MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that are followed by its size."""
_MOST_MARKERS = 200


def picture_type(data: bytes) -> str | None:
    """The media type by the first bytes, whatever the name says; None for anything but PNG, JPEG, GIF and WebP."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where the file does not say."""
    readers = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
    kind = picture_type(data)
    width, height = readers[kind](data) if kind else (0, 0)
    return (width, height) if width and height else None


def _big(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _little(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def _png(data: bytes) -> tuple[int, int]:
    return _big(data, 16, 4), _big(data, 20, 4)


def _gif(data: bytes) -> tuple[int, int]:
    return _little(data, 6, 2), _little(data, 8, 2)


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_MOST_MARKERS):
        at += sum(1 for _ in takewhile(lambda byte: byte == 0xFF, data[at : at + 16]))
        if data[at : at + 1] and data[at] in _FRAMES:
            return _big(data, at + 6, 2), _big(data, at + 4, 2)
        at += 1 + max(_big(data, at + 1, 2), 2)
    return 0, 0


def _webp(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if form == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
