"""The region's workbook of visits: the register, counts, risks. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from domain.visit_paper import LEVELS, Change, CountRow, MatrixCell, MatrixPaper, VisitRow
from reports.cells import put, saved
from reports.table_xlsx import FIRST_ROW, table, total
from texts import Texts

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_REGISTER: Final = {
    "row": 6,
    "municipality": 28,
    "school": 44,
    "curator": 32,
    "number": 8,
    "day": 16,
    "moved_from": 14,
    "state": 24,
    "held_on": 14,
    "reported_on": 16,
    "reviewed_on": 16,
    "remarks": 16,
    "actions": 16,
}
_COUNTED: Final = {"planned": 16, "held": 14, "reported": 12, "overdue": 13, "accepted": 12}
"""Column → its width in characters."""
_RISK = 24
_FIRST_RISK = 3
_COLOURS: Final = ("F8CBAD", "FFE699", "C6E0B4", "8BC06A")
"""Of the levels: each lets black letters be read, printed in grey each is another."""
_UNTOLD = "EDEDED"


def visits_xlsx(
    visits: Sequence[VisitRow],
    curators: Sequence[CountRow],
    municipalities: Sequence[CountRow],
    matrix: MatrixPaper,
    texts: Texts,
) -> bytes:
    """Four sheets; rows stay in the order they come in."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    book.remove(book.worksheets[0])
    _register(_sheet(book, "visits", texts), visits, texts)
    _counts(_sheet(book, "curators", texts), "curator", curators, texts)
    _counts(_sheet(book, "municipalities", texts), "municipality", municipalities, texts)
    _matrix(_sheet(book, "risks", texts), matrix, texts)
    return saved(book)


def _sheet(book: "Workbook", name: str, texts: Texts) -> "Worksheet":
    made: Worksheet = book.create_sheet(texts.plain(f"visit_paper.sheet-{name}"))
    return made


def _titled(columns: dict[str, int], texts: Texts) -> list[tuple[str, int]]:
    return [(texts.plain(f"visit_paper.column-{name}"), width) for name, width in columns.items()]


def _register(sheet: "Worksheet", visits: Sequence[VisitRow], texts: Texts) -> None:
    named = [name for name in _REGISTER if name != "row"]
    rows = ([place, *(getattr(one, name) for name in named)] for place, one in enumerate(visits, 1))
    table(sheet, _titled(_REGISTER, texts), rows)


def _counts(sheet: "Worksheet", whose: str, rows: Sequence[CountRow], texts: Texts) -> None:
    """The total stands apart from what is filtered and sorted."""
    columns = _titled({whose: 44} | _COUNTED, texts)
    last = table(sheet, columns, ([one.name, *(getattr(one, name) for name in _COUNTED)] for one in rows))
    sums = [sum(getattr(one, name) for one in rows) for name in _COUNTED]
    total(sheet, last + 2, [texts.plain("visit_paper.total"), *sums])


def _matrix(sheet: "Worksheet", matrix: MatrixPaper, texts: Texts) -> None:
    columns = _titled({"municipality": 28, "school": 44}, texts) + [(risk, _RISK) for risk in matrix.risks]
    rows = ([one.municipality, one.school, *(_words(cell, texts) for cell in one.cells)] for one in matrix.schools)
    last = table(sheet, columns, rows)
    for place, school in enumerate(matrix.schools, FIRST_ROW):
        for column, found in enumerate(school.cells, _FIRST_RISK):
            _paint(sheet.cell(place, column), _UNTOLD if found is None else _COLOURS[found.level])
    sheet.freeze_panes = "C2"
    _legend(sheet, last + 2, texts)


def _words(cell: MatrixCell | None, texts: Texts) -> str:
    if cell is None:
        return ""
    words = texts.plain(f"visit_paper.level-{cell.level}")
    return f"{words} {texts.plain(f'visit_paper.change-{cell.change}')}" if cell.change else words


def _legend(sheet: "Worksheet", first: int, texts: Texts) -> None:
    total(sheet, first, [texts.plain("visit_paper.legend")])
    levels = [(texts.plain(f"visit_paper.level-{level}"), _COLOURS[level]) for level in range(LEVELS)]
    empty = [(texts.plain("visit_paper.legend-empty"), _UNTOLD)]
    changes = [(texts.plain(f"visit_paper.legend-{change}"), "") for change in Change]
    for row, (words, colour) in enumerate(levels + empty + changes, first + 1):
        put(sheet, row, ["", words])
        if colour:
            _paint(sheet.cell(row, 1), colour)


def _paint(cell: Any, colour: str) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415  heavy

    cell.fill = PatternFill("solid", fgColor=colour)
