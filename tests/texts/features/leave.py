"""Values for leaves: none, one and as many as there can be; one's own and somebody else's; names at their limits."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.leave import Away, Candidate, Choice, LeavePlan, LeaveSheet
from domain.leave import AT_ONCE, Period, StandIn
from domain.people import Duty, Role
from domain.registry import Registered
from handlers.picking import label

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
_DAYS = (
    Period(TODAY, TODAY),
    Period(date(2022, 3, 10), date(2022, 3, 31)),
    Period(date(2022, 12, 15), date(2023, 1, 11)),
)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each stretch of days with each sheet."""
    for days in _DAYS:
        for own in (True, False):
            found = (_of(mood, days, count, own=own) for count in (0, 1, 60))
            yield from (one | {"name": label(mood.line)} if name == "button-deputy" else one for one in found)


def _of(mood: "Mood", days: Period, count: int, *, own: bool) -> dict[str, Any]:
    sheet = _sheet(mood.line, days, count, own=own)
    person = Registered(7, mood.line, mood.line if count else "")
    duties = tuple((Duty(role, school_id=1), mood.line) for role in Role)[:count] * 12
    others = tuple((mood.line, days) for _ in range(count))
    deputy = Candidate(person, days if count else None)
    return {
        "sheet": sheet,
        "days": days,
        "today": TODAY,
        "since": days.since,
        "until": days.until,
        "day": days.until,
        "found": Choice(sheet, days, (deputy,)),
        "plan": LeavePlan(sheet, days, deputy, duties, others),
        "duties": duties,
        "duty": Duty(Role.MUNICIPAL, municipality_id=1),
        "place": mood.line,
        "names": [mood.line] * max(count, 1),
        "paused": days.until if count else None,
        "one": Away(StandIn(1, 5, 7, days.since, days.until), mood.line),
        "own": own,
        "begun": bool(count),
        "weeks": (1, 2, 4)[count % 3],
        "away": bool(count),
        "ahead": (days.since - TODAY).days,
        "limit": AT_ONCE,
        "shown": 10,
    }


def _sheet(line: str, days: Period, count: int, *, own: bool) -> LeaveSheet:
    away = tuple(Away(StandIn(place, 5, 7, days.since, days.until), line) for place in range(count))
    return LeaveSheet(5, line, TODAY, own, not own, away[:AT_ONCE], away, bool(count), (TODAY, days.until))
