"""A calendar as a file (RFC 5545, 5546). Takes a while: call it by ``asyncio.to_thread``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from reports.cells import fit_for_xml

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_NO_ADDRESS: Final = "invalid:nomail"
"""Whoever publishes a calendar must be named (RFC 5546, 3.2.1), and nobody here has an address to be answered at."""


class Method(StrEnum):
    """What a file asks of a calendar: to take the events in, or to drop them. A feed asks nothing."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"
    NONE = ""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event in words that are ready: of instants, or of whole days where ``starts`` is a date (``ends`` is then the
    day after the last). ``alarm`` rings so long before (with the words), ``takes_time`` is whether the day is busy."""

    uid: str
    starts: datetime | date
    ends: datetime | date
    summary: str
    location: str = ""
    description: str = ""
    link: str = ""
    changes: int = 0
    cancelled: bool = False
    takes_time: bool = True
    alarm: tuple[timedelta, str] | None = None


@dataclass(frozen=True, slots=True)
class CalendarHead:
    """Whose calendar it is: what it is called, which part of the product makes it, and by whom it is published.

    A feed says how often it is worth asking for (``refresh``)."""

    name: str
    maker: str
    publisher: str
    method: Method = Method.PUBLISH
    refresh: timedelta | None = None


def calendar_file(head: CalendarHead, events: Iterable[CalendarEvent], made_at: datetime) -> bytes:
    """The events in the order they come. Whoever takes in a later file gets what was moved or cancelled: an event keeps
    its UID, and its ``changes`` say which is newer."""
    from icalendar import Calendar  # noqa: PLC0415  heavy

    calendar = Calendar()
    calendar.add("prodid", f"-//roadmap500//{head.maker}//RU")
    calendar.add("version", "2.0")
    if head.method:
        calendar.add("method", head.method.value)
    calendar.add("x-wr-calname", _lines(head.name))
    if head.refresh is not None:
        calendar.add("refresh-interval", head.refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{head.refresh // timedelta(minutes=1)}M")
    for event in events:
        calendar.add_component(_event(event, head, made_at.astimezone(UTC)))
    made: bytes = calendar.to_ical()
    return made


def _event(event: CalendarEvent, head: CalendarHead, made_at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415  heavy

    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", made_at)
    made.add("sequence", event.changes)
    made.add("dtstart", _moment(event.starts))
    made.add("dtend", _moment(event.ends))
    if head.method:
        made.add("organizer", _NO_ADDRESS, parameters={"CN": _lines(head.publisher)})
    for name in ("summary", "location", "description"):
        if words := _lines(getattr(event, name)):
            made.add(name, words)
    if _is_address(event.link):
        made.add("url", event.link)
    made.add("transp", "OPAQUE" if event.takes_time else "TRANSPARENT")
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.alarm is not None and not event.cancelled:
        made.add_component(_alarm(*event.alarm))
    return made


def _moment(when: datetime | date) -> datetime | date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _alarm(before: timedelta, words: str) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415  heavy

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", -before)
    made.add("description", _lines(words))
    return made


def _is_address(link: str) -> bool:
    """Whether it can stand on a line of its own as it is."""
    return link.startswith(("http://", "https://")) and link.isprintable() and " " not in link


def _lines(text: str) -> str:
    """Lines that every reader takes for the same ones: no control characters, no separators of Unicode."""
    return "\n".join(" ".join(fit_for_xml(line).split()) for line in text.split("\n"))
