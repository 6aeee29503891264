"""When a message may go: mornings, the digest's weekday, and the quiet hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.notice_rules import Rules

EVENT_LIFE = timedelta(days=3)
"""How long a message about an event (a moved deadline, a lost group) is worth sending."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The project's day in its own zone; every instant that comes out is UTC.

    ``own_morning`` is the time that one person chose instead of the common mornings.
    """

    zone: ZoneInfo
    rules: Rules
    calendar: WorkCalendar
    own_morning: time | None = None

    def today(self, now: datetime) -> date:
        """The local date of an instant."""
        return now.astimezone(self.zone).date()

    def at(self, day: date, moment: time) -> datetime:
        """The instant of a local time."""
        return datetime.combine(day, moment, self.zone).astimezone(UTC)

    def morning(self, day: date, *, digest: bool) -> datetime:
        """When the day's one scheduled message goes; earlier where it carries the digest."""
        common = self.rules.digest if digest else self.rules.morning
        return self.at(day, self.own_morning or common)

    def evening(self, day: date) -> datetime:
        """When what was not sent that day expires."""
        return self.at(day, self.rules.quiet_from)

    def awake(self, now: datetime) -> datetime:
        """The instant itself, or the end of the quiet hours it falls into."""
        local = now.astimezone(self.zone)
        if local.time() < self.rules.quiet_until:
            return self.at(local.date(), self.rules.quiet_until)
        if local.time() >= self.rules.quiet_from:
            return self.at(local.date() + timedelta(days=1), self.rules.quiet_until)
        return now

    def is_digest_day(self, day: date) -> bool:
        """Monday, or the first working day of a week whose Monday is off; no day in a week without one."""
        monday = day - timedelta(days=day.weekday())
        return self.calendar.forward(monday) == day
