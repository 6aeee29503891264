"""Visits for one's own calendar (RFC 5545). Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.visit_paper import VisitEvent
from reports.cells import fit_for_xml
from texts import Texts

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_MADE_BY: Final = "-//roadmap500//visits//RU"
_BEFORE: Final = timedelta(hours=-15)
"""A visit takes the whole day and begins at midnight: 9:00 of the day before."""


def visits_ics(events: Iterable[VisitEvent], made_at: datetime, texts: Texts) -> bytes:
    """A calendar by the days of the visits. Whoever takes in a later one gets what was moved or cancelled: an event
    keeps its UID, and its ``changes`` say which is newer. ``made_at`` is UTC."""
    from icalendar import Calendar  # noqa: PLC0415  heavy

    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", texts.plain("visit_paper.calendar-name"))
    for event in sorted(events, key=lambda one: (one.day, one.visit_id)):
        calendar.add_component(_event(event, made_at.astimezone(UTC), texts))
    made: bytes = calendar.to_ical()
    return made


def _event(event: VisitEvent, made_at: datetime, texts: Texts) -> "Event":
    from icalendar import Event  # noqa: PLC0415  heavy

    made = Event()
    made.add("uid", f"visit-{event.visit_id}@roadmap500")
    made.add("dtstamp", made_at)
    made.add("sequence", event.changes)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    for name in ("summary", "location", "description"):
        made.add(name, _lines(texts.plain(f"visit_paper.event-{name}", event=event)))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if not event.cancelled:
        made.add_component(_alarm(texts.plain("visit_paper.event-alarm", event=event)))
    return made


def _alarm(words: str) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415  heavy

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", _BEFORE)
    made.add("description", _lines(words))
    return made


def _lines(text: str) -> str:
    """Lines that every reader takes for the same ones: no control characters, no separators of Unicode."""
    return "\n".join(" ".join(fit_for_xml(line).split()) for line in text.split("\n"))
