"""Values for a meeting as its guests see it: every state with every answer, an interview with times and without."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from actions.meeting_answer import OwnMeeting
from domain.broadcast import BroadcastFile
from domain.meeting import MeetingState
from domain.meeting_day import Appointment
from tests.texts.features.meeting_day import NOW, ZONE, a_meeting, guests

if TYPE_CHECKING:
    from tests.texts.values import Mood


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Lists of none, one and a page; everything else of each."""
    every = list(_owns(mood))
    for place, own in enumerate(every):
        listed = every[: (0, 1, 6)[place % 3]]
        yield {
            "own": own, "one": own.one, "zone": ZONE, "listed": listed, "page": 1, "pages": 1 + place % 3 * 8,
            "chosen": bool(place % 2), "count": 10,
        }  # fmt: skip


def _owns(mood: "Mood") -> Iterator[OwnMeeting]:
    files = (BroadcastFile(1, mood.line[:120], "telegram", "x"),) * 10
    called = a_meeting(mood, materials=files)
    states = (
        called,
        replace(called, state=MeetingState.CANCELLED, cancelled_why=mood.text[:300]),
        replace(called, state=MeetingState.HELD, minutes_text=mood.text, papers=files),
    )
    for place, (one, guest) in enumerate((one, guest) for one in states for guest in guests(mood)[:-1]):
        own = OwnMeeting(one, guest, ZONE, NOW, (), one.starts_at, mood.line if place % 2 else "", 10)
        yield own
        yield replace(own, guest=replace(guest, came_at=NOW))
        interview, day = replace(one, slot_minutes=20), NOW + timedelta(days=1)
        times = tuple((mood.line, Appointment(at, school)) for school, at in enumerate((None, day) * 5, 1))
        yield replace(own, one=interview, times=times[: 1 + place % 10])
        yield replace(own, one=interview, number=None)
