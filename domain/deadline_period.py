"""Periods of the calendar as orders name them: a day, a decade, a month, a quarter, a year, a school year."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from domain.deadline_error import DeadlineError, DeadlineReason
from domain.deadline_words import (
    DAY_ENDING,
    GODA,
    MONTH,
    ORDINAL,
    SCHOOL_YEAR,
    YEAR,
    begins_in_genitive,
    month_number,
    ordinal_number,
)

_YEARS = range(2000, 2101)
"""Plausible years: anything else is a slip of the pen or of the scanner."""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """«2022/23 учебный год». ``first`` is the year of its September."""

    first: int

    def of(self, month: int, fragment: str) -> int:
        """The year of a month. The summer lies between two school years, so which one is meant would be a guess."""
        if 6 <= month <= 8:
            raise DeadlineError(DeadlineReason.AMBIGUOUS, fragment)
        return self.first if month >= 9 else self.first + 1


Year = int | SchoolYear


@dataclass(frozen=True, slots=True)
class Period:
    """A piece of the calendar whose year may not be named yet.

    ``first`` and ``last`` are (month, day); no day means the last of the month. ``exact`` says that the wording gives
    days: a date does, a decade or a half of a month too (conventional days), a month or anything longer does not.
    """

    first: tuple[int, int | None]
    last: tuple[int, int | None]
    exact: bool
    year: Year | None
    text: str

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def whole(self, *, genitive: bool = False) -> "Period":
        """Itself, unless it seems cut: «марта 2022» where no genitive is due has most likely lost its day."""
        if not genitive and not self.is_day and begins_in_genitive(self.text):
            raise DeadlineError(DeadlineReason.LOST_DAY, self.text)
        return self

    def days(self, year: Year) -> tuple[date, date]:
        """The first and the last day, both inclusive; ``year`` is used where the wording names none."""
        known = self.year or year
        return _day_of(*self.first, known, self.text), _day_of(*self.last, known, self.text)

    def last_day(self) -> "Period":
        """«конец июня»: a day that the calendar fixes. Only a school year, which wraps, ends by our convention."""
        return replace(self, first=self.last, exact=self.first[0] <= self.last[0])


CALENDAR_YEAR = Period((1, 1), (12, 31), exact=False, year=None, text="год")
"""«в течение года»."""


def read_period(text: str) -> Period | None:
    """The period that a normalised wording names, or ``None`` if it names none. Prepositions are the caller's."""
    text = text.lstrip().rstrip(" .,")
    for pattern, build in _PERIODS:
        if found := pattern.fullmatch(text):
            return build(found)
    return None


def _day_of(month: int, day: int | None, year: Year, fragment: str) -> date:
    if not 1 <= month <= 12:
        raise DeadlineError(DeadlineReason.IMPOSSIBLE_DATE, fragment)
    number = year.of(month, fragment) if isinstance(year, SchoolYear) else year
    if number not in _YEARS:
        raise DeadlineError(DeadlineReason.IMPOSSIBLE_YEAR, fragment)
    length = monthrange(number, month)[1]
    if day is not None and not 1 <= day <= length:
        raise DeadlineError(DeadlineReason.IMPOSSIBLE_DATE, fragment)
    return date(number, month, day or length)


def _year(found: re.Match[str]) -> Year | None:
    groups = found.groupdict()
    if groups.get("school"):
        return _school_year(found)
    written = groups.get("year") or groups.get("short")
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _school_year(found: re.Match[str]) -> SchoolYear:
    """«2022/23» and «2022-2023»; the second year must follow the first."""
    first = int(found["school"])
    following = str(first + 1)
    if found["next"] not in (following, following[-2:]):
        raise DeadlineError(DeadlineReason.SCHOOL_YEAR, found[0])
    return SchoolYear(first)


def _calendar_only(found: re.Match[str]) -> int | None:
    """A quarter or a half of a school year begins and ends as each school decides."""
    year = _year(found)
    if isinstance(year, SchoolYear):
        raise DeadlineError(DeadlineReason.AMBIGUOUS, found[0])
    return year


def _part(found: re.Match[str], among: int) -> int:
    """The number of a quarter, half or decade, of so many that there are."""
    number = ordinal_number(found["number"])
    if not 1 <= number <= among:
        raise DeadlineError(DeadlineReason.IMPOSSIBLE_PART, found[0])
    return number


def _day(found: re.Match[str]) -> Period:
    day = (month_number(found["month"]), int(found["day"]))
    return Period(day, day, exact=True, year=_year(found), text=found[0])


def _month(found: re.Match[str]) -> Period:
    month = month_number(found["month"])
    return Period((month, 1), (month, None), exact=False, year=_year(found), text=found[0])


def _decade(found: re.Match[str]) -> Period:
    """1-10, 11-20 and 21 to the end of the month."""
    month, number = month_number(found["month"]), _part(found, 3)
    last = None if number == 3 else number * 10
    return Period((month, number * 10 - 9), (month, last), exact=True, year=_year(found), text=found[0])


def _half_month(found: re.Match[str]) -> Period:
    """1-15 and 16 to the end of the month."""
    month, number = month_number(found["month"]), _part(found, 2)
    first, last = (1, 15) if number == 1 else (16, None)
    return Period((month, first), (month, last), exact=True, year=_year(found), text=found[0])


def _quarter(found: re.Match[str]) -> Period:
    number = _part(found, 4)
    return Period((number * 3 - 2, 1), (number * 3, None), exact=False, year=_calendar_only(found), text=found[0])


def _half_year(found: re.Match[str]) -> Period:
    number = _part(found, 2)
    return Period((number * 6 - 5, 1), (number * 6, None), exact=False, year=_calendar_only(found), text=found[0])


def _whole_year(found: re.Match[str]) -> Period:
    """A calendar year, or a school year: 1 September to 31 May.

    The law fixes only the beginning; lessons end in the last days of May, and what an order plans with the children
    «в течение учебного года» cannot wait for the summer, so the earlier of the two usual ends (31 May, 31 August).
    """
    year = _year(found)
    if isinstance(year, SchoolYear):
        return Period((9, 1), (5, 31), exact=False, year=year, text=found[0])
    return replace(CALENDAR_YEAR, year=year, text=found[0])


_OF_YEAR = rf"(?: ?{YEAR})?"
_NUMBER = rf"(?P<number>{ORDINAL}) ?"
_DAY = r"(?P<day>[0-9]{1,2})"

_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_DAY} ?\. ?(?P<month>[0-9]{{1,2}})(?: ?\. ?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?: ?{GODA})?)?", _day),
        (rf"{_DAY}(?:-?{DAY_ENDING})? ?{MONTH}{_OF_YEAR}", _day),
        (rf"{MONTH}{_OF_YEAR}", _month),
        (rf"{_NUMBER}декад[аыеу] {MONTH}{_OF_YEAR}", _decade),
        (rf"{_NUMBER}половин[аыеу] {MONTH}{_OF_YEAR}", _half_month),
        (rf"{_NUMBER}кв(?:\.|артал(?:ов|[аеуы])?)?{_OF_YEAR}", _quarter),
        (rf"{_NUMBER}полугоди[еяюий]{_OF_YEAR}", _half_year),
        (rf"(?P<year>[0-9]{{4}}) ?{GODA}|{SCHOOL_YEAR}", _whole_year),
    )
)
"""A year standing alone needs the word «год»: a bare «2022» may be what is left of a date."""
