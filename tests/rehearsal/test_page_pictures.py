"""Which bytes are a picture, and how large it is."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.page.pictures import picture_size, picture_type
from rehearsal.stock import PICTURE

JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xff\xc2\x00\x11\x08\x01\x2c\x02\x58" + bytes(20)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (799).to_bytes(3, "little") + (599).to_bytes(3, "little")
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (99 | 49 << 14).to_bytes(4, "little")
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 320, 200)


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (PICTURE, "image/png", (1, 1)),
        (JPEG, "image/jpeg", (600, 300)),
        (GIF, "image/gif", (640, 480)),
        (EXTENDED, "image/webp", (800, 600)),
        (LOSSLESS, "image/webp", (100, 50)),
        (LOSSY, "image/webp", (320, 200)),
        (b"\xff\xd8\xff", "image/jpeg", None),
        (b"\x89PNG\r\n\x1a\n", "image/png", None),
        (b"RIFF\0\0\0\0WAVE", None, None),
        (b"BM" + bytes(60), None, None),
        (b"<svg/>", None, None),
        (b"", None, None),
    ],
)
def test_a_picture_is_told_by_its_bytes(data: bytes, kind: str | None, size: tuple[int, int] | None) -> None:
    assert (picture_type(data), picture_size(data)) == (kind, size)


@given(st.sampled_from([b"\xff\xd8\xff", b"GIF8", b"RIFF1234WEBP", b"RIFF1234WEBPVP8X"]), st.binary(max_size=400))
def test_any_bytes_have_a_size_or_none(magic: bytes, rest: bytes) -> None:
    size = picture_size(magic + rest)
    assert size is None or (size[0] > 0 and size[1] > 0)
