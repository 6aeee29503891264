"""What the files of visits are made of: the schedule, the report of a visit, the region's workbook, calendars. Pure.

Words (names, states, answers) come ready to be read; an erased person comes as «участник № 7». Days are local.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

LEVELS = 4
"""Levels of a risk, from 0 «не начато» to 3 «есть результат»."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A line of the schedule; ``number`` is which visit of its school it is."""

    number: int
    day: date
    municipality: str
    school: str
    address: str
    curator: str
    position: str


@dataclass(frozen=True, slots=True)
class SchedulePaper:
    """The approved schedule; ``order`` is «№ 15 от 12.03.2022», empty while nobody knows it."""

    region: str
    year: int
    order: str
    visits: tuple[PlannedVisit, ...]
    made_on: date

    @property
    def in_order(self) -> list[PlannedVisit]:
        """By day, on a day by municipality and school."""
        return sorted(self.visits, key=lambda one: (one.day, one.municipality, one.school, one.number))

    @property
    def by_month(self) -> Iterable[tuple[date, list[PlannedVisit]]]:
        """The first day of each month with its visits."""
        months = groupby(self.in_order, key=lambda one: one.day.replace(day=1))
        return ((first, list(visits)) for first, visits in months)

    @property
    def schools(self) -> int:
        """How many schools are visited."""
        return len({(one.municipality, one.school) for one in self.visits})


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question, its answer in words, and what was answered in the visit ``before``."""

    question: str
    value: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report of a visit. ``actions`` are what was agreed on, by when, and who does it; ``attachments`` are how many
    files there are, photos among them; ``photos`` are the contents of some, as they were sent."""

    school: str
    municipality: str
    address: str
    curator: str
    position: str
    number: int
    held_on: date
    sent_on: date
    state: str
    lines: tuple[AnswerLine, ...] = ()
    remarks: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    actions: tuple[tuple[str, date, str], ...] = ()
    attachments: int = 0
    photos: tuple[bytes, ...] = ()


class Change(StrEnum):
    """How a risk moved from one visit to the next."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The level of a risk in a school; ``before`` is that of the visit before, where there was one."""

    level: int
    before: int | None = None

    @property
    def change(self) -> Change | None:
        """Nothing where there is nothing to compare with."""
        if self.before is None:
            return None
        if self.level == self.before:
            return Change.SAME
        return Change.UP if self.level > self.before else Change.DOWN


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A school, and a cell for each risk of the matrix; none where the school has no such risk or nobody told of it."""

    municipality: str
    school: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixPaper:
    """Schools × risks."""

    risks: tuple[str, ...] = ()
    schools: tuple[MatrixRow, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in the region's register. ``moved_from`` is the day it was first approved for, if it is another now;
    ``remarks`` and ``actions`` are how many there are of it."""

    municipality: str
    school: str
    curator: str
    number: int
    day: date | None
    state: str
    moved_from: date | None = None
    held_on: date | None = None
    reported_on: date | None = None
    reviewed_on: date | None = None
    remarks: int = 0
    actions: int = 0


@dataclass(frozen=True, slots=True)
class CountRow:
    """How the visits of a curator or of a municipality go."""

    name: str
    planned: int
    held: int
    reported: int
    overdue: int
    accepted: int


@dataclass(frozen=True, slots=True)
class VisitEvent:
    """A visit in somebody's calendar; ``changes`` is how often it was changed since it was first given out, ``number``
    is 0 for one that counts no more."""

    visit_id: int
    number: int
    day: date
    school: str
    municipality: str
    address: str
    curator: str
    position: str
    changes: int = 0
    cancelled: bool = False
