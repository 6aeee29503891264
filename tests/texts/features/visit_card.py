"""Values for the card of a visit and for the visits of a school."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.visit_hosting import VisitCard, VisitedSchool
from domain.visit import WHY_LIMIT, VisitRound, VisitStep
from handlers.picking import label
from tests.texts.features.visit import AT, DAY, every, seen

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
_ROUNDS, _PAGE = 8, 4


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every visit, as those inside see it and as the school does; with a long history and with none."""
    words = mood.text[:WHY_LIMIT]
    steps = [VisitRound(step, AT, 5 if place % 3 else None, DAY, words) for place, step in enumerate(VisitStep)]
    for place, one in enumerate(every(mood)):
        for inside in (True, False):
            if (not inside or name == "hosted") and one.visit.day is None and one.visit.missed_on is None:
                continue  # a school does not see what is only proposed
            rounds = steps[-_ROUNDS:] if place % 2 else []
            card = VisitCard(one, tuple(steps), {5: mood.line}, True, inside, True, True, ZONE, inside)
            shown = [one] * (0, 1, _PAGE)[place % 3]
            yield {
                "one": one, "card": card, "rounds": rounds, "round": steps[place % len(steps)], "inside": inside,
                "more": 5 if rounds else 0, "zone": ZONE, "shown": shown, "page": 1, "pages": place % 2 + 1,
                "found": VisitedSchool(one.school, mood.line, tuple(shown), inside, inside), "total": len(shown),
                "several": bool(place % 2), "name": label(mood.line, 28),
            }  # fmt: skip
    if name == "card":
        bare = VisitCard(seen(mood), (), {}, False, False, False, False, ZONE)
        yield {"card": bare, "rounds": (), "more": 0, "zone": ZONE}
