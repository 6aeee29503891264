"""Working days of Russia: the official production calendar with transfers, and the region's own exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays

_DAY = timedelta(days=1)


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
    holidays, everybody is at work all the same. They never hold all of Monday to Friday.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    days_off: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people are at work on that day."""
        own = self.overrides.get(day)
        return _is_official_working(day) if own is None else own

    def _is_heard(self, day: date) -> bool:
        return day.weekday() not in self.days_off and self.is_working(day)

    def back(self, day: date) -> date:
        """The day itself or the nearest working day before it that is no day off."""
        while not self._is_heard(day):
            day -= _DAY
        return day

    def forward(self, day: date) -> date:
        """The day itself or the nearest working day after it that is no day off."""
        while not self._is_heard(day):
            day += _DAY
        return day

    def working_days_after(self, start: date, end: date) -> int:
        """How many working days there are after ``start`` up to and including ``end``."""
        days = (end - start).days
        return sum(self.is_working(start + _DAY * offset) for offset in range(1, days + 1))
