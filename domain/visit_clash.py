"""What speaks against a day of a visit: a day off, another visit, a meeting, a leave, a deadline. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import WorkCalendar
from domain.deadline import DeadlineKind
from domain.leave import StandIn
from domain.notice import effective
from domain.registry import Registry
from domain.roadmap import ItemKind, KeptItem
from domain.visit import Clash, ClashKind, Visit

_HELD = frozenset({ItemKind.MEETING, ItemKind.TRAINING, ItemKind.EVENT, ItemKind.SUMMARY})
"""Kinds of items at which people come together on their day."""


@dataclass(frozen=True, slots=True)
class Diary:
    """What days are compared with; ``visits`` are all that were not cancelled, ``monitoring`` is the item of the first
    visits."""

    registry: Registry
    calendar: WorkCalendar
    visits: Sequence[Visit] = ()
    leaves: Sequence[StandIn] = ()
    items: Sequence[KeptItem] = field(default=())
    monitoring: KeptItem | None = None


def clashes(diary: Diary, visit: Visit, day: date, number: int) -> list[Clash]:
    """Everything that falls on the same day, the gravest first; ``number`` is which visit of the school it is."""
    return list(_clashes(diary, visit, day, number))


def _clashes(diary: Diary, visit: Visit, day: date, number: int) -> Iterator[Clash]:
    if not diary.calendar.is_working(day):
        yield Clash(ClashKind.DAY_OFF)
    for one in diary.visits:
        same = one.curator_id == visit.curator_id and one.id != visit.id and one.school_id != visit.school_id
        if same and day in _days(one) and (school := diary.registry.school(one.school_id)) is not None:
            yield Clash(ClashKind.VISIT, school.name)
    for item in _meetings(diary.items, day):
        yield Clash(ClashKind.MEETING, item.item.short_title, item.item.number)
    if any(one.person_id == visit.curator_id and one.covers(day) for one in diary.leaves):
        yield Clash(ClashKind.LEAVE)
    end = effective(diary.monitoring.item).end if diary.monitoring else None
    if number == 1 and diary.monitoring and end and end < day and end.year == day.year:
        yield Clash(ClashKind.LATE, number=diary.monitoring.item.number, day=end)


def _days(visit: Visit) -> set[date]:
    return {day for day in (visit.day, visit.proposal.day if visit.proposal else None) if day is not None}


def _meetings(items: Iterable[KeptItem], day: date) -> Iterator[KeptItem]:
    for kept in items:
        deadline = effective(kept.item)
        if kept.is_open and kept.item.kind in _HELD and deadline.kind is DeadlineKind.ON and deadline.end == day:
            yield kept
