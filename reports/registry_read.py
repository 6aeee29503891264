"""An XLSX of the registry read into rows. Nothing of it is run or computed: formulas and dates are told as what they
are, macros are left alone, joined cells all get the value of the first, hidden rows are rows."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from datetime import time as time_of_day
from typing import Any

from domain.refusal import Refusal
from domain.registry import name_key
from domain.registry_file import (
    COLUMNS,
    MOST_ROWS,
    MOST_SCHOOLS,
    OPTIONAL,
    Column,
    FileRow,
    ReadFile,
    Sheet,
    Unread,
)
from reports.joined_cells import JoinedCells
from reports.registry_words import RegistryWords
from reports.workbook import Opened, opened

SECONDS = 20
"""Longer than any honest file takes."""
_HEADING_WITHIN = 10
"""Rows in which the headings are looked for: a title may stand above them."""
_LAST_ROW = 1_048_576
"""Of a sheet of Excel."""
_WIDTH = 50
"""Columns that are looked at."""
_CELL = 1000
"""Characters of a cell that are kept: longer than anything that can be loaded."""

_UNREAD = {"f": Unread.FORMULA, "e": Unread.ERROR, "d": Unread.DATE}
"""openpyxl's kinds of cells that say nothing by themselves."""


def read_registry(content: bytes, words: RegistryWords) -> ReadFile:
    """The rows of the sheets «Школы» and «Люди». Seconds for a large file: a thread's work.

    Raises ``Refusal`` for a file that is no such workbook, or too large.
    """
    with opened(content) as found:
        return _Reading(words).read(found)


class _Reading:
    """One file; its time runs from here."""

    def __init__(self, words: RegistryWords) -> None:
        self._words = words
        self._ends = time.monotonic() + SECONDS
        self._rows: Counter[Sheet] = Counter()
        self._merged = False

    def read(self, file: Opened) -> ReadFile:
        titles = {name_key(sheet.title): sheet for sheet in file.book.worksheets}
        found = {sheet: titles.get(name_key(title)) for sheet, title in self._words.sheets.items()}
        if not any(found.values()):
            raise Refusal("registry_file.no-sheets")
        rows = [row for sheet, there in found.items() if there is not None for row in self._sheet(sheet, there)]
        if not rows:
            raise Refusal("registry_file.empty")
        return ReadFile(tuple(rows), self._merged, file.has_macros)

    def _sheet(self, sheet: Sheet, there: Any) -> Iterator[FileRow]:
        joined = JoinedCells(there)
        there.reset_dimensions()  # what the file says of its own size may be wrong
        columns: dict[Column, int] = {}
        for number, streamed in enumerate(there.iter_rows(max_col=_WIDTH), start=1):
            self._refuse_endless(number)
            cells = joined.filled(number, streamed)
            if not columns:
                columns = self._headings(sheet, cells, last=number >= _HEADING_WITHIN)
            elif (row := self._row(sheet, number, cells, columns)) is not None:
                self._count(sheet)
                yield row
        self._merged |= joined.any
        if not columns:
            self._refuse_without(sheet, {})

    def _row(self, sheet: Sheet, number: int, cells: Sequence[Any], columns: Mapping[Column, int]) -> FileRow | None:
        """``None`` for an empty one."""
        said: dict[Column, str] = {}
        unread: dict[Column, Unread] = {}
        for column, place in columns.items():
            found = self._cell(cells[place]) if place < len(cells) else ""
            if isinstance(found, Unread):
                unread[column] = found
            elif found:
                said[column] = found
        return FileRow(sheet, number, said, unread) if said or unread else None

    def _cell(self, cell: Any) -> str | Unread:
        match cell.value:
            case None:
                return ""
            case _ if cell.data_type in _UNREAD:
                return _UNREAD[cell.data_type]
            case bool() as mark:
                return self._words.yes if mark else self._words.no
            case date() | time_of_day() | timedelta():
                return Unread.DATE
            case float() as number if number.is_integer():
                return str(int(number))
        return str(cell.value).strip()[:_CELL]

    def _headings(self, sheet: Sheet, cells: Sequence[Any], *, last: bool) -> dict[Column, int]:
        """Column → its place; empty while the row is not the one of the headings."""
        places = [(name_key(str(cell.value)), place) for place, cell in enumerate(cells) if cell.value is not None]
        known = {name_key(self._words.columns[column]): column for column in COLUMNS[sheet]}
        met = [(known[title], place) for title, place in places if title in known]
        columns = dict(reversed(met))
        if len(met) > len(columns):
            raise Refusal("registry_file.twin-columns", sheet=self._words.sheets[sheet])
        if len(columns) < 2 and not last:
            return {}
        self._refuse_without(sheet, columns)
        return columns

    def _refuse_without(self, sheet: Sheet, columns: Mapping[Column, int]) -> None:
        missing = [one for one in COLUMNS[sheet] if one not in columns and one not in OPTIONAL]
        if missing:
            names = [self._words.columns[one] for one in missing]
            raise Refusal("registry_file.no-columns", sheet=self._words.sheets[sheet], columns=names)

    def _count(self, sheet: Sheet) -> None:
        self._rows[sheet] += 1
        limit = MOST_SCHOOLS if sheet is Sheet.SCHOOLS else MOST_ROWS
        if self._rows[sheet] > limit:
            raise Refusal("registry_file.too-many-rows", sheet=self._words.sheets[sheet], limit=limit)

    def _refuse_endless(self, number: int) -> None:
        if number > _LAST_ROW or time.monotonic() > self._ends:
            raise Refusal("registry_file.too-long")
