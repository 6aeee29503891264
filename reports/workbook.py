"""An XLSX that somebody sent, opened for reading. Nothing of it is run or computed."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from domain.refusal import Refusal
from domain.registry_file import FILE_LIMIT

UNPACKED_LIMIT: Final = 30 * 1024**2
"""Bytes of everything in the file unpacked: ten thousand rows take a fifth of it."""
PART_LIMIT: Final = 5 * 1024**2
"""Bytes of a part that openpyxl takes whole: styles, names; rows and texts are streamed."""
_STREAMED: Final = ("xl/worksheets/sheet", "xl/sharedStrings", "xl/media/")
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl and zipfile end with on a file that is not what it says it is; all parsers of XML say SyntaxError."""


@dataclass(frozen=True, slots=True)
class Opened:
    """openpyxl's workbook, read-only: rows are streamed while it is open."""

    book: Any
    has_macros: bool


@contextmanager
def opened(content: bytes) -> Iterator[Opened]:
    """Raises ``Refusal`` for a file that is no such workbook or too large, even where it is found out on the way."""
    from openpyxl import load_workbook  # noqa: PLC0415  heavy

    if len(content) > FILE_LIMIT:
        raise Refusal("workbook.too-big", limit=FILE_LIMIT // 1024**2)
    if content.startswith(_OLD_OR_LOCKED):
        raise Refusal("workbook.locked" if _LOCKED in content else "workbook.old-format")
    try:
        names = _checked(content)
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        try:
            yield Opened(book, any(name.endswith("vbaProject.bin") for name in names))
        finally:
            book.close()
    except _BROKEN as error:
        raise Refusal("workbook.not-xlsx") from error


def _checked(content: bytes) -> list[str]:
    """The names of the parts of a workbook that may be unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        names = [part.filename for part in parts]
        whole = [part.file_size for part in parts if not part.filename.startswith(_STREAMED)]
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT or max(whole, default=0) > PART_LIMIT:
            raise Refusal("workbook.too-long")
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("workbook.locked")
    return names
