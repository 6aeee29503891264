"""Cells of the XLSX files that are made here: headings, and texts that no programme takes for a formula."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings by which Excel would take a text for a formula as soon as the cell is edited."""
_NOT_IN_XML: Final = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_INK, _PAPER = "FFFFFF", "2F5597"


def headings(form: "Worksheet", columns: Sequence[tuple[str, int]]) -> None:
    """A first row that stays in sight, with (title, width) of each column; everything below is text."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  heavy
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place, (title, width) in enumerate(columns, start=1):
        cell = form.cell(1, place, title)
        cell.font, cell.fill = Font(bold=True, color=_INK), PatternFill("solid", fgColor=_PAPER)
        cell.alignment = Alignment(vertical="center")
        column = form.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = width, "@"  # «1-2» stays what it is and becomes no date
    form.freeze_panes = "A2"
    form.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"


def put(form: "Worksheet", row: int, values: Iterable[str]) -> None:
    """A row of texts."""
    for place, value in enumerate(values, start=1):
        if value:
            cell = form.cell(row, place)
            _say(cell, value)
            cell.number_format = "@"


def streamed(sheet: Any, text: str) -> Any:
    """A text for a row of a sheet that is only written."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  heavy

    cell = WriteOnlyCell(sheet)
    _say(cell, text)
    return cell


def explain(book: "Workbook", title: str, said: str) -> None:
    """A sheet of rules, a line of text in each row; the first is its heading."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  heavy

    form: Worksheet = book.create_sheet(title)
    form.column_dimensions["A"].width = 120
    for row, line in enumerate(said.splitlines(), start=1):
        put(form, row, [line])
        form.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    form.cell(1, 1).font = Font(bold=True)


def saved(book: "Workbook") -> bytes:
    """The file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def fit_for_xml(text: str) -> str:
    """The text with spaces for what no XML may hold."""
    return _NOT_IN_XML.sub(" ", text)


def _say(cell: Any, text: str) -> None:
    cell.value = fit_for_xml(text)
    cell.data_type = "s"  # openpyxl takes «=…» for a formula
    cell.quotePrefix = text.startswith(_RISKY)
