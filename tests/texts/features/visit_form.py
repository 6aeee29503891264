"""Values for the form of a visit's report: a first visit and a later one, with risks and without."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.agreed import Agreed
from domain.visit_form import seen_state
from tests.texts.features.document import lines
from tests.texts.features.visit_report import views

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every level now and before, every document in every state."""
    every = lines(mood)
    one = next(views(mood)).one
    for level in (1, 2, 3, 4):
        for before in (None, 1, 2, 3, 4):
            for line in every[:: len(every) // 6]:
                yield {
                    "one": Agreed(mood.text[:500], TODAY, mood.line[:100]) if name == "agreed" else one,
                    "number": 21,
                    "day": TODAY,
                    "name": mood.line if before else "",
                    "level": before if name == "risk-before" and before else level,
                    "before": before or (1 if name == "risk-before" else None),
                    "lines": [(each, seen_state(each.state)) for each in every[:9]],
                    "line": line,
                }
