"""Values for the common words of visits, what is told of them, and refusals."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from actions.visit_sight import SeenVisit
from domain.agreed import Agreed
from domain.registry import School
from domain.visit import WHY_LIMIT, Clash, ClashKind, Proposal, ProposalState, Standing, Visit, Wish
from tests.texts.features.visit_report import views

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY, DAY, OTHER = date(2022, 3, 17), date(2022, 9, 28), date(2022, 9, 30)
AT = datetime(2022, 3, 17, 6, tzinfo=UTC)
_WITHOUT_DAY = (Standing.PROPOSED, Standing.MISSED)


def clashes(mood: "Mood") -> tuple[Clash, ...]:
    """Every kind."""
    return tuple(Clash(kind, mood.line, 13, DAY) for kind in ClashKind)


def seen(
    mood: "Mood", standing: Standing = Standing.PLANNED, state: ProposalState | None = None, *, wished: bool = False
) -> SeenVisit:
    """A visit in a standing, with a proposal in a state or without, with all there is to say of it."""
    visit = Visit(7, 1, 5, day=None if standing in _WITHOUT_DAY else DAY, made_at=AT)
    if standing is Standing.MISSED:
        visit = replace(visit, missed_on=DAY, missed_why=mood.text[:WHY_LIMIT])
    if standing is Standing.PROPOSED or state is not None:
        asked = Proposal(OTHER, state or ProposalState.DRAFT, mood.text[:WHY_LIMIT], mood.text[:1000], AT)
        visit = replace(visit, proposal=asked)
    if wished:
        visit = replace(visit, wish=Wish(OTHER, mood.text[:WHY_LIMIT], 6))
    if standing is Standing.CANCELLED:
        visit = replace(visit, cancelled_at=AT)
    report = next(views(mood)).report if standing.is_held else None
    school = School(1, mood.line, 1, mood.text[:200])
    return SeenVisit(visit, school, mood.line, 21, standing, mood.line * 2, TODAY, report, clashes(mood))


def every(mood: "Mood") -> Iterator[SeenVisit]:
    """In every standing, asked to be moved in every state, wished for another day."""
    yield from (seen(mood, standing) for standing in Standing)
    for state in ProposalState:
        yield from (seen(mood, standing, state) for standing in (*_WITHOUT_DAY, Standing.PLANNED))
    yield seen(mood, wished=True)


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Each visit, alone and among many; with a word to it and without."""
    them = [*every(mood)]
    told = replace(seen(mood), report=next(views(mood)).report)
    for place, one in enumerate(them):
        for count in (0, 1, 21):
            yield {
                "one": one if name in ("day", "name") else told,
                "visits": [told] * max(count, 1),
                "wish": Wish(OTHER, mood.text[:WHY_LIMIT], 6),
                "clash": clashes(mood)[place % len(ClashKind)],
                "clashes": one.clashes[:count],
                "standing": one.standing,
                "agreed": [Agreed(mood.text[:500], OTHER, mood.line[:100])] * count,
                "remarks": [mood.text[:500]] * count,
                "proposals": [mood.text[:500]] * (21 - count),
                "comment": mood.text[:1000],
                "why": mood.text[:WHY_LIMIT] if count or name != "school-moved" else "",
                "name": mood.line,
                "school": mood.line,
                "line": mood.text[:60],
                "count": count,
                "number": 21,
                "limit": WHY_LIMIT,
                "again": bool(count),
                "anew": bool(count),
                "following": OTHER if count else None,
                "day": OTHER,
                "before": TODAY,
                "last": OTHER,
            }
