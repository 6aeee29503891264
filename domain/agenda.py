"""What there is to do on a day: the state of items, and the lines of one chat's message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.deadline import Deadline, DeadlineKind
from domain.indicator import Indicator, still_asks
from domain.notice import Notice, audience, effective, last_day, notices, window
from domain.notice_rules import Rules
from domain.roadmap import KeptItem, KeptRoadmap


class Status(StrEnum):
    """How an item stands on a day."""

    OVERDUE = "overdue"
    RUNNING = "running"
    COMING = "coming"
    WAITING = "waiting"
    UNPLANNED = "unplanned"
    CLOSED = "closed"


def status(kept: KeptItem, today: date) -> Status:
    """``waiting`` is an «после …» item whose day is not chosen, ``unplanned`` one without any deadline."""
    deadline = effective(kept.item)
    if not kept.is_open:
        return Status.CLOSED
    if deadline.kind is DeadlineKind.NONE:
        return Status.UNPLANNED
    if deadline.end is not None and deadline.end < today:
        return Status.OVERDUE
    if deadline.start is not None and deadline.start > today:
        return Status.COMING
    return Status.WAITING if deadline.kind is DeadlineKind.AFTER else Status.RUNNING


@dataclass(frozen=True, slots=True)
class Line:
    """One item's line in a chat's message of the day."""

    kept: KeptItem
    notice: Notice
    year: int

    @property
    def item_id(self) -> int:
        """The item's id."""
        return self.kept.id

    @property
    def deadline(self) -> Deadline:
        """The deadline that counts."""
        return effective(self.kept.item)


@dataclass(frozen=True, slots=True)
class Silence:
    """What one person is not reminded of: items answered with silence too often, and items put off until a day."""

    tired_of: frozenset[int] = frozenset()
    snoozed: Mapping[int, date] = field(default_factory=dict)


def lines_of_day(
    roadmap: KeptRoadmap, addresses: frozenset[str], day: date, calendar: WorkCalendar, rules: Rules
) -> list[Line]:
    """What the rules say to these addresses on that day about open items, by item number."""
    end = last_day(roadmap.roadmap)
    if end is None or end < day:
        return []
    return [
        Line(kept, notice, roadmap.roadmap.year)
        for kept in roadmap.items
        if kept.is_open
        for notice in notices(kept.item, year=roadmap.roadmap.year, calendar=calendar, rules=rules)
        if notice.day == day and audience(notice, kept.item, roadmap.roadmap, rules) & addresses
    ]


def heard(lines: Iterable[Line], silence: Silence, day: date) -> list[Line]:
    """The lines that a person still wants: put-off and often unanswered items are left out."""
    return [
        line for line in lines if line.item_id not in silence.tired_of and silence.snoozed.get(line.item_id, day) <= day
    ]


def needed(lines: Iterable[Line], numbers: Mapping[int, Indicator], day: date) -> list[Line]:
    """The lines about what is still to be done, by the numbers of that day."""
    return [line for line in lines if still_asks(line.notice, numbers.get(line.item_id), day)]


def woken(roadmap: KeptRoadmap, silence: Silence, day: date, calendar: WorkCalendar, rules: Rules) -> list[Line]:
    """Lines for items that were put off until that day, with the latest notice that their silence covered."""
    found = []
    for kept in roadmap.items:
        if kept.is_open and silence.snoozed.get(kept.id) == day:
            past = [
                n for n in notices(kept.item, year=roadmap.roadmap.year, calendar=calendar, rules=rules) if n.day <= day
            ]
            found += [Line(kept, past[-1], roadmap.roadmap.year)] if past else []
    return found


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the coordinator asks with «Что сейчас»: open items by how pressing they are."""

    overdue: tuple[KeptItem, ...]
    today: tuple[KeptItem, ...]
    week: tuple[KeptItem, ...]
    waiting: tuple[KeptItem, ...]
    unclear: int


def agenda(roadmaps: Iterable[KeptRoadmap], today: date) -> Agenda:
    """``today`` ends or begins today, ``week`` until Sunday; ``unclear`` counts items that ask to be confirmed."""
    items = [kept for roadmap in roadmaps for kept in roadmap.items]
    sunday = today + timedelta(days=6 - today.weekday())
    open_items = [kept for kept in items if kept.is_open]
    states = {kept.id: status(kept, today) for kept in open_items}
    current = [kept for kept in open_items if states[kept.id] in (Status.RUNNING, Status.COMING)]
    on_today = [kept for kept in current if _touches(kept, today, today)]
    return Agenda(
        overdue=tuple(kept for kept in open_items if states[kept.id] is Status.OVERDUE),
        today=tuple(on_today),
        week=tuple(kept for kept in current if kept not in on_today and _touches(kept, today, sunday)),
        waiting=tuple(kept for kept in open_items if states[kept.id] is Status.WAITING),
        unclear=sum(bool(kept.item.flags) for kept in open_items),
    )


def _touches(kept: KeptItem, first: date, last: date) -> bool:
    deadline = effective(kept.item)
    return any(edge is not None and first <= edge <= last for edge in (deadline.start, deadline.end))


def in_month(roadmaps: Iterable[KeptRoadmap], first: date) -> list[KeptItem]:
    """The items that run in the month beginning with ``first``: by their deadline's nearest edge, then by number."""
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    found = [
        (kept, edges)
        for roadmap in roadmaps
        for kept in roadmap.items
        if (edges := _run(kept, roadmap.roadmap.year)) and edges[0] <= last and edges[-1] >= first
    ]
    found.sort(key=lambda one: (min((day for day in one[1] if day >= first), default=first), one[0].item.number))
    return [kept for kept, _ in found]


def _run(kept: KeptItem, year: int) -> tuple[date, ...]:
    """The first and the last day of an item, in order; one day where it has only one."""
    deadline = effective(kept.item)
    if deadline.kind is DeadlineKind.RECURRING:
        return window(deadline, year)
    return tuple(day for day in (deadline.start, deadline.end) if day is not None)
