"""Working days of Russia: the official production calendar with transfers, and the region's own exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays

_DAY = timedelta(days=1)
_WEEK = 7


@cache
def _official() -> HolidayBase:
    return country_holidays("RU")


@lru_cache(maxsize=10_000)
def _is_official_working(day: date) -> bool:
    return _official().is_working_day(day)


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
        days = (end - start).days
        return sum(self.is_working(start + _DAY * offset) for offset in range(1, days + 1))

    def working_day_after(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``."""
        day = start
        while days:
            day += _DAY
            days -= self.is_working(day)
        return day
