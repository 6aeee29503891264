"""An indicator as a live number: how much there is, how much is missing and of whom, and when it will be enough.

Pure: what was counted is given. The denominator is everybody who owes, not everybody reached (domain.md, «Indicators»).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.deadline import Deadline
from domain.debtor import Debtor
from domain.notice import effective, window
from domain.roadmap import Item, ThresholdKind

_DAY = timedelta(days=1)
_FEW_DAYS = 3
"""Working days before the end at which nothing done at all is a threat."""


class IndicatorState(StrEnum):
    """How an indicator stands."""

    DONE = "done"
    RUNNING = "running"
    THREATENED = "threatened"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: ``done`` of all ``of`` who owe, ``needed`` by the target (``None`` where the order names none).

    ``days`` are the local days on which what is done was done. Whoever has not is in ``missing``; of a monthly
    indicator ``months`` holds the first days of the months that lack something, up to the present one.
    """

    done: int
    of: int
    needed: int | None
    days: tuple[date, ...] = ()
    missing: tuple[Debtor, ...] = ()
    months: tuple[date, ...] = ()

    @property
    def lacking(self) -> int:
        """How many are missing to the target."""
        return max(0, (self.needed or 0) - self.done)

    @property
    def percent(self) -> int:
        """The share, in whole percent rounded down: 89,9 % is not 90 %."""
        return self.done * 100 // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class Indicator:
    """A count on a local day. ``forecast`` is when it will be enough at the present pace, ``None`` where that cannot be
    told; ``working_days_left`` to the deadline, today not counted, ``None`` without one."""

    count: Count
    state: IndicatorState
    working_days_left: int | None = None
    forecast: date | None = None


def of_debtors(owing: Sequence[Debtor], done: Mapping[Debtor, date], target: int | None) -> Count:
    """Of whom it is accepted: ``done`` holds the local day of acceptance; ``target`` is in percent."""
    counted = [one for one in owing if one in done]
    needed = None if target is None else needed_of(len(owing), target)
    days = tuple(sorted(done[one] for one in counted))
    return Count(len(counted), len(owing), needed, days, tuple(one for one in owing if one not in done))


def needed_of(of: int, percent: int) -> int:
    """How many of ``of`` are at least so many percent."""
    return -(-of * percent // 100)


def of_people(answered: int, of: int, target: int | None, on: date | None) -> Count:
    """A number that is told as a whole (survey), ``on`` the local day when it was."""
    needed = None if target is None else needed_of(of, target)
    return Count(min(answered, of), of, needed, (on,) * answered if on else ())


def of_happenings(days: Iterable[date], span: tuple[date, date], target: int) -> Count:
    """How often it was done within its window."""
    inside = tuple(sorted(day for day in days if span[0] <= day <= span[1]))
    return Count(len(inside), target, target, inside)


def of_months(days: Iterable[date], span: tuple[date, date], target: int, today: date) -> Count:
    """In how many months of its window it was done often enough. Months that begin later lack nothing yet."""
    often = Counter(day.replace(day=1) for day in days if span[0] <= day <= span[1])
    months = list(_months(*span))
    full = [month for month in months if often[month] >= target]
    lacking = tuple(month for month in months if month not in full and month <= today)
    done = tuple(sorted(day for day in days if span[0] <= day <= span[1]))
    return Count(len(full), len(months), len(months), done, months=lacking)


def _months(first: date, last: date) -> Iterable[date]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(month // 12, month % 12 + 1, 1)


def per_municipality(
    owing: Sequence[Debtor], held: Iterable[tuple[Debtor, date]], span: tuple[date, date], target: int
) -> Count:
    """How many municipalities did it often enough within the window."""
    days: dict[Debtor, list[date]] = {}
    for debtor, day in sorted(held, key=lambda one: one[1]):
        if span[0] <= day <= span[1]:
            days.setdefault(debtor, []).append(day)
    enough = {debtor: found[target - 1] for debtor, found in days.items() if len(found) >= target}
    return of_debtors(owing, enough, 100)


def indicator(
    item: Item, count: Count, *, year: int, today: date, calendar: WorkCalendar, is_closed: bool
) -> Indicator:
    """The count on a day: what is left, what is to be expected, how it stands. ``year`` is the roadmap's."""
    deadline = effective(item)
    start, end = _edges(item, deadline, year)
    left = None if end is None else _left(end, today, calendar)
    expected = forecast(count, start, today)
    return Indicator(count, _state(item, count, end, today, left, expected, is_closed=is_closed), left, expected)


def _edges(item: Item, deadline: Deadline, year: int) -> tuple[date | None, date | None]:
    is_window = item.threshold is not None and item.threshold.kind is not ThresholdKind.SHARE
    return window(deadline, year) if is_window else (deadline.start, deadline.end)


def _left(end: date, today: date, calendar: WorkCalendar) -> int:
    return calendar.working_days_after(today, end) if end > today else 0


def forecast(count: Count, start: date | None, today: date) -> date | None:
    """The day on which the target is reached if it goes on as since its beginning (or since the first that was done).

    ``None`` where there is enough, no target, or nothing to go by.
    """
    if count.needed is None or not count.lacking or not count.days:
        return None
    begun = min(start or count.days[0], count.days[0])
    elapsed = max(1, (today - begun).days + 1)
    return today + _DAY * -(-count.lacking * elapsed // len(count.days))


def _state(
    item: Item,
    count: Count,
    end: date | None,
    today: date,
    left: int | None,
    expected: date | None,
    *,
    is_closed: bool,
) -> IndicatorState:
    if is_closed or (count.needed is not None and not count.lacking and count.of):
        return IndicatorState.DONE
    if end is not None and end < today:
        return IndicatorState.FAILED if count.needed is not None else IndicatorState.RUNNING
    if _has_missed_month(item, count, today):
        return IndicatorState.FAILED
    if end is None or left is None:
        return IndicatorState.RUNNING
    nothing_yet = count.needed is not None and not count.days and left <= _FEW_DAYS
    late = expected is not None and expected > end
    return IndicatorState.THREATENED if late or nothing_yet else IndicatorState.RUNNING


def _has_missed_month(item: Item, count: Count, today: date) -> bool:
    """A month that is over without enough in it cannot be made good."""
    is_monthly = item.threshold is not None and item.threshold.kind is ThresholdKind.MONTHLY
    return is_monthly and any(month < today.replace(day=1) for month in count.months)
