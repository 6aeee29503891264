"""Photos made small enough for a paper. Heavy: call it off the loop."""

import struct
from io import BytesIO
from typing import Final

LARGEST: Final = 900
"""Pixels of the longer side: sharp on paper up to eight centimetres."""
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_PIXELS: Final = 40_000_000
"""Of a picture that is unpacked whole; a JPEG is unpacked small at once."""
_BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    EOFError,
    MemoryError,
    RuntimeError,
    RuntimeWarning,
    struct.error,
)
"""What Pillow ends with on something that is no picture."""


def shrunk(content: bytes) -> bytes | None:
    """The picture as a small JPEG, upright, with nothing of where and by what it was taken. ``None`` for what cannot be
    read: broken, cut short, of another format, unreasonably large."""
    from PIL import Image, ImageOps  # noqa: PLC0415  heavy

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as found:
            if found.format != "JPEG" and found.width * found.height > _PIXELS:
                return None
            found.thumbnail((LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright, mask=upright.getchannel("A"))
        target = BytesIO()
        flat.save(target, "JPEG", quality=80)
    except (Image.DecompressionBombError, *_BROKEN):
        return None
    return target.getvalue()
