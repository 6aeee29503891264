"""The school's side of visits: what is planned there, and the wish for another day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.registry import school_for
from actions.visit_brief import Brief, brief_of
from actions.visit_schedule import DAY, Offer, Offers, first_offered, working
from actions.visit_sight import SeenVisit, sight, visit_for
from actions.visit_telling import tell_wished
from domain.access import Right, may_for, reach_of, require
from domain.audit import Deed
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.registry import School
from domain.typed_day import read_day
from domain.visit import Visit, VisitRound, VisitStep, Wish, may_be, reason
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import visit as visit_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A visit with its history; what whoever looks may do with it. ``names`` is how those of the history are called.

    ``inside`` is whether they see more than the school itself, which learns what was decided and not how.
    """

    one: SeenVisit
    rounds: tuple[VisitRound, ...]
    names: dict[int, str]
    plans: bool
    hosts: bool
    approves: bool
    reviews: bool
    zone: ZoneInfo
    inside: bool = True


@dataclass(frozen=True, slots=True)
class VisitedSchool:
    """The visits of a school: those ahead by day, then those that were, the latest first. ``plans`` is whether whoever
    looks plans them."""

    school: School
    municipality: str
    visits: tuple[SeenVisit, ...]
    plans: bool
    inside: bool


class VisitHosting:
    """Use cases of whoever sees visits, and of the school that hosts them."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def mine(self, *, by: Member, now: datetime) -> list[SeenVisit]:
        """The visits of the schools that whoever looks may see, by day. A school sees what was approved for it."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        return [found.seen(one) for one in found.among(by, Right.SEE_VISITS) if _is_shown(found.seen(one), by)]

    async def hosted(self, *, by: Member, now: datetime) -> list[SeenVisit]:
        """The visits that the school of whoever looks is to receive, by day, then those that were."""
        require(by, Right.HOST_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        seen = [_outside(found.seen(one)) for one in found.among(by, Right.HOST_VISITS)]
        return _in_order(one for one in seen if _was_set(one))

    async def of_school(self, school_id: int, *, by: Member, now: datetime) -> VisitedSchool:
        """The visits of one school. Raises ``Refusal`` where the right does not reach it."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        school = school_for(found.registry, school_id, by, Right.SEE_VISITS)
        home, inside = found.registry.municipality(school.municipality_id), _is_inside(school, by)
        seen = [found.seen(one) for one in found.of(school_id)]
        shown = seen if inside else [_outside(one) for one in seen if _was_set(one)]
        plans = may_for(by, Right.VISIT, school)
        return VisitedSchool(school, home.name if home else "", tuple(_in_order(shown)), plans, inside)

    async def card(self, visit_id: int, *, by: Member, now: datetime) -> VisitCard:
        """One visit. Raises ``Refusal`` where the right does not reach it, or there is none (any more)."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            one = found.seen(await visit_for(tx, found, visit_id, by, Right.SEE_VISITS))
            rounds = tuple(await visit_rows.rounds(tx, visit_id))
        if not _is_shown(one, by):
            raise Refusal("access.refused")
        people = {each.person_id for each in rounds if each.person_id is not None}
        names = {each: found.called(each) for each in people}
        plans, hosts, approves = (
            may_for(by, right, one.school) for right in (Right.VISIT, Right.HOST_VISITS, Right.APPROVE_VISITS)
        )
        inside, reviews = _sees_all(one, by), found.reviews(by)
        if not inside:
            rounds = tuple(each for each in rounds if each.step in _FOR_SCHOOL)
            one, reviews = _outside(one), False
        return VisitCard(one, rounds, names, plans, hosts, approves, reviews, self._project.zone, inside)

    async def offers(self, visit_id: int, start: date | None = None, *, by: Member, now: datetime) -> Offers:
        """The next working days from ``start`` on that the school may wish for. Raises ``Refusal`` as ``wish`` does."""
        require(by, Right.HOST_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.HOST_VISITS)
        may_wish(visit, found.today, is_reported=visit.id in found.reports)
        one, first = _outside(found.seen(visit)), first_offered(found, start)
        days = list(working(found, first))
        offered = tuple(Offer(day, ()) for day in days if day != visit.day)
        return Offers(one.school, one, offered, first, days[-1] + DAY)

    async def consider(self, visit_id: int, day: date | str, *, by: Member, now: datetime) -> tuple[SeenVisit, date]:
        """A day that the school may wish for, chosen or typed. Raises ``Refusal`` as ``wish`` does."""
        require(by, Right.HOST_VISITS)
        today = self._project.today(now)
        wished = day if isinstance(day, date) else read_day(day, near=today, today=today)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.HOST_VISITS)
        may_wish(visit, found.today, is_reported=visit.id in found.reports)
        if visit.day == wished:
            raise Refusal("visit.same-day", day=wished)
        may_be(visit.id, visit.school_id, wished, found.today, found.visits)
        return _outside(found.seen(visit)), wished

    async def brief(self, visit_id: int, *, by: Member, now: datetime) -> tuple[SeenVisit, Brief]:
        """The school's card before a visit, for whoever goes and those above. Raises ``Refusal`` for the school."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.SEE_VISITS)
            one = found.seen(visit)
            if not _is_inside(one.school, by):
                raise Refusal("access.refused")
            return one, await brief_of(tx, found, visit)

    async def wish(self, visit_id: int, day: date, why: str, *, by: Member, now: datetime) -> SeenVisit:
        """«Попросить другой день»: the curator hears of it at once; a later wish is in place of an earlier one.

        Raises ``Refusal`` for a visit that was held, or whose day is not approved.
        """
        by_id, why = require(by, Right.HOST_VISITS), reason(why)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.HOST_VISITS)
            may_wish(visit, found.today, is_reported=visit.id in found.reports)
            if visit.day == day:
                raise Refusal("visit.same-day", day=day)
            may_be(visit.id, visit.school_id, day, found.today, found.visits)
            wished = replace(visit, wish=Wish(day, why, by_id))
            if visit.wish == wished.wish:
                return found.seen(visit)
            await visit_rows.save(tx, wished)
            await visit_rows.step(tx, visit.id, VisitStep.WISHED, by_id, now, day, why)
            about = {"visit": visit.id, "school": visit.school_id}
            await audit_rows.record(tx, now, by_id, Deed.VISIT_WISHED, day=day.isoformat(), **about)
            await outbox_rows.take_back(tx, f"visit-wish:{visit.id}:")
            found = await sight(tx, self._project, now)
            await tell_wished(tx, self._project, found, wished, now)
            return found.seen(wished)


def may_wish(visit: Visit, today: date, *, is_reported: bool) -> None:
    """Raises ``Refusal`` unless the school may ask for another day."""
    if is_reported:
        raise Refusal("visit.reported-already")
    if visit.day is None or visit.day < today:
        raise Refusal("visit.no-day-to-change")
    if visit.waits:
        raise Refusal("visit.being-moved")


_FOR_SCHOOL = {
    *(VisitStep.APPROVED, VisitStep.MOVED, VisitStep.WISHED, VisitStep.WISH_DECLINED),
    *(VisitStep.MISSED, VisitStep.CANCELLED, VisitStep.REPORT_ACCEPTED),
}
"""Of the history, what the school itself took part in or was told."""


def _is_shown(one: SeenVisit, by: Member) -> bool:
    """A school does not see what is only proposed."""
    return _was_set(one) or _sees_all(one, by)


def _was_set(one: SeenVisit) -> bool:
    return one.visit.day is not None or one.visit.missed_on is not None or one.report is not None


def _sees_all(one: SeenVisit, by: Member) -> bool:
    """Whether somebody sees visits of a school otherwise than as its team."""
    return _is_inside(one.school, by)


def _is_inside(school: School, by: Member) -> bool:
    others = [duty for duty in by.duties if duty.role is not Role.SCHOOL]
    return reach_of(others, Right.SEE_VISITS).covers(school)


def _outside(one: SeenVisit) -> SeenVisit:
    """As the school sees it: where else the curator goes, and that they are away, is not its business; nor is a day
    that was never approved."""
    visit = one.visit if one.visit.day is not None else replace(one.visit, proposal=None)
    return replace(one, visit=visit, clashes=())


def _in_order(visits: Iterable[SeenVisit]) -> list[SeenVisit]:
    ahead: list[SeenVisit] = []
    over: list[SeenVisit] = []
    for one in sorted(visits, key=lambda each: each.visit.when):
        (ahead if one.standing.is_ahead else over).append(one)
    return [*ahead, *reversed(over)]
