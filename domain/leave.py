"""Leave: for whom somebody stands in on a day, also where the deputy of somebody is away as well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StandIn:
    """``deputy_id`` carries the duties of ``person_id`` from ``since`` to ``until``: local dates, both included."""

    id: int
    person_id: int
    deputy_id: int
    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether the leave runs on that day."""
        return self.since <= day <= self.until


def deputies(stand_ins: Iterable[StandIn], day: date) -> dict[int, int]:
    """Who is away on a day → who carries their duties then; a chain of leaves is followed to somebody who is there.

    Where everybody of a chain is away, each keeps their own: a duty never rests on nobody.
    """
    direct = {one.person_id: one.deputy_id for one in stand_ins if one.covers(day)}
    found = {person: _last(person, direct) for person in direct}
    return {person: deputy for person, deputy in found.items() if deputy is not None}


def _last(person: int, direct: Mapping[int, int]) -> int | None:
    seen = {person}
    deputy = direct[person]
    while deputy in direct:
        if deputy in seen:
            return None
        seen.add(deputy)
        deputy = direct[deputy]
    return None if deputy in seen else deputy
