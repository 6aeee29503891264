"""The hours of interviews as somebody types them, a day on a line: «22.03 9:00–13:00», «23.03 10-12:30». Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.meeting import FARTHEST
from domain.refusal import Refusal
from domain.typed_moment import read_moment

MOST_SLOTS = 300
"""Times of one interview."""
_CLOCK = r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?"
_HOURS = rf"(?: ?(?:{'|'.join(('ч', 'час', 'часа', 'часов'))})\b\.?)?"
_SPAN = re.compile(rf"(?<![0-9:.])(?:с )?{_CLOCK}{_HOURS} ?(?:[-–—]|до) ?{_CLOCK}{_HOURS}(?![0-9:.])", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\(?\b(?:{'|'.join(('пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'))})\b\.?\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]| и(?: |$)")


@dataclass(frozen=True, slots=True)
class Span:
    """Hours in which schools come one after another, from … to … (UTC); ``line`` is the one they were typed in."""

    starts_at: datetime
    ends_at: datetime
    line: int = 1

    def times(self, minutes: int, pause: int) -> list[datetime]:
        """When each begins: so many minutes each, a pause after each."""
        step, last = timedelta(minutes=minutes + pause), self.ends_at - timedelta(minutes=minutes)
        return [self.starts_at + step * number for number in range((last - self.starts_at) // step + 1)]


def read_spans(text: str, *, now: datetime, zone: ZoneInfo) -> list[Span]:
    """What is typed, in order; several hours of a day may stand on its line.

    Raises ``Refusal``, which names the line, for what is no day with hours, and for hours that end before they begin,
    have passed, are too far ahead, or are typed twice.
    """
    lines = [" ".join(raw.split()) for raw in text.splitlines() if raw.strip()]
    if not lines:
        raise Refusal("meeting_slot.no-text")
    found = [span for number, line in enumerate(lines, 1) for span in _read(line, number, now, zone)]
    found.sort(key=lambda span: (span.starts_at, span.line))
    for one, other in pairwise(found):
        if other.starts_at < one.ends_at:
            raise Refusal("meeting_slot.overlapping", line=max(one.line, other.line), other=min(one.line, other.line))
    return found


def _read(line: str, number: int, now: datetime, zone: ZoneInfo) -> list[Span]:
    line = line.rstrip(" .,;")
    found = _SPAN.findall(line)
    if not found:
        raise Refusal("meeting_slot.no-hours", line=number, fragment=line[:60])
    rest = _BETWEEN.sub(" ", _WEEKDAY.sub(" ", _SPAN.sub(" ", line)))
    day = " ".join(rest.split()).strip(" .:-–—")
    return [_span(day, [int(one or 0) for one in clock], number, now, zone) for clock in found]


def _span(day: str, clock: Sequence[int], number: int, now: datetime, zone: ZoneInfo) -> Span:
    hour, minute, last_hour, last_minute = clock
    if not day:
        raise Refusal("meeting_slot.no-day", line=number, fragment=day)
    try:
        starts_at = read_moment(f"{day} {hour}:{minute:02}", now=now, zone=zone)
    except Refusal as why:
        raise Refusal("meeting_slot.no-day", line=number, fragment=day[:60]) from why
    ends_at = datetime.combine(starts_at.astimezone(zone), time(last_hour, last_minute), zone).astimezone(UTC)
    if ends_at <= starts_at:
        raise Refusal("meeting_slot.backwards", line=number)
    if starts_at <= now:
        raise Refusal("meeting_slot.past-hours", line=number)
    if starts_at > now + FARTHEST:
        raise Refusal("meeting_slot.far-hours", line=number)
    return Span(starts_at, ends_at, number)


def new_times(spans: Iterable[Span], minutes: int, pause: int, known: Sequence[datetime] = ()) -> list[datetime]:
    """When the times that fit into these hours begin, beside those ``known`` already.

    Raises ``Refusal`` for hours that are too short for one, or lie where there are times, and for too many times.
    """
    length = timedelta(minutes=minutes)
    found: list[datetime] = []
    for span in spans:
        times = span.times(minutes, pause)
        if not times:
            raise Refusal("meeting_slot.short-hours", line=span.line, minutes=minutes)
        if len(times) + len(found) + len(known) > MOST_SLOTS:
            raise Refusal("meeting_slot.many-times", limit=MOST_SLOTS)
        if any(abs(one - other) < length for one in times for other in known):
            raise Refusal("meeting_slot.there-already", line=span.line)
        found += times
    return found
