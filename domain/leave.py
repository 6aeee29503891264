"""Leave: its days, and who carries whose duties on a day, also where the deputy of somebody is away as well."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from domain.refusal import Refusal

FARTHEST = 90
"""Days ahead that a leave begins at most."""
LONGEST = 365
"""Days ahead that it ends at most."""
AT_ONCE = 3
"""Leaves of one person that are arranged and not over."""
WEEKS = (1, 2, 4)
"""How long a leave is offered to be."""
_DAY = timedelta(days=1)


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


def may_begin(own: Sequence[StandIn], today: date) -> list[date]:
    """The days that are offered as the first one of a further leave: the nearest ones that no other takes."""
    offered = sorted({today, today + _DAY, *(one.until + _DAY for one in own)})
    return [day for day in offered if day >= today and not any(one.covers(day) for one in own)]


def may_end(own: Sequence[StandIn], since: date) -> list[date]:
    """The days that are offered as the last one: whole weeks that touch no other leave."""
    offered = [since + timedelta(weeks=weeks) - _DAY for weeks in WEEKS]
    return [day for day in offered if not any(Period(since, day).overlaps(one) for one in own)]


def refuse_taken(own: Sequence[StandIn], days: Period) -> None:
    """Raises ``Refusal`` where a person's other leave takes some of the days, or enough of them are arranged."""
    for one in own:
        if days.overlaps(one):
            raise Refusal("leave.taken", since=one.since, until=one.until)
    if len(own) >= AT_ONCE:
        raise Refusal("leave.enough", limit=AT_ONCE)


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


@dataclass(frozen=True, slots=True)
class Handover:
    """``deputy_id`` carries the duties of ``people`` on these days, one of them after another."""

    deputy_id: int
    people: frozenset[int]
    days: Period


def handovers(others: Iterable[StandIn], leave: StandIn) -> list[Handover]:
    """Who carries what on the days of a leave because of it, by the ``others`` beside it; the earliest first.

    Beside its own deputy that may be deputies of theirs, and it may be the duties of whomever the person stands in for.
    """
    without = list(others)
    found: dict[int, Handover] = {}
    for days in _pieces(without, leave.period):
        before, after = deputies(without, days.since), deputies([*without, leave], days.since)
        for who, to in after.items():
            if before.get(who) != to:
                known = found.get(to, Handover(to, frozenset(), days))
                found[to] = Handover(to, known.people | {who}, Period(known.days.since, days.until))
    return list(found.values())


def refuse_nobody(others: Iterable[StandIn], leave: StandIn, deputy: str) -> None:
    """Raises ``Refusal`` where on some day of a leave everybody in turn is away, down to the person themselves."""
    without = list(others)
    for days in _pieces(without, leave.period):
        if leave.person_id not in deputies([*without, leave], days.since):
            raise Refusal("leave.nobody-then", name=deputy, day=days.since)


def _pieces(stand_ins: Iterable[StandIn], days: Period) -> list[Period]:
    """The days, cut wherever somebody goes or comes back: on one piece the same people are away."""
    edges = {edge for one in stand_ins for edge in (one.since, one.until + _DAY) if days.since < edge <= days.until}
    cuts = [days.since, *sorted(edges), days.until + _DAY]
    return [Period(first, after - _DAY) for first, after in pairwise(cuts)]


def standing(stand_ins: Iterable[StandIn], deputy_id: int, today: date) -> list[StandIn]:
    """For whom a person stands in, by the leaves that are not over: those arranged so, whenever they begin, and those
    that come to them today because somebody in between is away as well, as long as that lasts. The earliest first."""
    known = list(stand_ins)
    arranged = [one for one in known if one.deputy_id == deputy_id]
    running = {one.person_id: one for one in known if one.covers(today)}
    theirs = {who for who, to in deputies(known, today).items() if to == deputy_id}
    through = [_through(one, running) for one in running.values() if one.person_id in theirs and one not in arranged]
    return sorted([*arranged, *through], key=lambda one: (one.since, one.id))


def _through(leave: StandIn, running: Mapping[int, StandIn]) -> StandIn:
    """A leave as long as everybody between the person and who carries their duties is away too."""
    until, deputy = leave.until, leave.deputy_id
    while deputy in running:
        until, deputy = min(until, running[deputy].until), running[deputy].deputy_id
    return replace(leave, until=until)
