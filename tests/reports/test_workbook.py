"""A file that somebody sent is read or refused, by whichever parser of XML there is: openpyxl takes lxml if it can."""

import re
import time
from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.refusal import Refusal
from reports.workbook import opened
from tests.workbook import a_workbook, with_part

GOOD = a_workbook([["Инна Зимина"]])
PARTS = ZipFile(BytesIO(GOOD)).namelist()
_STEPS = zip("abcdefgh", "bcdefghi", strict=True)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in _STEPS)
    + '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
).encode()


def read(content: bytes) -> list[object] | str:
    """Everything that is in it, or why it was refused."""
    try:
        with opened(content) as found:
            return [list(sheet.iter_rows(values_only=True)) for sheet in found.book.worksheets]
    except Refusal as refused:
        return str(refused)


WHOLE = read(GOOD)


def body_of(part: str) -> bytes:
    return re.sub(rb"^<\?xml.*?\?>", b"", ZipFile(BytesIO(GOOD)).read(part))


@pytest.mark.filterwarnings("ignore:.*contains invalid dependency definitions")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("how", ["cut", "no-xml", "bomb", "bomb-inside", "bomb-in-attribute", "file-inside"])
def test_a_part_that_is_broken_or_a_bomb_is_refused_or_does_nothing(part: str, how: str) -> None:
    body = body_of(part)
    spoilt = {
        "cut": body[: len(body) // 2],
        "no-xml": b"\x00\xff" + body,
        "bomb": BOMB + body,
        "bomb-inside": BOMB + re.sub(rb">", b">&i;", body, count=1),
        "bomb-in-attribute": BOMB + re.sub(rb"^(\s*<[\w:]+)", rb'\1 x="&i;"', body, count=1),
        "file-inside": BOMB + re.sub(rb">", b">&file;", body, count=1),
    }
    began = time.perf_counter()
    assert read(with_part(GOOD, part, spoilt[how])) in (WHOLE, "workbook.not-xlsx")
    assert time.perf_counter() - began < 2
