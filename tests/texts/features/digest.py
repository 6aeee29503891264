"""Values for what is said of the work of others: nothing, one thing of each kind, and as many as can be."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.digest import LongLate, SchoolsDigest, SchoolsItem
from domain.board import Measured, Stand
from domain.debtor import Debtor
from domain.escalation import LateItem, LateSchool
from domain.indicator_count import Facts
from domain.roadmap import OwedBy
from tests.texts.features.indicator import TODAY, number_of
from tests.texts.features.visit_day import tally

if TYPE_CHECKING:
    from tests.texts.values import Mood


def long_late(mood: "Mood", count: int) -> list[LongLate]:
    """Items that as many are late with."""
    return [LongLate(kept, 21, (mood.line,) * count, escalated=True) for kept in mood.items[:count]]


def schools(mood: "Mood", count: int) -> SchoolsDigest:
    """As many schools, each late with as many items, and as many items of the week."""
    owing = tuple(Debtor(OwedBy.SCHOOL, number) for number in range(1, count + 1))
    rows = [Measured(kept, 2022, number_of(kept), Stand.FAILED, owing, Facts()) for kept in mood.items[:count]]
    late = tuple(LateItem(row, owing, 21) for row in rows)
    week = tuple(SchoolsItem(kept, 11, 21) for kept in mood.items[:count])
    return SchoolsDigest(week, tuple(LateSchool(mood.line, late) for _ in owing))


def weekly(mood: "Mood", count: int) -> dict[str, Any]:
    """A week with as many items of each kind."""
    some = tuple(mood.items[:count])
    values = {"overdue": long_late(mood, count), "week": some, "waiting": some, "unclear": count}
    return values | {"threatened": some, "done": some}


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """The lists by themselves; together they are tested in the day's message."""
    del name
    for count in (0, 1, 9, 34):
        yield {
            "today": TODAY,
            "numbers": {kept.id: number_of(kept) for kept in mood.items},
            "names": (mood.line,) * max(1, count),
            "weekly": weekly(mood, count),
            "escalated": long_late(mood, count),
            "schools": schools(mood, count),
            "tally": tally(count),
            "visits": [],
            "agreed": [],
        }
