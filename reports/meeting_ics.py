"""Meetings for one's own calendar. Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.calendar_feed import MeetingEvent
from reports.calendar import CalendarEvent, CalendarHead, Method, calendar_file
from texts import Texts

_BEFORE: Final = timedelta(hours=1)


def meeting_ics(events: Sequence[MeetingEvent], made_at: datetime, texts: Texts) -> bytes:
    """The events of one meeting. Of a cancelled one it is a cancellation: a calendar drops it (RFC 5546, 3.2.5)."""
    method = Method.CANCEL if any(one.cancelled for one in events) else Method.PUBLISH
    publisher = texts.plain("calendar.publisher")
    head = CalendarHead(publisher, "meetings", publisher, method)
    return calendar_file(head, [meeting_event(one, texts) for one in events], made_at)


def meeting_event(event: MeetingEvent, texts: Texts) -> CalendarEvent:
    """One of them in words; each school has a time of its own in an interview, and its event stays the same when the
    time is another."""
    summary, description, alarm = (
        texts.plain(f"calendar.event-{name}", event=event) for name in ("summary", "description", "alarm")
    )
    which = f"{event.meeting_id}" if event.school_id is None else f"{event.meeting_id}-{event.school_id}"
    return CalendarEvent(
        f"meeting-{which}@roadmap500",
        event.starts_at,
        event.ends_at,
        summary,
        event.place,
        description,
        event.link,
        event.changes,
        event.cancelled,
        alarm=(_BEFORE, alarm),
    )
