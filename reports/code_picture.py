"""The code of a meeting on a whole screen, to be read from the last row. Takes a while: call it off the loop."""

from io import BytesIO
from typing import Final

_WIDE, _HIGH, _LETTERS = 1280, 720, 400
_INK: Final = "#1B1B1B"


def code_picture(code: str) -> bytes:
    """A PNG with four digits and nothing else."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  heavy

    picture, target = Image.new("L", (_WIDE, _HIGH), "white"), BytesIO()
    font = ImageFont.load_default(_LETTERS)
    ImageDraw.Draw(picture).text((_WIDE / 2, _HIGH / 2), " ".join(code), fill=_INK, font=font, anchor="mm")
    picture.save(target, "PNG")
    return target.getvalue()
