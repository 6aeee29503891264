"""XLSX files as coordinators make them, and as they should not."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

PEOPLE = ("ФИО", "Должность", "Роль", "Муниципалитет", "Школа / организация", "Ответственный", "№")
SCHOOLS = ("Муниципалитет", "Школа", "Адрес")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def a_workbook(
    people: Iterable[Sequence[Any]] = (),
    schools: Iterable[Sequence[Any]] = (),
    *,
    columns: Sequence[Any] = PEOPLE,
    places: Sequence[Any] = SCHOOLS,
    touch: Callable[[Workbook], object] | None = None,
) -> bytes:
    """Both sheets under their headings, ``places`` those of schools; ``touch`` does something more to the book."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, heading, rows in (("Люди", columns, people), ("Школы", places, schools)):
        sheet = book.create_sheet(title)
        for row in (heading, *rows):
            sheet.append(list(row))
    if touch is not None:
        touch(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def cells_of(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    """What stands in a sheet, row by row."""
    return list(load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True))


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same file with one more part inside, or with another in place of its own."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return target.getvalue()
