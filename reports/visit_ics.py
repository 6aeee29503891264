"""Visits for one's own calendar. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from domain.visit_paper import VisitEvent
from reports.calendar import CalendarEvent, CalendarHead, calendar_file
from texts import Texts

_BEFORE: Final = timedelta(hours=15)
"""A visit takes the whole day and begins at midnight: 9:00 of the day before."""


def visits_ics(events: Iterable[VisitEvent], made_at: datetime, texts: Texts) -> bytes:
    """A calendar by the days of the visits."""
    head = CalendarHead(texts.plain("visit_paper.calendar-name"), "visits", texts.plain("calendar.publisher"))
    ordered = sorted(events, key=lambda one: (one.day, one.visit_id))
    return calendar_file(head, [visit_event(one, texts) for one in ordered], made_at)


def visit_event(event: VisitEvent, texts: Texts) -> CalendarEvent:
    """One of them in words."""
    summary, location, description, alarm = (
        texts.plain(f"visit_paper.event-{name}", event=event)
        for name in ("summary", "location", "description", "alarm")
    )
    return CalendarEvent(
        f"visit-{event.visit_id}@roadmap500",
        event.day,
        event.day + timedelta(days=1),
        summary,
        location,
        description,
        changes=event.changes,
        cancelled=event.cancelled,
        alarm=(_BEFORE, alarm),
    )
