"""Values for what is said of meetings by itself: what each answered, what is still to be chosen, and to a group."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.meeting_asking import MeetingLine
from domain.meeting import Coming, Guest, Meeting, MeetingState

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2022, 3, 17)
NOW = datetime(2022, 3, 17, 6, tzinfo=UTC)
SAID = 3
"""A message of the day tells of so many meetings at most."""


def a_meeting(mood: "Mood", **more: Any) -> Meeting:
    """One that people were called to, with everything at its longest."""
    one = Meeting(
        7,
        1,
        10,
        mood.text[:200],
        datetime(2022, 3, 18, 7, tzinfo=UTC),
        place=mood.text[:300],
        link=mood.text[:500],
        agenda=mood.text[:1500],
        state=MeetingState.CALLED,
    )
    return replace(one, **more)


def guests(mood: "Mood") -> list[Guest]:
    """Who has said nothing, yes, no and that another comes; and a group."""
    silent = Guest("person:5", 5, invited_at=NOW)
    said = [replace(silent, coming=coming, why=mood.text[:300], other=mood.text[:150]) for coming in Coming]
    return [silent, *said, Guest("group:3", None, 3, NOW)]


def meeting_lines(mood: "Mood", count: int) -> list[MeetingLine]:
    """As many as a message of the day tells of; of an interview without its time as well."""
    one, interview = a_meeting(mood), a_meeting(mood, slot_minutes=20)
    lines = [
        MeetingLine(one, one.starts_at, TODAY + timedelta(days=1), 1, Coming.OTHER, mood.text[:150], mood.line),
        MeetingLine(interview, None, TODAY + timedelta(days=7), 7, Coming.YES, "", mood.line),
        MeetingLine(replace(one, place=""), one.starts_at, TODAY + timedelta(days=1), 1),
    ]
    return lines[: min(count, SAID)]


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every line; a reminder to everybody who may get one."""
    one = a_meeting(mood)
    lines = [*meeting_lines(mood, SAID), MeetingLine(one, one.starts_at, TODAY, 1, is_group=True)]
    common = {"card": SimpleNamespace(zone=ZONE), "zone": ZONE, "starts_at": NOW, "day": TODAY}
    for line in lines:
        for guest in guests(mood):
            for minutes in (1, 30, 60):
                names = mood.line if minutes == 1 else ""
                yield common | {"line": line, "one": one, "guest": guest, "minutes": minutes, "instead_of": names}
