"""Values for the region's visits: nothing, one, and pages of the longest names with the largest numbers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.visit_region import LateVisit, RegionVisits
from domain.contact import Contact
from domain.registry import School
from domain.risk_factor import RiskFactor
from domain.visit import Standing
from domain.visit_count import CountLine, VisitCount, VisitSplit
from domain.visit_form import Change
from domain.visit_matrix import RiskOfSchool, RiskRow
from handlers.visit_region import LISTED, OPENED
from tests.texts.features.visit_day import seen

if TYPE_CHECKING:
    from tests.texts.values import Mood

COUNTS = (
    VisitCount(),
    VisitCount(1, overdue=1),
    VisitCount(2, 1, missed=1),
    VisitCount(3, 3, 3, 0, 3, told_after=0),
    VisitCount(1999, 999, 888, 222, 444, 333, 11 / 3),
)
CHANGES = (None, Change(1), Change(4), Change(3, 2), Change(2, 2), Change(1, 4))


def row(mood: "Mood", count: int) -> RiskRow:
    schools = (RiskOfSchool(School(one, mood.line * 2, 1), CHANGES[one % len(CHANGES)]) for one in range(count))
    return RiskRow(RiskFactor(1, (mood.line * 2)[:200]), tuple(schools))


def late(mood: "Mood", rests: int) -> LateVisit:
    contact = Contact(mood.line, mood.line, mood.line)
    return LateVisit(seen(mood, Standing.OVERDUE, date(2022, 3, 1)), (contact, replace(contact, instead_of=""))[:rests])


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every count of each; both ways to break them down."""
    for place, count in enumerate(COUNTS):
        for size in (0, 1, LISTED):
            lines = tuple(CountLine(mood.line if one else "", COUNTS[-1 - one % 5]) for one in range(size))
            found = RegionVisits(2022, (mood.line,) * size, count, lines, lines)
            risky, opened = row(mood, size), min(size, OPENED)
            yield {
                "found": found,
                "lines": [late(mood, one % 3) for one in range(opened)] if name == "late" else lines,
                "split": list(VisitSplit)[place % 2],
                "count": place if name in ("button-late", "file-caption") else count,
                "total": opened,
                "rows": [risky] * opened,
                "row": risky,
                "schools": risky.schools,
                "page": 1,
                "pages": 1 + place % 2,
                "day": date(2022, 9, 30),
                "name": mood.line[:26],
            }
