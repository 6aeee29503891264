"""Inside a transaction: what the morning's messages say of visits and of what was agreed on, for all at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from actions.project import Project
from actions.visit_brief import Brief, brief_of
from actions.visit_sight import SeenVisit, Sight, sight
from domain.hours import Hours
from domain.people import Duty, Role
from domain.visit import AgreedAction, Standing
from domain.visit_day import duty_mornings, evenings, mornings
from storage import agreed as agreed_rows
from storage import visit as visit_rows
from storage.database import Transaction

Heard = TypeVar("Heard")
_WEEK = 7
_MOST = 3
"""Visits, and agreed actions, of a message; the others stand behind the buttons."""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """What somebody hears of a visit in the morning; ``is_guest`` is who goes, ``brief`` is of the day itself."""

    one: SeenVisit
    is_guest: bool
    brief: Brief | None = None


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """What a school hears of what it promised."""

    agreed: AgreedAction
    today: date

    @property
    def left(self) -> int:
        """Days to its day; fewer than none where it has passed."""
        return (self.agreed.until - self.today).days


@dataclass(frozen=True, slots=True)
class Tally:
    """What the coordinator's week says of visits: how many there are from today on for a week, how many have passed
    untold, whose schedules and how many reports wait."""

    week: int
    untold: int
    schedules: int
    reports: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.week or self.untold or self.schedules or self.reports)


@dataclass(frozen=True, slots=True)
class Visiting:
    """Person id → the visits they go to, the visits to their schools, and what their schools promised. ``settled`` is
    item id → the curators whose part in it waits for others alone."""

    tally: Tally | None = None
    goes: Mapping[int, tuple[SeenVisit, ...]] = field(default_factory=dict)
    hosts: Mapping[int, tuple[SeenVisit, ...]] = field(default_factory=dict)
    owes: Mapping[int, tuple[AgreedAction, ...]] = field(default_factory=dict)
    briefs: Mapping[int, Brief] = field(default_factory=dict)
    settled: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def is_settled(self, person_id: int, item_id: int) -> bool:
        """Whether somebody has done all of an item that visits do: it waits to be approved, or accepted."""
        return person_id in self.settled.get(item_id, ())

    def visits(self, person_id: int, hours: Hours, today: date) -> list[VisitLine]:
        """What a person hears of visits today, the nearest first."""
        found = [
            VisitLine(one, is_guest, self.briefs.get(one.id) if is_guest else None)
            for is_guest, theirs in ((True, self.goes), (False, self.hosts))
            for one in theirs.get(person_id, ())
            if one.visit.day is not None and today in mornings(one.visit.day, hours.calendar, hours.rules)
        ]
        return sorted(found, key=lambda line: line.one.visit.when)[:_MOST]

    def agreed(self, person_id: int, hours: Hours, today: date) -> list[AgreedLine]:
        """What a person hears of what their school promised today."""
        theirs = self.owes.get(person_id, ())
        return [
            AgreedLine(one, today) for one in theirs if today in duty_mornings(one.until, hours.calendar, hours.rules)
        ][:_MOST]


async def visiting(tx: Transaction, project: Project, now: datetime) -> Visiting:
    """As it is at ``now``; nothing is looked up where there is neither a visit nor a promise."""
    promised = await agreed_rows.open_ones(tx)
    if not promised and not await visit_rows.is_any_open(tx):
        return Visiting()
    found = await sight(tx, project, now)
    ahead = [one for one in found.visits if found.standing(one) in (Standing.PLANNED, Standing.TODAY)]
    goes: dict[int, list[SeenVisit]] = defaultdict(list)
    hosts: dict[int, list[SeenVisit]] = defaultdict(list)
    owes: dict[int, list[AgreedAction]] = defaultdict(list)
    teams = _teams(found)
    for visit in ahead:
        one = found.seen(visit)
        for bearer in found.acting(visit):
            goes[bearer.recipient.person_id or 0].append(one)
        for person_id in teams.get(visit.school_id, ()):
            hosts[person_id].append(one)
    for agreed in promised:
        for person_id in teams.get(agreed.school_id, ()):
            owes[person_id].append(agreed)
    briefs = {one.id: await brief_of(tx, found, one) for one in ahead if found.standing(one) is Standing.TODAY}
    return Visiting(_tally(found), _kept(goes), _kept(hosts), _kept(owes), briefs, _settled(found))


def _tally(found: Sight) -> Tally | None:
    states = [found.standing(one) for one in found.visits]
    week = sum(one.day is not None and 0 <= (one.day - found.today).days < _WEEK for one in found.visits)
    schedules = {one.curator_id for one in found.visits if one.waits}
    made = Tally(week, states.count(Standing.OVERDUE), len(schedules), states.count(Standing.SENT))
    return None if made.is_empty else made


def _settled(found: Sight) -> dict[int, frozenset[int]]:
    """Of items 12 and 13: whoever has a visit planned in each of their schools, has told of one in each."""
    planned = {one.school_id for one in found.visits if one.day is not None or one.waits}
    told = {one.school_id for one in found.visits if found.standing(one) in (Standing.SENT, Standing.ACCEPTED)}
    done = ((found.schedule, planned), (found.monitoring, told))
    return {
        kept.id: frozenset(who for who, one in found.bearers.items() if _only_curates(one.duties, schools))
        for kept, schools in done
        if kept is not None
    }


def _only_curates(duties: Iterable[Duty], schools: Collection[int]) -> bool:
    """Whether somebody curates nothing but these schools, and an item rests on them by no other duty."""
    own = [duty for duty in duties if duty.role is not Role.SCHOOL]
    return bool(own) and all(duty.role is Role.CURATOR and duty.school_id in schools for duty in own)


def _kept(found: Mapping[int, list[Heard]]) -> dict[int, tuple[Heard, ...]]:
    return {person_id: tuple(own) for person_id, own in found.items()}


def _teams(found: Sight) -> dict[int, list[int]]:
    """School id → whoever hears for it: whoever is responsible, or the whole team where nobody is."""
    every: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for person_id, bearer in found.bearers.items():
        for duty in bearer.duties:
            if duty.role is Role.SCHOOL and duty.school_id is not None:
                every[duty.school_id].append((person_id, duty.responsible))
    return {school: [who for who, leads in team if leads] or [who for who, _ in team] for school, team in every.items()}


async def visit_moments(tx: Transaction, project: Project, now: datetime, common: Hours) -> list[tuple[date, bool]]:
    """The local days on which something of visits may be said: in the morning, or (true) in the evening."""
    found = await sight(tx, project, now)
    return sorted({*_days(found, common), *await _promised(tx, common)})


def _days(found: Sight, hours: Hours) -> Iterator[tuple[date, bool]]:
    for one in found.visits:
        if one.day is not None and one.id not in found.reports:
            yield from ((day, False) for day in mornings(one.day, hours.calendar, hours.rules))
            yield from ((day, True) for day in evenings(one.day, hours.calendar, hours.rules))


async def _promised(tx: Transaction, hours: Hours) -> set[tuple[date, bool]]:
    promised = await agreed_rows.open_ones(tx)
    return {(day, False) for one in promised for day in duty_mornings(one.until, hours.calendar, hours.rules)}
