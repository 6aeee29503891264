"""When the bot speaks by itself about an item, and to whom (design: notices.md)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from domain.calendar import WorkCalendar
from domain.deadline import Deadline, DeadlineKind
from domain.notice_rules import Rules
from domain.roadmap import Executor, Item, OwedBy, Roadmap, Threshold, ThresholdKind


class Occasion(StrEnum):
    """Why a notice is sent; the values are printed by ``python -m bot plan``."""

    AHEAD = "ahead"
    TODAY = "today"
    STARTS_SOON = "starts-soon"
    STARTED = "started"
    ENDS_SOON = "ends-soon"
    LAST_DAY = "last-day"
    POSSIBLE = "possible"
    REPEATED = "repeated"
    OVERDUE = "overdue"


_NEARNESS = (
    Occasion.STARTS_SOON,
    Occasion.POSSIBLE,
    Occasion.REPEATED,
    Occasion.STARTED,
    Occasion.AHEAD,
    Occasion.ENDS_SOON,
    Occasion.TODAY,
    Occasion.LAST_DAY,
    Occasion.OVERDUE,
)
"""From the farthest from the deadline to the nearest: decides which of two occasions on one day stays.

A monthly reminder is private and yields to whatever the group hears on that day.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """An occasion of one item. ``day`` is when it is said (a working day), ``days`` the rule's own distance:
    7 for «D−7» even where the day was moved off a weekend."""

    day: date
    occasion: Occasion
    days: int


def notices(item: Item, *, year: int, calendar: WorkCalendar, rules: Rules) -> list[Notice]:
    """Every notice of an open item's life, by day; of two on one day only the one nearest to the deadline.

    ``year`` is the roadmap's: the window of a repeated item that names none.
    """
    return list(_notices(item, year, calendar, rules))


@lru_cache(maxsize=2000)
def _notices(item: Item, year: int, calendar: WorkCalendar, rules: Rules) -> tuple[Notice, ...]:
    """Remembered: every planning and every look ahead asks this of all open items."""
    nearest: dict[date, Notice] = {}
    for notice in _all(item, year, calendar, rules):
        known = nearest.get(notice.day)
        if known is None or _nearness(notice) > _nearness(known):
            nearest[notice.day] = notice
    return tuple(nearest[day] for day in sorted(nearest))


def _nearness(notice: Notice) -> tuple[int, int]:
    return _NEARNESS.index(notice.occasion), -notice.days


def _all(item: Item, year: int, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    deadline = effective(item)
    match deadline:
        case Deadline(kind=DeadlineKind.ON, end=date() as end):
            yield from _day(end, calendar, rules)
        case Deadline(kind=DeadlineKind.BY, end=date() as end):
            yield from _by(end, calendar, rules)
        case Deadline(kind=DeadlineKind.BETWEEN, start=date() as start, end=date() as end, exact=True):
            yield from window_notices(start, end, calendar, rules)
        case Deadline(kind=DeadlineKind.BETWEEN, start=date() as start, end=date() as end):
            yield from _vague(start, end, calendar, rules)
        case Deadline(kind=DeadlineKind.AFTER, start=date() as start):
            yield Notice(calendar.forward(start + timedelta(days=1)), Occasion.POSSIBLE, 1)
    if is_repeated(item):
        yield from _repeated(*window(deadline, year), calendar, rules)
    if deadline.end is not None:
        yield from _overdue(deadline.end, calendar, rules)


def effective(item: Item) -> Deadline:
    """The deadline that counts: an «после …» item with a chosen date is an item of that day."""
    if item.deadline.kind is DeadlineKind.AFTER and item.held_on is not None:
        return Deadline(DeadlineKind.ON, item.held_on, item.held_on)
    return item.deadline


def window(deadline: Deadline, year: int) -> tuple[date, date]:
    """The first and the last day of a window; an edge that is not named («ежемесячно с сентября») is the year's own.

    ``year`` is the roadmap's, unless the edge that is named lies beyond it.
    """
    start = deadline.start or date(min(year, (deadline.end or date(year, 1, 1)).year), 1, 1)
    end = deadline.end or date(max(year, start.year), 12, 31)
    return start, end


def is_repeated(item: Item) -> bool:
    """Whether the indicator asks for something again and again (items 15, 23, 24) or the deadline itself recurs."""
    match item.threshold:
        case Threshold(kind=ThresholdKind.COUNT | ThresholdKind.MONTHLY | ThresholdKind.PER_MUNICIPALITY):
            return item.deadline.kind in (DeadlineKind.BETWEEN, DeadlineKind.RECURRING)
    return item.deadline.kind is DeadlineKind.RECURRING


def _before(end: date, offsets: Iterable[int], occasion: Occasion, calendar: WorkCalendar) -> Iterator[Notice]:
    for days in offsets:
        yield Notice(calendar.back(end - timedelta(days=days)), occasion, days)


def _day(day: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    yield from _before(day, rules.day_ahead, Occasion.AHEAD, calendar)
    yield Notice(calendar.back(day), Occasion.TODAY, 0)


def _by(end: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    yield from _before(end, rules.by_ahead, Occasion.AHEAD, calendar)
    yield Notice(calendar.back(end), Occasion.LAST_DAY, 0)


def window_notices(start: date, end: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    """What is said of a window with exact days, from before it begins to its last day."""
    yield from _before(start, rules.starts_soon, Occasion.STARTS_SOON, calendar)
    length = (end - start).days
    offsets = [
        days
        for days, shortest in (
            (rules.ends_soon_long, rules.long_window),
            (rules.ends_soon_middle, rules.middle_window),
            (rules.ends_soon_short, 0),
        )
        if length >= shortest
    ]
    yield from _running(start, end, offsets, calendar)


def _vague(start: date, end: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    yield from _running(start, end, rules.vague_ends_soon, calendar)


def _running(start: date, end: date, ends_soon: Iterable[int], calendar: WorkCalendar) -> Iterator[Notice]:
    """What is said between the ends of a window: that it began never after it is over, that it ends soon never
    before its second day by the calendar, nor, moved off days off, before it began."""
    started = calendar.forward(start)
    if started <= end:
        yield Notice(started, Occasion.STARTED, 0)
    inside = [days for days in ends_soon if end - timedelta(days=days) > start]
    yield from (one for one in _before(end, inside, Occasion.ENDS_SOON, calendar) if one.day >= start)
    yield Notice(calendar.back(end), Occasion.LAST_DAY, 0)


def _repeated(start: date, end: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    for month in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        first = date(month // 12, month % 12 + 1, 1)
        day = _day_of_month(first, rules.repeated_on)
        said = calendar.back(day)
        if start <= said and day <= end:
            yield Notice(said, Occasion.REPEATED, 0)


def _day_of_month(first: date, number: int) -> date:
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=number - 1), last)


def _overdue(end: date, calendar: WorkCalendar, rules: Rules) -> Iterator[Notice]:
    for time in range(rules.overdue_times):
        days = rules.overdue_first + time * rules.overdue_every
        yield Notice(calendar.forward(end + timedelta(days=days)), Occasion.OVERDUE, days)


COORDINATOR = "role:coordinator"
MUNICIPAL = "role:municipal"
_OWED = {OwedBy.SCHOOL: "role:school", OwedBy.MUNICIPALITY: MUNICIPAL, OwedBy.CURATOR: "role:curator"}


def audience(notice: Notice, item: Item, roadmap: Roadmap, rules: Rules) -> frozenset[str]:
    """The addresses that hear a notice: ``group:500+``, ``role:coordinator``, ``organiser:university`` …"""
    people = responsible(item, roadmap)
    if notice.occasion in (Occasion.POSSIBLE, Occasion.OVERDUE):
        people |= {COORDINATOR}
    silent = notice.occasion in (Occasion.POSSIBLE, Occasion.REPEATED)
    once = notice.occasion is not Occasion.OVERDUE or notice.days == rules.overdue_first
    return people | groups(item, roadmap) if once and not silent else people


def groups(item: Item, roadmap: Roadmap) -> frozenset[str]:
    """The addresses of the groups that the item's channels name."""
    return frozenset(
        f"group:{channel.id}" for channel in roadmap.channels if channel.group and channel.id in item.channels
    )


def responsible(item: Item, roadmap: Roadmap) -> frozenset[str]:
    """The addresses of the people who carry the item out or owe it."""
    carrying = {address(executor) for executor in roadmap.executors if executor.id in item.executors}
    return frozenset(carrying | {_OWED[item.owed_by]} if item.owed_by in _OWED else carrying)


def carried_besides(item: Item, roadmap: Roadmap) -> frozenset[str]:
    """The addresses of those who carry an item out that others owe; where executors owe it there is nobody besides."""
    if item.owed_by not in _OWED:
        return frozenset()
    return responsible(item, roadmap) - {_OWED[item.owed_by]}


def address(executor: Executor) -> str:
    """``role:…`` for a role, ``organiser:…`` for one of the organisations."""
    return f"organiser:{executor.id}" if executor.role == "organiser" else f"role:{executor.role}"


def last_day(roadmap: Roadmap) -> date | None:
    """The day of the roadmap's last deadline; after it the roadmap is silent. ``None`` when nothing is planned."""
    return max((day for item in roadmap.items if (day := _over(item, roadmap.year))), default=None)


def _over(item: Item, year: int) -> date | None:
    """An «после …» item without a date is not over before somebody was asked to choose one."""
    match effective(item):
        case Deadline(kind=DeadlineKind.AFTER, start=date() as start):
            return WorkCalendar().forward(start + timedelta(days=1))
        case Deadline(kind=DeadlineKind.RECURRING) as recurring:
            return window(recurring, year)[1]
        case deadline:
            return deadline.end
