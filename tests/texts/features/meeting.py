"""Values for meetings: in every state, of an item and of none, with nothing and with everything at its longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.broadcast_keeping import Preview
from actions.broadcast_launch import Launched
from actions.meeting_keeping import ListedMeeting
from actions.meeting_look import MeetingCard
from domain.broadcast import Broadcast, BroadcastFile
from domain.meeting import CameBy, Coming, Guest, Meeting, MeetingState, NamedGuest, turnout
from domain.meeting_slot import Slot
from domain.outbox import ChatAddress, Outgoing
from domain.registry import Registry
from tests.texts.features.broadcast import a_card, addressee

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 3, 10, 21, tzinfo=UTC)
SOON = datetime(2022, 3, 15, 7, tzinfo=UTC)
_OF_DRAFTS = {
    *("meeting.list", "meeting.card", "meeting.ask-delete", "meeting.button-one"),
    *("meeting_new.ask-title", "meeting_new.ask-time", "meeting_new.ask-where", "meeting_new.ask-agenda"),
}
"""What is said while there is no time yet."""


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every meeting with few guests and with many."""
    every = [one for one in meetings(mood) if one.starts_at is not None or name in _OF_DRAFTS]
    for place, (one, many) in enumerate(product(every, (False, True))):
        yield _of(mood, place, one, many=many)


def _of(mood: "Mood", place: int, one: Meeting, *, many: bool) -> dict[str, Any]:
    card = meeting_card(mood, one, many=many)
    preview = Preview(a_card(mood, Broadcast(1, 1), 21, place), addressee(mood), Outgoing(ChatAddress("", 1), ""), NOW)
    before = replace(one, title=mood.line, minutes=one.minutes + 30, agenda="", starts_at=one.starts_at or SOON)
    listed = [ListedMeeting(one, turnout(card.guests), mood.line if many else "")] * (5 * many)
    return {
        "card": card, "one": one, "zone": ZONE, "before": before, "listed": listed, "page": 1, "pages": 9 * many + 1,
        "outside": many and card.kept is not None, "preview": preview, "draft": preview.card, "chooses": many,
        "known": 3 * many, "count": 21 * many, "limit": 10, "length": 12000, "is_new": many,
        "found": mood.items[: 5 * many],
        "item": mood.items[0].item, "minutes": (30, 60, 90)[place % 3], "year": 2022, "name": mood.line,
        "launched": Launched(preview.card, 21, NOW + timedelta(hours=9 * many), 5 * many, 11 * many),
    }  # fmt: skip


def meetings(mood: "Mood") -> Iterator[Meeting]:
    """A draft of nothing and of everything, called ones of both kinds, cancelled and held."""
    files = (BroadcastFile(1, mood.line[:120], "telegram", "x"), BroadcastFile(2, "", "telegram", "y", is_photo=True))
    yield Meeting(1, 1)
    told = Meeting(2, 1, 1, mood.line[:200], SOON, 90, mood.line, mood.line[:500], mood.text[:1500], files * 5)
    yield told
    called = replace(told, state=MeetingState.CALLED, called_at=NOW, papers=files)
    yield called
    yield replace(called, slot_minutes=20, place="")
    yield replace(called, slot_minutes=20, minutes=26 * 60)
    yield replace(called, starts_at=NOW - timedelta(hours=2), agenda="", link="")
    yield replace(called, state=MeetingState.CANCELLED, cancelled_at=NOW, cancelled_why=mood.line[:300])
    yield replace(called, state=MeetingState.HELD, held_at=NOW, minutes_text=mood.text[:1500])


def meeting_card(mood: "Mood", one: Meeting, *, many: bool) -> MeetingCard:
    """What is known of it, with few guests or with many."""
    guests = tuple(named_guests(mood)) * (3 if many else 1)
    slots = tuple(Slot(each, 2, SOON + timedelta(minutes=20 * each), each % 2 or None) for each in range(9))
    kept = mood.items[0] if one.item_id else None
    draft = a_card(mood, Broadcast(1, 1), 21 * many, 1)
    return MeetingCard(
        one, guests, Registry((), (), (), ()), ZONE, NOW, mood.line, kept, None, draft, (), slots, SOON if many else NOW
    )


def named_guests(mood: "Mood") -> Iterator[NamedGuest]:
    """One of each answer, of each way to come, a group, one who came without having been invited."""
    first = Guest("person:1", 1, invited_at=NOW)
    answers = (
        replace(first, coming=Coming.YES, answered_at=NOW),
        replace(first, coming=Coming.NO, why=mood.line[:300], answered_at=NOW),
        replace(first, coming=Coming.OTHER, other=mood.line[:150], answered_at=NOW),
    )
    came = [replace(first, came_at=NOW, came_by=how) for how in CameBy]
    for one in (first, *answers, *came, replace(came[0], invited_at=None)):
        yield NamedGuest(one, mood.line[:200], mood.line, frozenset({1}), one.coming is not Coming.NO)
    yield NamedGuest(Guest("group:1", None, 1, NOW), mood.line[:200])
