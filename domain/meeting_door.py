"""Checking in at a meeting: when its door may be opened, the code, how often somebody may try. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from domain.completion import is_confirmed
from domain.debtor import Debtor, acts_for
from domain.indicator_count import counts_people
from domain.meeting import Guest, Meeting, MeetingState
from domain.people import Duty
from domain.refusal import Refusal
from domain.roadmap import Item, ItemKind, OwedBy, Roadmap, Threshold, ThresholdKind

MOST_TRIES = 5
"""Wrong codes of one person at one meeting."""
_BEFORE = timedelta(minutes=30)
_CODES = 10_000
_DIGITS = re.compile(r"[0-9]{4}")


class DoorBy(StrEnum):
    """How people check in: by a code that is shown at the meeting, or by a button that everybody invited gets."""

    CODE = "code"
    BUTTON = "button"


class DoorFor(StrEnum):
    """For how long the door is opened: minutes, or until the meeting is over."""

    TEN = "10"
    FIFTEEN = "15"
    THIRTY = "30"
    END = "end"


@dataclass(frozen=True, slots=True)
class DoorTimes:
    """From when to when the door may be opened, and when the meeting itself is over. Instants are UTC."""

    since: datetime
    until: datetime
    over: datetime

    def refuse_outside(self, meeting: Meeting, now: datetime) -> None:
        """Raises ``Refusal`` where the door cannot be opened now."""
        self.refuse_marking(meeting, now)
        if now >= self.until:
            raise Refusal("meeting_door.day-over")

    def refuse_marking(self, meeting: Meeting, now: datetime) -> None:
        """Raises ``Refusal`` where nobody can be marked yet, or not any more: when the minutes were sent."""
        if meeting.state is MeetingState.DRAFT:
            raise Refusal("meeting.not-called")
        if meeting.state is not MeetingState.CALLED:
            raise Refusal("meeting_door.marks-closed")
        if now < self.since:
            raise Refusal("meeting_door.early")

    def may_open(self, meeting: Meeting, now: datetime) -> bool:
        """The same, for showing a button."""
        return meeting.state is MeetingState.CALLED and self.since <= now < self.until

    def may_mark(self, meeting: Meeting, now: datetime) -> bool:
        """Whether somebody can be marked by the list; for showing a button."""
        return meeting.state is MeetingState.CALLED and now >= self.since

    def closing(self, span: DoorFor, now: datetime) -> datetime:
        """When a door that is opened now closes; a meeting that takes longer than was meant ends with its day."""
        if span is not DoorFor.END:
            return now + timedelta(minutes=int(span))
        return self.over if now < self.over else self.until


def door_times(starts_at: datetime, last: datetime, over: datetime, zone: ZoneInfo) -> DoorTimes:
    """From half an hour before it begins to the end of the local day on which the ``last`` of its parts begins, or of a
    meeting that goes on at midnight."""
    midnight = datetime.combine(last.astimezone(zone).date() + timedelta(days=1), time(), zone).astimezone(UTC)
    return DoorTimes(starts_at - _BEFORE, max(midnight, over), over)


def draw_code(chance: Random, taken: Collection[str]) -> str:
    """Four digits that no other open door has."""
    while (code := f"{chance.randrange(_CODES):04}") in taken:
        pass
    return code


def code_in(text: str) -> str:
    """The code that somebody typed, «4827» or «48 27»; empty for anything else."""
    digits = "".join(text.split())
    return digits if _DIGITS.fullmatch(digits) else ""


def tries_left(guest: Guest) -> int:
    """How many wrong codes somebody may still type."""
    return max(0, MOST_TRIES - guest.tries)


def counts_presence(item: Item) -> bool:
    """Whether being at its meeting is what an item asks of each who owes it (item 10). Documents, surveys and courses
    are not done by coming, whatever meeting is held about them."""
    if item.owed_by is OwedBy.EXECUTORS or not is_confirmed(item) or counts_people(item):
        return False
    match item.threshold:
        case Threshold(kind=ThresholdKind.SHARE, of="teams"):
            return True
    return item.kind is ItemKind.MEETING


def came_for(duties: Collection[Duty], person_id: int, item: Item, roadmap: Roadmap) -> list[Debtor]:
    """For whom somebody is at a meeting: their schools, their municipality, themselves as a curator."""
    if not counts_presence(item):
        return []
    return acts_for(duties, person_id, item, roadmap)
