"""The curator's schedule (item 12): days are proposed, sent to the coordinator, changed, and a visit may be missed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from actions.project import Project
from actions.registry import school_for
from actions.visit_schedule import (
    DAY,
    Considered,
    Offer,
    Offers,
    Schedule,
    acting_as,
    asked_of,
    first_offered,
    planner,
    rehomed,
    same,
    schedule_of,
    working,
)
from actions.visit_sight import SeenVisit, Sight, sight, visit_for
from actions.visit_telling import forget_evening, tell_school, tell_submitted
from domain.access import Right, require
from domain.audit import Deed
from domain.people import Member
from domain.refusal import Refusal
from domain.typed_day import read_day
from domain.visit import Proposal, ProposalState, Standing, Visit, VisitStep, may_be, proposed, reason
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction


class VisitPlans:
    """Use cases of curators; whoever stands in for one has them too."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def schedule(self, *, by: Member, now: datetime) -> Schedule:
        """Everything the curator goes to."""
        require(by, Right.VISIT)
        async with self._database.read() as tx:
            return schedule_of(await sight(tx, self._project, now), by)

    async def offers(
        self, school_id: int, visit_id: int = 0, start: date | None = None, *, by: Member, now: datetime
    ) -> Offers:
        """The next working days from ``start`` on for a visit of a school; what speaks against each is said.

        Raises ``Refusal`` for a visit whose day cannot be another now.
        """
        require(by, Right.VISIT)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            school = school_for(found.registry, school_id, by, Right.VISIT)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT) if visit_id else None
        if visit is not None:
            _refuse_fixed(found, visit)
        asked = visit or Visit(0, school_id, planner(school_id, by))
        first = first_offered(found, start)
        days = list(working(found, first))
        offered = tuple(Offer(day, tuple(found.would_clash(asked, day))) for day in days)
        return Offers(school, found.seen(visit) if visit else None, offered, first, days[-1] + DAY)

    def read(self, typed: str, now: datetime) -> date:
        """A day as it was typed. Raises ``Refusal``."""
        today = self._project.today(now)
        return read_day(typed, near=today, today=today)

    async def consider(self, school_id: int, visit_id: int, day: date, *, by: Member, now: datetime) -> Considered:
        """What speaks against a day; nothing is asked for yet. Raises ``Refusal`` where it cannot be that day."""
        require(by, Right.VISIT)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            school = school_for(found.registry, school_id, by, Right.VISIT)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT) if visit_id else None
        if visit is not None:
            _refuse_fixed(found, visit)
            proposed(visit, day)
        asked = visit or Visit(0, school_id, planner(school_id, by))
        if visit is not None or same(found.of(school_id), day) is None:
            may_be(asked.id, asked.school_id, day, found.today, found.visits)
        seen = found.seen(visit) if visit else None
        return Considered(seen.school if seen else school, seen, day, tuple(found.would_clash(asked, day)))

    async def propose(self, school_id: int, day: date, *, by: Member, now: datetime) -> SeenVisit:
        """A further visit, to be sent with the schedule; the same day of the same school again is the same visit."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            school_for(found.registry, school_id, by, Right.VISIT)
            known = same(found.of(school_id), day)
            if known is not None:
                return found.seen(known)
            may_be(0, school_id, day, found.today, found.visits)
            visit_id = await visit_rows.add(tx, school_id, planner(school_id, by), Proposal(day), now)
            await self._written(tx, visit_id, school_id, VisitStep.PROPOSED, Deed.VISIT_PROPOSED, by_id, now, day)
            return await self._seen(tx, visit_id, by, now)

    async def change(self, visit_id: int, day: date, why: str = "", *, by: Member, now: datetime) -> SeenVisit:
        """Another day. Of an approved visit it goes to the coordinator at once, with the reason; the approved day
        stands until then. One that was missed has its reason already. Raises ``Refusal``."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
            await self._move(tx, found, rehomed(found, visit, by), day, why, by_id, now)
            return await self._seen(tx, visit_id, by, now)

    async def agree(self, visit_id: int, *, by: Member, now: datetime) -> SeenVisit:
        """The day that the school asks for, if it still does, goes to the coordinator."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
            if visit.wish is None:
                raise Refusal("visit.no-wish")
            why = self._project.texts.plain("visit.why-wish", why=visit.wish.why)
            await self._move(tx, found, rehomed(found, visit, by), visit.wish.day, why, by_id, now)
            return await self._seen(tx, visit_id, by, now)

    async def decline(self, visit_id: int, *, by: Member, now: datetime) -> SeenVisit:
        """The day stays as it is; the school hears of it, where there is one. Twice is once."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
            if visit.wish is not None:
                await visit_rows.save(tx, replace(visit, wish=None))
                said = (VisitStep.WISH_DECLINED, Deed.WISH_DECLINED)
                await self._written(tx, visit.id, visit.school_id, *said, by_id, now, visit.day)
                found = await sight(tx, self._project, now)
                if visit.day is not None:
                    await tell_school(tx, self._project, found, replace(visit, wish=None), "wish-declined", now)
            return await self._seen(tx, visit_id, by, now)

    async def drop(self, visit_id: int, *, by: Member, now: datetime) -> None:
        """What was proposed is not any more: the approved day stands, and a visit without one is gone. One of which the
        coordinator knows is taken back first. Twice is once."""
        by_id = require(by, Right.VISIT)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
            if visit.proposal is None:
                return
            if visit.waits and visit.day is None and visit.missed_on is None:
                raise Refusal("visit.waits-for-coordinator")
            await audit_rows.record(tx, now, by_id, Deed.VISIT_DROPPED, school=visit.school_id, visit=visit.id)
            if visit.day is None and visit.missed_on is None:
                await visit_rows.drop(tx, visit.id)
            else:
                await visit_rows.save(tx, replace(visit, proposal=None))
                await visit_rows.step(tx, visit.id, VisitStep.WITHDRAWN, by_id, now, visit.proposal.day)
            await self._forget_submitted(tx, [visit], now)

    async def send(self, *, by: Member, now: datetime) -> int:
        """Everything that is proposed goes to the coordinator; returns how many visits. Raises ``Refusal`` for none."""
        return await self._hand(by, now, ProposalState.SENT, lambda one: one.is_to_send)

    async def withdraw(self, *, by: Member, now: datetime) -> int:
        """What waits for the coordinator is back with the curator; returns how many visits."""
        return await self._hand(by, now, ProposalState.DRAFT, lambda one: one.waits)

    async def may_miss(self, visit_id: int, *, by: Member, now: datetime) -> SeenVisit:
        """The visit of which that is to be said. Raises ``Refusal`` as ``miss`` does."""
        require(by, Right.VISIT)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
        _refuse_not_missed(found, visit)
        return found.seen(visit)

    async def miss(self, visit_id: int, why: str, *, by: Member, now: datetime) -> SeenVisit:
        """It did not take place on its day; another one is to be chosen. Twice is once; raises ``Refusal`` for one that
        was told of, or whose day has not come."""
        by_id, why = require(by, Right.VISIT), reason(why)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.VISIT)
            _refuse_not_missed(found, visit)
            if visit.missed_on is not None:
                return found.seen(visit)
            missed = replace(visit, day=None, missed_on=visit.day, missed_why=why)
            await visit_rows.save(tx, missed)
            said = (VisitStep.MISSED, Deed.VISIT_MISSED)
            await self._written(tx, visit.id, visit.school_id, *said, by_id, now, visit.day, why)
            await forget_evening(tx, [visit.id])
            await outbox_rows.withdraw_days(tx)
            return await self._seen(tx, visit_id, by, now)

    async def _move(
        self, tx: Transaction, found: Sight, visit: Visit, day: date, why: str, by_id: int, now: datetime
    ) -> None:
        _refuse_fixed(found, visit)
        if visit.day is None and visit.proposal == Proposal(day):
            return
        was_set = visit.day is not None or visit.missed_on is not None
        moved = proposed(visit, day, reason(why or visit.missed_why) if was_set else "")
        may_be(visit.id, visit.school_id, day, found.today, found.visits)
        if was_set:
            moved = replace(moved, proposal=replace(asked_of(moved), state=ProposalState.SENT, sent_at=now))
        await visit_rows.save(tx, moved)
        said = (VisitStep.PROPOSED, Deed.VISIT_PROPOSED)
        await self._written(tx, visit.id, visit.school_id, *said, by_id, now, day, asked_of(moved).why)
        if was_set:
            await forget_evening(tx, [visit.id])
            await self._tell_submitted(tx, [moved], found, now)

    async def _hand(self, by: Member, now: datetime, to: ProposalState, wanted: Callable[[Visit], bool]) -> int:
        by_id, sends = require(by, Right.VISIT), to is ProposalState.SENT
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            mine = acting_as(by)
            chosen = [
                rehomed(found, one, by)
                for one in found.among(by, Right.VISIT)
                if wanted(one) and one.id not in found.reports and found.goers(one) & mine
            ]
            if not chosen:
                raise Refusal("visit.nothing-to-send" if sends else "visit.nothing-to-withdraw")
            for one in chosen:
                asked = replace(asked_of(one), state=to, sent_at=now if sends else None, comment="")
                if sends:
                    self._refuse_passed(found, one, asked.day)
                await visit_rows.save(tx, replace(one, proposal=asked))
                step = VisitStep.SENT if sends else VisitStep.WITHDRAWN
                await visit_rows.step(tx, one.id, step, by_id, now, asked.day)
            deed = Deed.VISITS_SENT if sends else Deed.VISITS_WITHDRAWN
            await audit_rows.record(tx, now, by_id, deed, count=len(chosen))
            if sends:
                await self._tell_submitted(tx, chosen, found, now)
            else:
                await self._forget_submitted(tx, chosen, now)
            return len(chosen)

    def _refuse_passed(self, found: Sight, visit: Visit, day: date) -> None:
        if day < found.today:
            raise Refusal("visit.passed-day", school=found.seen(visit).school.name, day=day)

    async def _tell_submitted(self, tx: Transaction, visits: Iterable[Visit], found: Sight, now: datetime) -> None:
        waiting = await sight(tx, self._project, now)
        for curator_id in sorted({one.curator_id for one in visits}):
            count = sum(one.waits and one.curator_id == curator_id for one in waiting.visits)
            await tell_submitted(tx, self._project, curator_id, found.names([curator_id]), count, now)

    async def _forget_submitted(self, tx: Transaction, visits: Iterable[Visit], now: datetime) -> None:
        """Coordinators who have not heard yet of a schedule in which nothing waits any more need not."""
        waiting = {one.curator_id for one in (await sight(tx, self._project, now)).visits if one.waits}
        for curator_id in {one.curator_id for one in visits} - waiting:
            await outbox_rows.take_back(tx, f"schedule:{curator_id}:")

    async def _written(
        self,
        tx: Transaction,
        visit_id: int,
        school_id: int,
        step: VisitStep,
        deed: Deed,
        by: int,
        now: datetime,
        day: date | None,
        words: str = "",
    ) -> None:
        await visit_rows.step(tx, visit_id, step, by, now, day, words)
        about = {"day": day.isoformat()} if day else {}
        await audit_rows.record(tx, now, by, deed, visit=visit_id, school=school_id, **about)

    async def _seen(self, tx: Transaction, visit_id: int, by: Member, now: datetime) -> SeenVisit:
        found = await sight(tx, self._project, now)
        return found.seen(await visit_for(tx, found, visit_id, by, Right.VISIT))


def _refuse_fixed(found: Sight, visit: Visit) -> None:
    if visit.id in found.reports:
        raise Refusal("visit.reported-already")
    if visit.waits:
        raise Refusal("visit.waits-for-coordinator")


def _refuse_not_missed(found: Sight, visit: Visit) -> None:
    where = found.standing(visit)
    if where.is_held:
        raise Refusal("visit.reported-already")
    if where is not Standing.MISSED and (visit.day is None or visit.day > found.today):
        raise Refusal("visit.not-yet")
