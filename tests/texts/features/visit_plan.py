"""Values for the curator's schedule, for choosing a day, and for the wish of the school."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actions.visit_schedule import Offer, Offers, PlannedSchool, Schedule
from actions.visit_sight import SeenVisit
from domain.visit import WHY_LIMIT, ProposalState, Standing
from handlers.picking import label
from tests.texts.features.visit import DAY, OTHER, TODAY, clashes, every, seen

if TYPE_CHECKING:
    from tests.texts.values import Mood

_SHOWN, _OFFERED = 8, 6


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """No school, one without a visit, and many with every kind of visit; days that are free and that are not."""
    if name.startswith("ask-") and name != "ask-sending":
        yield from _days(mood, name)
        return
    every_one = [*every(mood)]
    empty = PlannedSchool(seen(mood).school, mood.line, ())
    for visits in (every_one[:1], every_one):
        school = PlannedSchool(empty.school, mood.line, tuple(visits))
        for schools in ((), (empty,), (school, *(empty,) * 21)):
            found = Schedule(schools, TODAY, frozenset(one.id for one in every_one))
            ahead = [one for one in found.visits if one.standing.is_ahead]
            for one in every_one if name in ("chosen", "asked", "wished") else every_one[:1]:
                if _is_said(name, one, found):
                    yield {
                        "found": school if name == "button-school" else found, "ahead": ahead, "shown": _SHOWN,
                        "held": len(found.visits) - len(ahead), "clashing": len(ahead), "one": one, "day": DAY,
                        "comment": mood.text[:1000] if ahead else "", "name": label(mood.line, 26), "count": 240,
                        "clashes": clashes(mood) if ahead else (),
                    }  # fmt: skip


def _is_said(name: str, one: SeenVisit, found: Schedule) -> bool:
    match name:
        case "wished":
            return one.visit.day is not None and one.visit.wish is not None
        case "asked":
            return one.visit.waits
        case "ask-sending":
            return bool(found.to_send)
    return True


def _days(mood: "Mood", name: str) -> Iterator[dict[str, Any]]:
    """Of a new visit and of each that can be moved; the wish of a school is of one that has a day."""
    some = clashes(mood)
    for offered in ((), some):
        days = tuple(Offer(DAY, offered) for _ in range(_OFFERED))
        for state in (None, *ProposalState):
            for standing in (Standing.PROPOSED, Standing.PLANNED, Standing.MISSED):
                one = seen(mood, standing, state)
                if one.visit.day is None and name in ("ask-why", "ask-missed", "ask-wish", "ask-wish-why"):
                    continue
                for visit in (one,) if name == "ask-wish" else (one, None):
                    yield {
                        "found": Offers(one.school, visit, days, DAY, OTHER), "days": days, "one": one, "day": OTHER,
                        "everywhere": offered, "clashes": offered, "limit": WHY_LIMIT,
                    }  # fmt: skip
