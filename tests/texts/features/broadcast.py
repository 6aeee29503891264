"""Values for announcements: drafts and launched ones, with nothing and with everything at its longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.broadcast_course import progress_of
from actions.broadcast_keeping import ListedBroadcast, Preview
from actions.broadcast_launch import Launched
from actions.broadcast_look import BroadcastCard
from actions.broadcast_report import BroadcastFileMade
from domain.broadcast import (
    Addressee,
    Broadcast,
    BroadcastFile,
    BroadcastState,
    Circle,
    Delivery,
    Tally,
    Timing,
    words,
)
from domain.broadcast_circle import Named
from domain.broadcast_delivery import Removal, Why, why
from domain.outbox import ChatAddress, OutboxState, Outgoing
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.survey import PARTICIPANTS, Audience
from domain.survey_count import Silence
from handlers.person import told

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2022, 3, 10, 21, tzinfo=UTC)
NIGHT = datetime(2022, 3, 11, 5, tzinfo=UTC)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every state with every audience."""
    for place, (one, circle) in enumerate(product(broadcasts(mood), circles())):
        yield _of(mood, place, replace(one, circle=circle))


def _of(mood: "Mood", place: int, one: Broadcast) -> dict[str, Any]:
    count = (0, 1, 21)[place % 3]
    card = a_card(mood, one, count, place)
    deliveries = [replace(delivery(mood), acked_at=NOW)] * 7 + [each for each, _ in outcomes(mood)] * 3
    tally = card.tally
    people = told(card.registry, card.registry.people[:1] * min(count, 5))
    person = card.registry.people[0]
    lines = (mood.text[:200],) * count
    found = Named((person,) * count, tuple((line, (person,) * (1 + place % 2)) for line in lines), lines)
    launched = Launched(card, count, NIGHT if place % 2 else NOW, count, 2 * count)
    outgoing = Outgoing(ChatAddress("telegram", 1), mood.text)
    preview = Preview(card, addressee(mood), outgoing, NIGHT)
    listed = [(ListedBroadcast(one, tally, mood.line if place % 2 else ""), words(one.text))] * min(count, 5)
    return {
        "one": one, "card": card, "said": words(one.text), "zone": ZONE, "now": NOW, "tally": tally, "listed": listed,
        "page": 1, "pages": 9, "total": count, "on": bool(count), "count": max(1, count), "limit": 3500,
        "length": 12000, "silent": bool(place % 2), "name": mood.line, "days": 90, "asks_ack": one.asks_ack,
        "lines": [(each, why(each)) for each in deliveries[:20]], "today": date(2022, 3, 10),
        "readers": deliveries[:20], "new": mood.text * 3,
        "shown": [addressee(mood, Silence.NOT_AGREED if place % 2 else None)] * min(20, count), "people": people,
        "file": BroadcastFileMade(card, b"", count), "launched": launched, "preview": preview, "found": found,
        "progress": progress_of(replace(one, start=NOW), tally), "title": mood.line, "item": mood.items[0].item,
        "reason": "", "fragment": mood.line[:60], "each": ListedBroadcast(one, tally, ""),
    }  # fmt: skip


def outcomes(mood: "Mood") -> list[tuple[Delivery, Why | None]]:
    """One of each."""
    states = [*OutboxState, None]
    found = [replace(delivery(mood), state=state, reason="later", maybe_twice=True) for state in states]
    found += [Delivery(addressee(mood, silence)) for silence in Silence]
    return [(one, why(one)) for one in found]


def delivery(mood: "Mood") -> Delivery:
    return Delivery(
        addressee(mood), OutboxState.SENT, sent_at=NOW, message_id="1", outbox_id=1, maybe_twice=True, has_stayed=True
    )


def addressee(mood: "Mood", silence: Silence | None = None) -> Addressee:
    return Addressee("person:1", mood.line, 1, school=mood.line, silence=silence)


def broadcasts(mood: "Mood") -> Iterator[Broadcast]:
    """A draft of each time, one that waits, one that has gone, was cut short, was corrected, was removed."""
    files = (BroadcastFile(1, mood.line[:120], "telegram", "x"), BroadcastFile(2, "", "telegram", "y", is_photo=True))
    yield Broadcast(1, 1)
    for timing in Timing:
        yield Broadcast(2, 1, mood.text * 2, files * 5, asks_ack=True, is_quiet=True, timing=timing, at=NOW)
    sent = Broadcast(3, 1, mood.text, files, asks_ack=True, state=BroadcastState.LAUNCHED, start=NIGHT, launched_at=NOW)
    yield sent
    yield replace(sent, corrected_at=NOW, state=BroadcastState.CANCELLED, files=(), start=NOW - timedelta(days=1))
    yield replace(sent, removed_at=NOW, state=BroadcastState.CANCELLED, text="")


def circles() -> tuple[Circle, ...]:
    """Nobody, everybody, roles in places with people and groups, who has not done and not answered."""
    places = Audience(frozenset({*Role}), frozenset(range(1, 41)), frozenset({1}), frozenset({1, 2}))
    return (
        Circle(),
        Circle(Audience(PARTICIPANTS)),
        Circle(places, frozenset({1, 2, 3})),
        Circle(replace(places, roles=frozenset(), people=frozenset()), item_id=1),
        Circle(Audience(frozenset()), frozenset({1}), survey_id=1),
    )


def a_card(mood: "Mood", one: Broadcast, count: int, place: int) -> BroadcastCard:
    person = Registered(1, mood.line, mood.line, (Duty(Role.SCHOOL, 1), Duty(Role.CURATOR, 1)))
    schools = tuple(School(each, mood.line, 1) for each in range(1, 41))
    registry = Registry((Municipality(1, mood.line),), (), schools, (person,))
    item = mood.items[0].item if one.circle.item_id and place % 2 else None
    lost = "broadcast.no-item" if one.circle.is_by_state and place % 4 == 3 else ""
    late = one.timing is Timing.AT and place % 2 == 0
    start = None if late else NIGHT if place % 2 else NOW
    addressees = [addressee(mood)] * count + [addressee(mood, Silence.BLOCKED)] * count
    tally = Tally(5 * count, 3 * count, count if place % 2 else 0, count, count)
    return BroadcastCard(
        one, registry, (), tuple(addressees), tally, ZONE, True, mood.line, place % 2 == 0, item,
        mood.line, lost, start, NOW, count, Removal(count, 2 * count),
    )  # fmt: skip
