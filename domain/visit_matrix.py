"""Schools × risks: how far the work on each risk is by the latest report, and whether it got better. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.registry import School
from domain.risk_factor import RiskFactor
from domain.visit_form import Change, changes

_LAST = 3
"""Where a school stands of which nobody has told."""


@dataclass(frozen=True, slots=True)
class RiskOfSchool:
    """A school that works on a risk; ``change`` is ``None`` while nobody has told how."""

    school: School
    change: Change | None = None

    @property
    def place(self) -> int:
        """In the list: worse, the same, better, told of once, not told of."""
        if self.change is None:
            return _LAST + 1
        return _LAST if self.change.before is None else self.change.direction + 1


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk with its schools: where it got worse first."""

    risk: RiskFactor
    schools: tuple[RiskOfSchool, ...]

    @property
    def better(self) -> int:
        """How many schools are further than in the visit before."""
        return self._count(1)

    @property
    def same(self) -> int:
        """How many are where they were."""
        return self._count(0)

    @property
    def worse(self) -> int:
        """How many fell back."""
        return self._count(-1)

    @property
    def first(self) -> int:
        """How many were told of once: there is nothing to compare with."""
        return sum(one.change is not None and one.change.before is None for one in self.schools)

    @property
    def untold(self) -> int:
        """Of how many nobody has told."""
        return sum(one.change is None for one in self.schools)

    def _count(self, direction: int) -> int:
        told = (one.change for one in self.schools)
        return sum(one is not None and one.before is not None and one.direction == direction for one in told)


def visit_matrix(
    risks: Iterable[RiskFactor],
    schools: Sequence[School],
    own: Mapping[int, Collection[int]],
    told: Mapping[int, Iterable[Mapping[int, int]]],
) -> tuple[RiskRow, ...]:
    """A row for each risk that a school works on or was told of. ``own`` is school id → its risks, ``told`` school id →
    the levels of its reports, the oldest first."""
    found = {one.id: changes(told.get(one.id, ())) for one in schools}
    rows = (RiskRow(risk, _schools(risk.id, schools, own, found)) for risk in risks)
    return tuple(row for row in rows if row.schools)


def _schools(
    risk: int, schools: Sequence[School], own: Mapping[int, Collection[int]], found: Mapping[int, Mapping[int, Change]]
) -> tuple[RiskOfSchool, ...]:
    rows = [
        RiskOfSchool(one, found[one.id].get(risk))
        for one in schools
        if risk in own.get(one.id, ()) or risk in found[one.id]
    ]
    return tuple(sorted(rows, key=lambda one: one.place))
