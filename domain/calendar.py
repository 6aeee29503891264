"""Working days of Russia: the official production calendar with transfers, and the region's own exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate

from holidays import HolidayBase, country_holidays

_DAY = timedelta(days=1)
_WEEK = 7


@cache
def _official() -> HolidayBase:
    return country_holidays("RU")


@lru_cache(maxsize=10_000)
def _is_official_working(day: date) -> bool:
    return _official().is_working_day(day)


@cache
def _worked_in(year: int) -> tuple[int, ...]:
    """How many days of a year are official working days up to and including each of them."""
    first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    return tuple(accumulate(_is_official_working(date.fromordinal(day)) for day in range(first, after)))


def _officially_worked(start: date, end: date) -> int:
    """How many official working days there are after ``start`` up to and including ``end``, no earlier one."""
    by_start, by_end = (_worked_in(day.year)[day.timetuple().tm_yday - 1] for day in (start, end))
    return sum(_worked_in(year)[-1] for year in range(start.year, end.year)) + by_end - by_start


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``overrides`` says of single days whether they are working (regional holidays, exam days, transfers).

    ``days_off`` are weekdays (0 is Monday) on which one person wants to hear nothing: notices move off them as off
    holidays, everybody is at work all the same; by a week at most, so that the holidays of May and January do not put
    the last word before a deadline three weeks ahead of it.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    days_off: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people are at work on that day."""
        own = self.overrides.get(day)
        return _is_official_working(day) if own is None else own

    def back(self, day: date) -> date:
        """The day itself or the nearest working day before it; of the week up to that one the last that is no day off,
        if there is any."""
        return self._nearest(day, -_DAY)

    def forward(self, day: date) -> date:
        """The day itself or the nearest working day after it; of the week from that one the first that is no day off,
        if there is any."""
        return self._nearest(day, _DAY)

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        if day.weekday() not in self.days_off:
            return day
        week = (day + step * days for days in range(1, _WEEK))
        return next((one for one in week if one.weekday() not in self.days_off and self.is_working(one)), day)

    def working_days_after(self, start: date, end: date) -> int:
        """How many working days there are after ``start`` up to and including ``end``."""
        if end <= start:
            return 0
        own = ((day, works) for day, works in self.overrides.items() if start < day <= end)
        return _officially_worked(start, end) + sum(works - _is_official_working(day) for day, works in own)

    def working_day_after(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``."""
        day = start
        while days:
            day += _DAY
            days -= self.is_working(day)
        return day
