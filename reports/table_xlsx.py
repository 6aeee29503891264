"""A table of an XLSX: texts that stay texts, real numbers and days. Heavy: call it off the loop."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from reports.cells import headings, put

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | date | None
_DAY, _PLAIN = "dd.mm.yyyy", "General"
FIRST_ROW: Final = 2
"""Where the rows begin, below the headings."""


def table(sheet: "Worksheet", columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> int:
    """(Title, width) of each column, then the rows under a filter; returns the number of the last row.

    Titles may be somebody's own words. Printed across a page that is as wide as the table, headings on each.
    """
    from openpyxl.styles import Alignment  # noqa: PLC0415  heavy
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    wrapped = Alignment(wrap_text=True, vertical="top")
    headings(sheet, [("", width) for _, width in columns])
    put(sheet, 1, [title for title, _ in columns])
    for place in range(1, len(columns) + 1):
        sheet.cell(1, place).alignment = wrapped
    last = 1
    for last, row in enumerate(rows, FIRST_ROW):
        _fill(sheet, last, row, wrapped)
    sheet.auto_filter.ref = f"A1:{sheet.cell(last, len(columns)).coordinate}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return last


def total(sheet: "Worksheet", row: int, values: Sequence[Value]) -> None:
    """A row below the table, in bold."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  heavy

    _fill(sheet, row, values, Alignment(wrap_text=True, vertical="top"))
    for place in range(1, len(values) + 1):
        sheet.cell(row, place).font = Font(bold=True)


def _fill(sheet: "Worksheet", row: int, values: Sequence[Value], alignment: "Alignment") -> None:
    put(sheet, row, [one if isinstance(one, str) else "" for one in values])
    for place, value in enumerate(values, 1):
        cell = sheet.cell(row, place)
        if value is not None and not isinstance(value, str):
            cell.value = value
            cell.number_format = _DAY if isinstance(value, date) else _PLAIN
        cell.alignment = alignment
