"""A file of the registry: its rows as they were read, and what is said of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.people import Role
from domain.registry import name_key

FILE_LIMIT = 5 * 1024 * 1024
"""Bytes of a file that is looked at."""
MOST_ROWS = 10_000
"""Rows of a sheet."""
MOST_SCHOOLS = 1000
"""Rows of the sheet of schools: a region has sixty."""


class Sheet(StrEnum):
    """The sheets that are read; the schools come first."""

    SCHOOLS = "schools"
    PEOPLE = "people"


class Column(StrEnum):
    """What a cell says. ``PLACE`` is a school or an organisation, ``NUMBER`` the person's number in the registry."""

    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    ADDRESS = "address"
    NAME = "name"
    POSITION = "position"
    ROLE = "role"
    PLACE = "place"
    RESPONSIBLE = "responsible"
    NUMBER = "number"


COLUMNS: Mapping[Sheet, tuple[Column, ...]] = {
    Sheet.SCHOOLS: (Column.MUNICIPALITY, Column.SCHOOL, Column.ADDRESS),
    Sheet.PEOPLE: (
        Column.NAME,
        Column.POSITION,
        Column.ROLE,
        Column.MUNICIPALITY,
        Column.PLACE,
        Column.RESPONSIBLE,
        Column.NUMBER,
    ),
}
"""In the order of the template; a file may have them in another."""
OPTIONAL = frozenset({Column.ADDRESS, Column.NUMBER})
"""A file made by hand, or by an older form, needs no such column."""


class Unread(StrEnum):
    """Why a cell says nothing: a formula, a date, an error of the sheet."""

    FORMULA = "formula"
    DATE = "date"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row with its number in its sheet. An empty cell is "", and so is one that is ``unread``."""

    sheet: Sheet
    number: int
    cells: Mapping[Column, str] = field(default_factory=dict)
    unread: Mapping[Column, Unread] = field(default_factory=dict)

    def __getitem__(self, column: Column) -> str:
        """What a cell says."""
        return self.cells.get(column, "")

    @property
    def title(self) -> str:
        """The name that tells the row from others."""
        return self[Column.NAME] if self.sheet is Sheet.PEOPLE else self[Column.SCHOOL] or self[Column.MUNICIPALITY]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read. ``merged``: cells were joined, each got the value of all; ``macros``: there were some, left be."""

    rows: tuple[FileRow, ...]
    merged: bool = False
    macros: bool = False


def kept(rows: Iterable[FileRow]) -> list[Any]:
    """The rows as a draft keeps them."""
    return [[row.sheet, row.number, dict(row.cells), dict(row.unread)] for row in rows]


def restored(values: Iterable[Any]) -> tuple[FileRow, ...]:
    """The rows of a draft."""
    return tuple(
        FileRow(
            Sheet(sheet),
            number,
            {Column(column): said for column, said in cells.items()},
            {Column(column): Unread(why) for column, why in unread.items()},
        )
        for sheet, number, cells, unread in values
    )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the cells, as ``name_key`` writes them."""

    roles: Mapping[str, Role]
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something about a row: ``what`` is the end of a text's id, ``values`` go into the text."""

    what: str
    values: Mapping[str, Any] = field(default_factory=dict)


def spelled(kept_name: str, given: str) -> str:
    """How a name is spelled when a file says it: as in the file, unless that has only lost its «ё» or words.

    Initials count as no words: «Королёва М. С.» does not replace «Королёва Марина Сергеевна».
    """
    if name_key(kept_name) == name_key(given):
        return kept_name if _plain(kept_name) == _plain(given) and _count(kept_name) > _count(given) else given
    return given if _written_out(given) >= _written_out(kept_name) else kept_name


def _plain(name: str) -> str:
    return name.replace("ё", "е").replace("Ё", "Е")


def _count(name: str) -> int:
    return name.casefold().count("ё")


def _written_out(name: str) -> int:
    return sum(len(word) > 1 for word in re.findall(r"\w+", name_key(name)))
