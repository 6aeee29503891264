"""An indicator as a live number: what is counted, when it will be enough at today's pace, and how it stands.

Pure: what was counted is given (``domain/indicator_count.py``).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.deadline import DeadlineKind
from domain.indicator_count import Count, Measure
from domain.notice import Notice, Occasion, effective, window
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
class Indicator:
    """A count on a local day. ``target`` is in percent where a share is wanted.

    ``start`` and ``end`` are the edges of when it counts, ``working_days_left`` runs to the end, today not counted
    (``None`` without an end). ``forecast`` is when it will be enough at the present pace, ``None`` where that cannot
    be told.
    """

    count: Count
    state: IndicatorState
    start: date | None = None
    end: date | None = None
    working_days_left: int | None = None
    forecast: date | None = None
    target: int | None = None

    def may_be_closed(self, today: date) -> bool:
        """Whether nothing more is to be waited for: all is done, or enough by the end."""
        is_over = self.end is not None and self.end < today
        return self.count.is_whole or (self.count.is_enough and is_over)

    @property
    def comes_late(self) -> bool:
        """Whether at the present pace it will be enough only after the end."""
        return self.forecast is not None and self.end is not None and self.forecast > self.end


def indicator(
    item: Item, counted: Count, *, year: int, today: date, calendar: WorkCalendar, is_closed: bool
) -> Indicator:
    """The count on a day: what is left, what is to be expected, how it stands. ``year`` is the roadmap's."""
    start, end = edges(item, year)
    target = None if item.threshold is None or item.threshold.kind is not ThresholdKind.SHARE else item.threshold.target
    return within(counted, start, end, target, today=today, calendar=calendar, is_closed=is_closed)


def within(
    counted: Count,
    start: date | None,
    end: date | None,
    target: int | None,
    *,
    today: date,
    calendar: WorkCalendar,
    is_closed: bool,
) -> Indicator:
    """The same of a count between two days; ``target`` is in percent where a share is wanted."""
    left = None if end is None else calendar.working_days_after(today, end)
    expected = None if is_closed else forecast(counted, start, today)
    found = Indicator(counted, IndicatorState.RUNNING, start, end, left, expected, target)
    if is_closed or counted.is_enough:
        state = IndicatorState.DONE
    elif counted.needed is None:
        state = IndicatorState.RUNNING  # no number is wanted: it cannot fail
    elif (end is not None and end < today) or _has_lost_month(counted, today):
        state = IndicatorState.FAILED
    else:
        threatened = found.comes_late or _is_pressing(found, today, calendar)
        state = IndicatorState.THREATENED if threatened else IndicatorState.RUNNING
    return Indicator(counted, state, start, end, left, expected, target)


def edges(item: Item, year: int) -> tuple[date | None, date | None]:
    """The first and the last day on which an indicator counts: of what is held again and again never without an end."""
    deadline = effective(item)
    repeated = item.threshold is not None and item.threshold.kind is not ThresholdKind.SHARE
    if repeated or deadline.kind is DeadlineKind.RECURRING:
        return window(deadline, year)
    return deadline.start, deadline.end


def forecast(counted: Count, start: date | None, today: date) -> date | None:
    """The day on which the target is reached if it goes on as since its beginning (or since the first that was done).

    ``None`` where there is enough, no target, or nothing to go by; a month cannot be done ahead, so months have none.
    """
    if not counted.lacking or not counted.days or counted.measure is Measure.MONTHS:
        return None
    begun = min(start or counted.days[0], counted.days[0])
    elapsed = max(1, (today - begun).days + 1)
    return today + _DAY * min(-(-counted.lacking * elapsed // len(counted.days)), (date.max - today).days)


def _has_lost_month(counted: Count, today: date) -> bool:
    """A month that is over without enough in it cannot be made good."""
    return any(month < today.replace(day=1) for month in counted.months)


def _is_pressing(found: Indicator, today: date, calendar: WorkCalendar) -> bool:
    """Whether it has begun, there is nothing yet, and few working days are left; of months, in the present one."""
    if found.end is None or (found.start is not None and found.start > today):
        return False
    if found.count.measure is Measure.MONTHS:
        last = (today.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
        lacks = today.replace(day=1) in found.count.months
        return lacks and calendar.working_days_after(today, min(last, found.end)) <= _FEW_DAYS
    return not found.count.done and (found.working_days_left or 0) <= _FEW_DAYS


def still_asks(notice: Notice, number: Indicator | None, today: date) -> bool:
    """Whether a notice is still to be said: not of what everybody has done, nor, where there is enough, that it is
    overdue, and the monthly one only while the count is short (notices.md, «repeated»). Without a number everything is
    said."""
    if number is None:
        return True
    if notice.occasion is Occasion.OVERDUE:
        return not number.count.is_enough
    if notice.occasion is Occasion.REPEATED and number.count.measure is Measure.MONTHS:
        month = notice.day.replace(day=1)
        return month > today or month in number.count.months
    return not number.count.is_whole
