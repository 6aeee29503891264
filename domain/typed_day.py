"""A day that a person types about themselves: «20 июля», «до 20.07», «с 1 сентября»."""

import re
from datetime import date

from domain.deadline import DeadlineError, DeadlineKind, parse_deadline
from domain.deadline_error import DeadlineReason
from domain.refusal import Refusal

_SINCE = re.compile("со? +(?=[0-9])", re.IGNORECASE)


def read_day(text: str, *, earliest: date) -> date:
    """The day; where no year is named, the first such day that is not before ``earliest``.

    A day of a named year may lie before it: whether that can be is the caller's to say. Raises ``Refusal`` for what is
    not one day of the calendar.
    """
    wording = _SINCE.sub("", text.strip())
    found = [_read(wording, year) for year in (earliest.year, earliest.year + 1)]
    days = [one for one in found if isinstance(one, date)]
    if not days:
        raise _refusal(found[0], wording)
    return next((day for day in days if day >= earliest), days[0])


def _read(text: str, year: int) -> date | DeadlineError | None:
    try:
        read = parse_deadline(text, year=year)
    except DeadlineError as error:
        return error
    return read.end if read.kind in (DeadlineKind.ON, DeadlineKind.BY) else None


def _refusal(why: date | DeadlineError | None, text: str) -> Refusal:
    if isinstance(why, DeadlineError) and why.reason is DeadlineReason.IMPOSSIBLE_DATE:
        return Refusal("typed_day.impossible", fragment=why.fragment)
    return Refusal("typed_day.not-a-day", fragment=text[:60])
