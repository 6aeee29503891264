"""What somebody has in their calendar: meetings, visits, deadlines; and what of it may be shown to everybody. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.deadline import Deadline, DeadlineKind
from domain.meeting import Meeting, MeetingState
from domain.meeting_slot import Slot
from domain.notice import effective
from domain.roadmap import KeptItem
from domain.visit_paper import VisitEvent

_DATED = (DeadlineKind.ON, DeadlineKind.BY, DeadlineKind.BETWEEN)
"""Deadlines that have a last day; a recurring one is due again and again before its window ends."""
_ADDRESS = re.compile(r"(?:\w+://|www\.)\S+|\b(?:[\w-]+\.)+(?:[a-z]{2,}|рф)/\S*|\S*@\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeetingEvent:
    """A meeting in somebody's calendar; of an interview the time of one school. Instants are UTC.

    ``changes`` grows with whatever changed: SEQUENCE (RFC 5545, 3.8.7.4).
    """

    meeting_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    agenda: str = ""
    changes: int = 0
    cancelled: bool = False
    school_id: int | None = None
    school: str = ""


@dataclass(frozen=True, slots=True)
class DueEvent:
    """The last day of an item."""

    item_id: int
    number: int
    title: str
    day: date
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class FeedContent:
    """Everything that is in a calendar."""

    meetings: tuple[MeetingEvent, ...] = ()
    visits: tuple[VisitEvent, ...] = ()
    due: tuple[DueEvent, ...] = ()


def meeting_event(one: Meeting) -> MeetingEvent | None:
    """A meeting as a whole; nothing while nobody was called."""
    if one.state is MeetingState.DRAFT or one.starts_at is None or one.ends_at is None:
        return None
    cancelled = one.state is MeetingState.CANCELLED
    return MeetingEvent(
        one.id, one.title, one.starts_at, one.ends_at, one.place, one.link, one.agenda, one.changes, cancelled
    )


def slot_events(one: Meeting, slots: Iterable[Slot], schools: Mapping[int, str]) -> list[MeetingEvent]:
    """Of an interview the times of these ``schools`` (id → name) that have one."""
    whole = meeting_event(one)
    if whole is None or one.slot_minutes is None:
        return []
    length = timedelta(minutes=one.slot_minutes)
    return [
        replace(
            whole,
            starts_at=slot.starts_at,
            ends_at=slot.starts_at + length,
            changes=one.changes + _taken_after(one, slot),
            school_id=school_id,
            school=schools[school_id],
        )
        for slot in slots
        if (school_id := slot.school_id) is not None and school_id in schools
    ]


def _taken_after(one: Meeting, slot: Slot) -> int:
    """Seconds from the call until the school took this time: a later choice is a newer one."""
    if slot.taken_at is None or one.called_at is None:
        return 0
    return max(0, int((slot.taken_at - one.called_at).total_seconds()))


def public_event(one: Meeting) -> MeetingEvent | None:
    """What everybody may know of a meeting: what, when and where. No link, no agenda, nobody's time; an address typed
    among the words, of a page or of a person, is left out."""
    found = meeting_event(one)
    if found is None:
        return None
    title, place = (_without_addresses(words) for words in (one.title, one.place))
    return replace(found, title=title, place=place, link="", agenda="")


def _without_addresses(words: str) -> str:
    return " ".join(_ADDRESS.sub(" ", words).split()).rstrip(" ,;:—–")


def due_event(kept: KeptItem) -> DueEvent | None:
    """The last day of an item; ``None`` where it has none (yet)."""
    deadline = effective(kept.item)
    if deadline.kind not in _DATED or deadline.end is None:
        return None
    return DueEvent(kept.id, kept.item.number, kept.item.short_title, deadline.end, deadline)
