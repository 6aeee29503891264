"""How a person wants to be reminded: the hour, the weekdays, a pause. Deadlines stay where they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from domain.hours import Hours
from domain.refusal import Refusal

HOURS = range(8, 20)
"""The hours of the project's zone that can be chosen."""
DAYS = range(5)
"""The weekdays that can be chosen: Monday (0) to Friday."""
PAUSE_LIMIT = 60
"""Days that a pause takes at most."""
PAUSES = (3, 7, 14)
"""Days that a pause is offered to take."""

_EVERY_DAY = frozenset(range(7))
_LAST_HOUR = timedelta(hours=1)
"""What is left of a day at least when an hour that the rules made too late is moved."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """A person's own settings, in the project's zone.

    ``hour`` of the common morning is ``None``. ``days`` are weekdays, 0 is Monday; none of them means every working
    day. ``paused_until`` is the first local day on which the person wants to hear something again.
    """

    hour: int | None = None
    days: frozenset[int] = frozenset()
    paused_until: date | None = None

    def is_paused(self, today: date) -> bool:
        """Whether nothing scheduled is to be sent on that day."""
        return self.paused_until is not None and today < self.paused_until

    def with_hour(self, hour: int | None) -> "Reminders":
        """Another hour, or with ``None`` the common one. Raises ``Refusal`` for one that cannot be chosen."""
        if hour is not None and hour not in HOURS:
            raise Refusal("own_reminders.no-such-hour")
        return replace(self, hour=hour)

    def with_day(self, day: int, *, heard: bool) -> "Reminders":
        """One weekday more or less; all of them are the same as none chosen. Raises ``Refusal`` for the last one."""
        if day not in DAYS:
            raise Refusal("own_reminders.no-such-day")
        chosen = self.chosen | {day} if heard else self.chosen - {day}
        if not chosen:
            raise Refusal("own_reminders.one-day-at-least")
        return replace(self, days=_days(chosen))

    @property
    def chosen(self) -> frozenset[int]:
        """The weekdays that are ticked."""
        return self.days or frozenset(DAYS)

    def paused(self, until: date, today: date) -> "Reminders":
        """Nothing before ``until``. Raises ``Refusal`` for a day that is not ahead, or too far."""
        if until <= today:
            raise Refusal("own_reminders.pause-is-over", day=until)
        if until > today + timedelta(days=PAUSE_LIMIT):
            raise Refusal("own_reminders.pause-too-long", day=today + timedelta(days=PAUSE_LIMIT))
        return replace(self, paused_until=until)

    def awake(self) -> "Reminders":
        """Without a pause."""
        return replace(self, paused_until=None)

    def not_before(self, day: date) -> date:
        """That day, or the end of the pause it falls into."""
        return max(day, self.paused_until or day)


def kept(hour: int | None, days: Iterable[int], paused_until: date | None) -> Reminders:
    """What was kept, as far as it can still be chosen: an hour or days that cannot are the common ones again."""
    wanted = frozenset(days) & frozenset(DAYS)
    return Reminders(hour if hour in HOURS else None, _days(wanted), paused_until)


def _days(chosen: frozenset[int]) -> frozenset[int]:
    return frozenset() if chosen == frozenset(DAYS) else chosen


def hours_offered(common: Hours) -> list[int]:
    """Those of the hours that the quiet hours leave as they are."""
    return [hour for hour in HOURS if _awake(time(hour), common) == time(hour)]


def own_hours(common: Hours, own: Reminders) -> Hours:
    """The days and hours at which one person hears: the common ones where they chose nothing.

    The rules of a deadline stay; weekdays not chosen are days off, off which notices move as off holidays. Never in
    the quiet hours: an hour that has come to lie there is moved to the nearest one outside.
    """
    days_off = _EVERY_DAY - own.days if own.days else frozenset()
    morning = None if own.hour is None else _awake(time(own.hour), common)
    return replace(common, calendar=replace(common.calendar, days_off=days_off), own_morning=morning)


def _awake(wanted: time, common: Hours) -> time:
    rules = common.rules
    latest = max(rules.quiet_until, _earlier(rules.quiet_from, _LAST_HOUR))
    return min(max(wanted, rules.quiet_until), latest)


def _earlier(moment: time, step: timedelta) -> time:
    since_midnight = timedelta(hours=moment.hour, minutes=moment.minute)
    left = max(since_midnight - step, timedelta())
    return time(left.seconds // 3600, left.seconds % 3600 // 60)
