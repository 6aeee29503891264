"""Inside a transaction: a curator's schedule as people read it, and the days that are offered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from actions.visit_sight import SeenVisit, Sight
from domain.access import Right, reach
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import School
from domain.visit import FARTHEST, Clash, Proposal, Visit

_OFFERED = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedSchool:
    """A school of a curator with its visits, by day."""

    school: School
    municipality: str
    visits: tuple[SeenVisit, ...]

    @property
    def has_ahead(self) -> bool:
        """Whether a visit is still to take place there."""
        return any(one.standing.is_ahead for one in self.visits)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A curator's schools; of their ``own`` visits (by ids) ``to_send`` are not with the coordinator, ``waiting`` ones
    are."""

    schools: tuple[PlannedSchool, ...]
    today: date
    own: frozenset[int]

    @property
    def visits(self) -> list[SeenVisit]:
        """All of them, by day."""
        return sorted((one for school in self.schools for one in school.visits), key=lambda one: one.visit.when)

    @property
    def to_send(self) -> list[SeenVisit]:
        """What the coordinator has not seen, or returned."""
        return [one for one in self.visits if one.visit.is_to_send and one.id in self.own]

    @property
    def waiting(self) -> list[SeenVisit]:
        """What the coordinator is to decide on."""
        return [one for one in self.visits if one.visit.waits and one.id in self.own]

    @property
    def without(self) -> list[PlannedSchool]:
        """The schools where no visit is planned."""
        return [one for one in self.schools if not one.visits]


@dataclass(frozen=True, slots=True)
class Offer:
    """A day for a button, and what speaks against it."""

    day: date
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """Days to choose from for a visit that is there (``visit``) or a new one of a school. ``start`` is the first day
    looked at, ``after`` the day from which the next ones are."""

    school: School
    visit: SeenVisit | None
    days: tuple[Offer, ...]
    start: date
    after: date


@dataclass(frozen=True, slots=True)
class Considered:
    """A day that can be asked for, before it is: of a visit that is there (``visit``) or of a new one."""

    school: School
    visit: SeenVisit | None
    day: date
    clashes: tuple[Clash, ...]

    @property
    def asks_why(self) -> bool:
        """Whether a reason goes with it: the day that it replaces was approved."""
        return self.visit is not None and self.visit.visit.day is not None


def schedule_of(found: Sight, by: Member) -> Schedule:
    """The schools of whoever asks as a curator, with their visits."""
    schools = reach(by, Right.VISIT).among(found.registry.schools)
    rows = []
    for school in schools:
        home = found.registry.municipality(school.municipality_id)
        visits = tuple(found.seen(one) for one in found.of(school.id))
        rows.append(PlannedSchool(school, home.name if home else "", visits))
    mine = acting_as(by)
    return Schedule(tuple(rows), found.today, frozenset(one.id for one in found.visits if found.goers(one) & mine))


def planner(school_id: int, by: Member) -> int:
    """Whose visit it will be: the acting person's, or of whom they stand in for."""
    own = [duty for duty in by.duties if duty.role is Role.CURATOR and duty.school_id == school_id]
    away = [duty.instead_of for duty in own if duty.instead_of is not None]
    return (by.person_id or 0) if len(away) < len(own) or not away else away[0]


def first_offered(found: Sight, start: date | None) -> date:
    """From which day on days are offered. Raises ``Refusal`` for one on which no visit may be."""
    first = max(start or found.today + DAY, found.today)
    if first > found.today + FARTHEST:
        raise Refusal("visit.far-day", last=found.today + FARTHEST)
    return first


def working(found: Sight, first: date) -> Iterable[date]:
    day, count = first, 0
    while count < _OFFERED:
        if found.diary.calendar.is_working(day):
            count += 1
            yield day
        day += DAY


def same(visits: Iterable[Visit], day: date) -> Visit | None:
    """A visit that is proposed for that very day and not sent: pressed twice it is once."""
    return next((one for one in visits if one.is_to_send and one.day is None and asked_of(one).day == day), None)


def asked_of(visit: Visit) -> Proposal:
    assert visit.proposal is not None  # noqa: S101  whoever calls has looked
    return visit.proposal


def acting_as(by: Member) -> frozenset[int]:
    """As whom somebody curates: themselves, and whom they stand in for."""
    return frozenset(duty.instead_of or by.person_id or 0 for duty in by.duties if duty.role is Role.CURATOR)


def rehomed(found: Sight, visit: Visit, by: Member) -> Visit:
    """The visit as the acting person's, where whoever planned it does not curate the school any more."""
    if visit.curator_id in found.curators(visit.school_id):
        return visit
    return replace(visit, curator_id=planner(visit.school_id, by))
