"""A day with a time as a person types it: «завтра 10:00», «15.03 9:30», «в пятницу в 10», «18:30»."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from domain.refusal import Refusal
from domain.typed_day import read_day

_HOUR, _MINUTE = r"(?P<hour>[01]?[0-9]|2[0-3])", r"(?P<minute>[0-5][0-9])"
_DAY = r"(?P<rest>.*?)(?:^|(?<=[\s,]))"
_HOURS = f" ?(?:{'|'.join(('ч', 'час', 'часа', 'часам', 'часов', 'утра'))})\\.?"
_PAST = frozenset({"вчера", "позавчера"})
"""Understood, for whoever asks to say that it is over."""
_TIMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:во? |к )?{_HOUR}[:-]{_MINUTE}$",
        rf"^(?:во? |к )?{_HOUR}:{_MINUTE}(?=[\s,])(?P<rest>.*)$",
        rf"(?P<rest>.*\S.*?)[\s,](?:во? |к )?{_HOUR}\.{_MINUTE}$",
        rf"{_DAY}(?:в|к) {_HOUR}(?:{_HOURS})?(?: утра)?$",
        rf"{_DAY}{_HOUR}{_HOURS}(?: утра)?$",
    )
)
"""The time after the day, before it, and with a dot or without minutes where it can be nothing else."""


def read_moment(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that is meant; a time alone is of today. Whether it has passed is the caller's to say.

    Raises ``Refusal`` for what is no day, or has no time.
    """
    words = " ".join(text.split())
    for pattern in _TIMES:
        found = pattern.search(words)
        if found is not None:
            moment = time(int(found["hour"]), int(found.groupdict().get("minute") or 0))
            day = _day(found["rest"].strip(" ,"), now.astimezone(zone).date())
            return datetime.combine(day, moment, zone).astimezone(UTC)
    raise Refusal("typed_moment.no-time", fragment=words[:60])


def _day(text: str, today: date) -> date:
    if not text:
        return today
    return read_day(text, near=today, today=today, past=text.lower() in _PAST)
