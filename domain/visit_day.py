"""On which days the bot speaks of a visit and of what was agreed on by itself (notices.md, «How much»). Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import WorkCalendar
from domain.notice_rules import Rules


def mornings(day: date, calendar: WorkCalendar, rules: Rules) -> dict[date, int]:
    """Morning → how many days before a visit it is by the rule: moved back off days off, the day itself stays."""
    found = {calendar.back(day - timedelta(days=ahead)): ahead for ahead in sorted(rules.visit_ahead, reverse=True)}
    return {morning: ahead for morning, ahead in found.items() if morning < day} | {day: 0}


def evenings(day: date, calendar: WorkCalendar, rules: Rules) -> list[date]:
    """The evenings on which it is asked how a visit was: its day, then working days, so often as the rules say."""
    found = [calendar.forward(day)]
    while len(found) < rules.visit_asks:
        found.append(calendar.working_day_after(found[-1], 1))
    return found


def duty_mornings(until: date, calendar: WorkCalendar, rules: Rules) -> dict[date, int]:
    """Morning → how many days are left by the rule (fewer than none: it is late) of what was agreed on by a day."""
    found = {
        calendar.back(until - timedelta(days=ahead)): ahead for ahead in sorted((*rules.visit_ahead, 0), reverse=True)
    }
    return found | dict(_late(until, calendar, rules))


def _late(until: date, calendar: WorkCalendar, rules: Rules) -> Iterator[tuple[date, int]]:
    for time in range(rules.overdue_times):
        days = rules.overdue_first + time * rules.overdue_every
        yield calendar.forward(until + timedelta(days=days)), -days
