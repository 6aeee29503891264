"""The code of a meeting as a picture."""

from io import BytesIO

from PIL import Image

from reports.code_picture import code_picture


def test_the_digits_fill_a_screen() -> None:
    with Image.open(BytesIO(code_picture("0427"))) as picture:
        box = picture.point(lambda level: 255 * (level < 128)).getbbox()
        assert (picture.format, picture.size) == ("PNG", (1280, 720))
    assert box is not None
    left, top, right, bottom = box
    assert (left > 0, right < 1280, right - left > 1000, bottom - top > 200) == (True, True, True, True)
    assert code_picture("0427") != code_picture("0428")
