"""Values for the queue of schedules and for how visits cover the region."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.visit_approval import Submitted
from actions.visit_coverage import VisitCoverageView
from domain.completion import COMMENT_LIMIT
from domain.visit import ProposalState, Standing
from domain.visit_coverage import VisitCoverage, VisitGap, VisitMonth, Wanting
from handlers.picking import label
from tests.texts.features.visit import DAY, every

if TYPE_CHECKING:
    from tests.texts.values import Mood

_PAGE, _GAP, _QUEUE = 8, 5, 6


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Nothing that waits, one visit and many; a region without anything, and all that can be wanting."""
    waiting = [one for one in every(mood) if one.visit.proposal and one.visit.proposal.state is ProposalState.SENT]
    for count in (0, 1, 21):
        found = Submitted(5, mood.line if count != 1 else "", tuple((waiting * 9)[:count]), 1)
        queue = [Submitted(5, mood.line, tuple(waiting), 1)] * min(count, _QUEUE)
        for view in _views(mood, count):
            for gap in VisitGap:
                for standing in Standing if name == "region" else (Standing.PLANNED,):
                    yield {
                        "found": found, "shown": queue if name == "queue" else found.visits[:_PAGE], "page": 1,
                        "pages": 3 if count > 1 else 1, "total": count, "view": view, "gap": gap, "count": count * 40,
                        "counts": [(one, 240) for one in Standing] if count else [], "standing": standing,
                        "lines": view.picture.of(gap)[:_GAP], "day": DAY, "limit": COMMENT_LIMIT,
                        "school": mood.line * 2, "name": label(mood.line, 22), "one": waiting[0],
                    }  # fmt: skip


def _views(mood: "Mood", count: int) -> Iterator[VisitCoverageView]:
    schools = (Wanting(1, mood.line * 2, mood.line),) * count
    curators = (Wanting(1, mood.line, schools=21),) * count
    gaps = {VisitGap.NO_CURATOR: schools, VisitGap.NO_VISIT: schools, VisitGap.NO_SCHEDULE: curators}
    months = tuple(
        VisitMonth(date(2022, month, 1), month % 2 * 240, month % 3 * 240, month % 5 * 240) for month in range(1, 13)
    )
    picture = VisitCoverage(240, 21, {Standing.PLANNED: 5}, gaps, months[: count * 12])
    for homes in ((), (mood.line,) * 3):
        yield VisitCoverageView(picture, 2022, homes, count, count, True, True)
