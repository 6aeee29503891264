"""Escalation: who is late for so long that those above them hear of it (design: notices.md, «To whom»)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.board import Measured
from domain.calendar import WorkCalendar
from domain.debtor import Debtor
from domain.indicator import edges
from domain.notice import last_day
from domain.roadmap import KeptRoadmap


@dataclass(frozen=True, slots=True)
class LateItem:
    """An item that ``debtors`` should have done: its end is ``days`` working days ago."""

    row: Measured
    debtors: tuple[Debtor, ...]
    days: int

    def among(self, some: Iterable[Debtor]) -> "LateItem":
        """The same as far as some of them are late with it."""
        wanted = frozenset(some)
        return LateItem(self.row, tuple(one for one in self.debtors if one in wanted), self.days)


def late_items(rows: Iterable[Measured], today: date, calendar: WorkCalendar) -> list[LateItem]:
    """What somebody is late with on a local day, the longest ago first, then by number.

    Whoever waits for a review is not late, nor is anybody to whom the item does not apply.
    """
    found = [
        LateItem(row, tuple(late), calendar.working_days_after(end, today))
        for row in rows
        if (end := row.indicator.end) is not None and (late := row.late(today))
    ]
    return sorted(found, key=lambda one: (-one.days, one.row.kept.item.number))


def heard_on(end: date, days: int, calendar: WorkCalendar) -> date:
    """The day on which somebody hears that an item is late since ``end`` by so many working days.

    It is that very day, or the next one on which they want to hear anything.
    """
    return calendar.forward(calendar.working_day_after(end, days))


def escalation_days(roadmaps: Iterable[KeptRoadmap], days: int, calendar: WorkCalendar) -> Iterator[date]:
    """The days on which open items may be heard of for having been late by so many working days; none after a
    roadmap's last deadline, when it is silent."""
    for one in roadmaps:
        last = last_day(one.roadmap) or date.min
        ends = [edges(kept.item, one.roadmap.year)[1] for kept in one.items if kept.is_open]
        found = [heard_on(end, days, calendar) for end in ends if end is not None]
        yield from (day for day in found if day <= last)


@dataclass(frozen=True, slots=True)
class LateSchool:
    """A school, as it is called, with the items it is late with."""

    name: str
    items: tuple[LateItem, ...]


def by_school(items: Sequence[LateItem], names: dict[Debtor, str]) -> list[LateSchool]:
    """Who of ``names`` is late, in their order."""
    found = [(name, tuple(one for one in items if debtor in one.debtors)) for debtor, name in names.items()]
    return [LateSchool(name, late) for name, late in found if late]
