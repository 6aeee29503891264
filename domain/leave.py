"""Leave: for whom somebody stands in on a day, also where the deputy of somebody is away as well; who may stand in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.people import Duty, Role
from domain.refusal import Refusal
from domain.registry import Registered, Registry

FARTHEST = 90
"""Days ahead that a leave begins at most."""
LONGEST = 365
"""Days ahead that it ends at most."""
AT_ONCE = 3
"""Leaves of one person that are arranged and not over."""
WEEKS = (1, 2, 4)
"""How long a leave is offered to be."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local dates, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.until - self.since).days + 1

    def overlaps(self, other: "Period | StandIn") -> bool:
        """Whether they have a day in common."""
        return self.since <= other.until and other.since <= self.until


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

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.since, self.until)


def first_day(since: date, today: date) -> date:
    """The first day of a leave that is arranged today; one that has passed is today: arranging it went past midnight.

    Raises ``Refusal`` for a day too far ahead.
    """
    farthest = today + timedelta(days=FARTHEST)
    if since > farthest:
        raise Refusal("leave.too-far", day=farthest)
    return max(since, today)


def period(since: date, until: date, today: date) -> Period:
    """The days of a leave that is arranged today. Raises ``Refusal`` for days that cannot be."""
    first = first_day(since, today)
    if until < since or until < today:
        raise Refusal("leave.reversed", day=first)
    longest = today + timedelta(days=LONGEST)
    if until > longest:
        raise Refusal("leave.too-long", day=longest)
    return Period(first, until)


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


def standing(stand_ins: Iterable[StandIn], deputy_id: int, today: date) -> list[StandIn]:
    """For whom a person stands in, by the leaves that are not over: those arranged so, whenever they begin, and those
    that come to them today because somebody in between is away as well, as long as that lasts. The earliest first."""
    known = list(stand_ins)
    arranged = [one for one in known if one.deputy_id == deputy_id]
    running = {one.person_id: one for one in known if one.covers(today)}
    carried = {who for who, to in deputies(known, today).items() if to == deputy_id}
    through = [_through(one, running) for one in running.values() if one.person_id in carried and one not in arranged]
    return sorted([*arranged, *through], key=lambda one: (one.since, one.id))


def _through(leave: StandIn, running: Mapping[int, StandIn]) -> StandIn:
    """A leave as long as everybody between the person and who carries their duties is away too."""
    until, deputy = leave.until, leave.deputy_id
    while deputy in running:
        until, deputy = min(until, running[deputy].until), running[deputy].deputy_id
    return replace(leave, until=until)


def possible_deputies(registry: Registry, person_id: int) -> list[Registered]:
    """Who may stand in for a person: whoever does the same work in the same place, then the coordinators, then, for a
    coordinator, everybody of the region. Only people who have come in and agreed.
    """
    person = registry.person(person_id)
    if person is None:
        return []
    others = [one for one in registry.people if one.id != person_id and one.has_come and one.has_agreed]
    near = [(_nearness(person, one), one) for one in others]
    return [one for wanted in range(_TOO_FAR) for nearness, one in near if nearness == wanted]


_TOO_FAR = 3
_REGION = frozenset({Role.ORGANISER, Role.MUNICIPAL, Role.CURATOR})


def _nearness(person: Registered, other: Registered) -> int:
    if any(_same_work(own, duty) for own in person.duties for duty in other.duties):
        return 0
    roles = {duty.role for duty in other.duties}
    if Role.COORDINATOR in roles:
        return 1
    is_coordinator = any(duty.role is Role.COORDINATOR for duty in person.duties)
    return 2 if is_coordinator and roles & _REGION else _TOO_FAR


def _same_work(own: Duty, other: Duty) -> bool:
    """The same role; of a school its own team, of a municipality or an organisation its own people."""
    same_place = own.municipality_id == other.municipality_id and own.organisation == other.organisation
    same_school = own.role is not Role.SCHOOL or own.school_id == other.school_id
    return own.role is other.role and same_place and same_school
