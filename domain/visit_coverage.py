"""Which schools and curators have no visits, and how many visits there are in each month. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.people import Role
from domain.registry import Registry, School, called
from domain.visit import Standing, Visit, who_goes


class VisitGap(StrEnum):
    """What is wanting: of a school, or of a curator."""

    NO_CURATOR = "no-curator"
    NO_VISIT = "no-visit"
    NO_SCHEDULE = "no-schedule"


@dataclass(frozen=True, slots=True)
class Wanting:
    """A school with its municipality, or a curator (``place`` is empty) with how many ``schools`` of what is seen."""

    id: int
    name: str
    place: str = ""
    schools: int = 0


@dataclass(frozen=True, slots=True)
class VisitMonth:
    """The visits of a month by its first day: ``held`` ones were told of, ``planned`` ones are approved, ``asked`` ones
    only proposed."""

    first: date
    held: int
    planned: int
    asked: int


@dataclass(frozen=True, slots=True)
class VisitCoverage:
    """How the visits of a year cover the ``schools`` that are seen; ``counts`` is how many are in each standing."""

    schools: int = 0
    curators: int = 0
    counts: Mapping[Standing, int] = field(default_factory=dict)
    gaps: Mapping[VisitGap, tuple[Wanting, ...]] = field(default_factory=dict)
    months: tuple[VisitMonth, ...] = ()

    def of(self, gap: VisitGap) -> tuple[Wanting, ...]:
        """The list of what is wanting."""
        return self.gaps.get(gap, ())


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit, where it is, and the local day on which it was held, if it was."""

    visit: Visit
    standing: Standing
    held_on: date | None = None

    @property
    def day(self) -> date:
        """By which it counts."""
        return self.held_on or self.visit.when

    @property
    def is_scheduled(self) -> bool:
        """Whether the coordinator knows of it: a draft is no schedule yet."""
        return self.standing is not Standing.PROPOSED or self.visit.waits


def visit_coverage(registry: Registry, schools: Sequence[School], visits: Iterable[Placed], year: int) -> VisitCoverage:
    """What the visits of a year to these schools amount to; a cancelled one is not among them."""
    ids = {one.id for one in schools}
    shown = [one for one in visits if one.visit.school_id in ids and one.day.year == year]
    curators = {one.id: _curators(registry, one.id) for one in schools}
    theirs = Counter(who for people in curators.values() for who in people)
    scheduled = {who for one in shown if one.is_scheduled for who in who_goes(one.visit, curators[one.visit.school_id])}
    homes = {one.id: one.name for one in registry.municipalities}
    lines = [Wanting(one.id, one.name, homes.get(one.municipality_id, "")) for one in schools]
    visited = {one.visit.school_id for one in shown}
    gaps = {
        VisitGap.NO_CURATOR: tuple(one for one in lines if not curators[one.id]),
        VisitGap.NO_VISIT: tuple(one for one in lines if curators[one.id] and one.id not in visited),
        VisitGap.NO_SCHEDULE: tuple(
            Wanting(one.id, called(one.name, one.id), schools=theirs[one.id])
            for one in registry.people
            if one.id in theirs and one.id not in scheduled
        ),
    }
    counts = Counter(one.standing for one in shown)
    return VisitCoverage(len(schools), len(theirs), counts, gaps, tuple(_months(shown)))


def _curators(registry: Registry, school_id: int) -> frozenset[int]:
    return frozenset(one.id for one in registry.holders(Role.CURATOR, school_id=school_id))


def _months(visits: Iterable[Placed]) -> Iterable[VisitMonth]:
    counted = Counter((one.day.replace(day=1), _kind(one)) for one in visits if one.standing is not Standing.MISSED)
    for first in sorted({month for month, _ in counted}):
        yield VisitMonth(first, *(counted[first, kind] for kind in ("held", "planned", "asked")))


def _kind(one: Placed) -> str:
    if one.standing.is_held:
        return "held"
    return "asked" if one.standing is Standing.PROPOSED else "planned"
