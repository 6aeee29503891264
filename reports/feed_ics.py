"""Everything of a calendar that one subscribes to. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.calendar_feed import DueEvent, FeedContent
from reports.calendar import CalendarEvent, CalendarHead, Method, calendar_file
from reports.meeting_ics import meeting_event
from reports.visit_ics import visit_event
from texts import Texts

REFRESH: Final = timedelta(hours=1)
"""How often a calendar is asked to look again; most of them decide that themselves."""


def feed_events(content: FeedContent, texts: Texts) -> tuple[CalendarEvent, ...]:
    """By their days, on a day by their hours."""
    events = [
        *(meeting_event(one, texts) for one in content.meetings),
        *(visit_event(one, texts) for one in content.visits),
        *(_due_event(one, texts) for one in content.due),
    ]
    return tuple(sorted(events, key=lambda one: (*_when(one.starts), one.uid)))


def _when(starts: datetime | date) -> tuple[date, time]:
    return (starts.date(), starts.time()) if isinstance(starts, datetime) else (starts, time.min)


def _due_event(due: DueEvent, texts: Texts) -> CalendarEvent:
    """A day to be ready by: it makes nobody busy."""
    summary, description = (texts.plain(f"calendar.due-{name}", due=due) for name in ("summary", "description"))
    uid = f"item-{due.item_id}@roadmap500"
    day, next_day = due.day, due.day + timedelta(days=1)
    return CalendarEvent(uid, day, next_day, summary, description=description, takes_time=False)


def feed_ics(
    name: str, events: Sequence[CalendarEvent], made_at: datetime, texts: Texts, *, is_file: bool = False
) -> bytes:
    """The calendar of that name to subscribe to, or as a file to take in once."""
    method, refresh = (Method.PUBLISH, None) if is_file else (Method.NONE, REFRESH)
    return calendar_file(
        CalendarHead(name, "calendar", texts.plain("calendar.publisher"), method, refresh), events, made_at
    )
