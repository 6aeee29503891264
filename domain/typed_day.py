"""A day that a person types about themselves: «20 июля», «до 20.07», «с 1 сентября», «завтра», «через неделю»."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from domain.deadline import DeadlineError, DeadlineKind, parse_deadline
from domain.deadline_error import DeadlineReason
from domain.deadline_words import normalise
from domain.refusal import Refusal

_SINCE = re.compile("со? +(?=[0-9])", re.IGNORECASE)
_LEAD_IN = re.compile("(?:со?|до|по|во?|на) ")
_NEAR = {"сегодня": 0, "завтра": 1, "завтрашнего дня": 1, "послезавтра": 2}
_AGO = {"вчера": 1, "вчерашнего дня": 1, "позавчера": 2}
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
"""Stems; what may follow them is an ending of one letter."""
_IN = re.compile("через (?P<count>[0-9]{1,2} )?(?P<unit>день|дня|дней|недел[юиь])")
_BACK = re.compile("(?P<count>[0-9]{1,2} )?(?P<unit>день|дня|дней|недел[юиь]) назад")

LATELY = timedelta(days=60)
"""How long before the day asked for one without a year may lie: «9 марта» on the 10th is yesterday, not next year."""


def read_day(text: str, *, near: date, today: date, past: bool = False) -> date:
    """The day that is meant by whoever is asked for one from ``near`` on.

    Where no year is named it is the first such day that is not long before ``near``; a weekday is the first one after
    it; «завтра» and «через неделю» are counted from ``today``. Whether a day before ``near`` can be is the caller's to
    say.

    A ``past`` day is one that was: «вчера» is understood, a weekday and a day without a year are the last ones, today
    among them. A later one that is named outright, or comes soon («14 марта» on the 10th), is told as such: that too is
    the caller's to say.

    Raises ``Refusal`` for what is not one day of the calendar.
    """
    words, wording = _LEAD_IN.sub("", normalise(text), count=1), _SINCE.sub("", text.strip())
    if past:
        return _spoken_back(words, today) or _spoken(words, near, today) or _written_back(wording, today)
    return _spoken(words, near, today) or _written(wording, near - LATELY)


def _spoken_back(words: str, today: date) -> date | None:
    """A day named by how long ago it was."""
    if words in _AGO:
        return today - timedelta(days=_AGO[words])
    if found := _BACK.fullmatch(words):
        return today - _counted(found)
    for weekday, stem in enumerate(_WEEKDAYS):
        if re.fullmatch(f"(?:прошл[а-я]{{2,3}} )?{stem}[аеуыюяи]?", words):
            return today - timedelta(days=(today.weekday() - weekday) % 7)
    return None


def _counted(found: re.Match[str]) -> timedelta:
    return timedelta(days=int(found["count"] or 1) * (7 if found["unit"].startswith("недел") else 1))


def _spoken(words: str, near: date, today: date) -> date | None:
    """A day named by how far it is."""
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if found := _IN.fullmatch(words):
        return today + _counted(found)
    for weekday, stem in enumerate(_WEEKDAYS):
        if re.fullmatch(f"{stem}[аеуыюяи]?", words):
            return near + timedelta(days=(weekday - near.weekday() - 1) % 7 + 1)
    return None


def _written(wording: str, earliest: date) -> date:
    days = _days(wording, (earliest.year, earliest.year + 1))
    return next((day for day in days if day >= earliest), days[0])


def _written_back(wording: str, today: date) -> date:
    soon = [day for day in _days(wording, (today.year, today.year + 1)) if today < day <= today + LATELY]
    days = _days(wording, (today.year, today.year - 1))
    return next((day for day in (*soon, *days) if soon or day <= today), days[0])


def _days(wording: str, years: Sequence[int]) -> list[date]:
    """What it is in each of the years in which it is a day. Raises ``Refusal`` where it is in none."""
    found = [_read(wording, year) for year in years]
    days = [one for one in found if isinstance(one, date)]
    if not days:
        raise _refusal(found[0], wording)
    return days


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
