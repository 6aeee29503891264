"""The coordinator approves curators' schedules or returns them with a comment (item 12); visits are cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.project import Project
from actions.visit_completing import complete_schedule
from actions.visit_filling import forget_planned_day
from actions.visit_schedule import asked_of
from actions.visit_sight import SeenVisit, Sight, sight, visit_for
from actions.visit_telling import forget_asked, forget_evening, tell_curators, tell_school
from domain.access import Right, require
from domain.audit import Deed
from domain.document import moment
from domain.people import Member
from domain.refusal import Refusal
from domain.review import comment_of
from domain.visit import ProposalState, Visit, VisitStep, reason
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Submitted:
    """What one curator asks for. ``seen`` tells what was shown from what was sent since."""

    curator_id: int
    name: str
    visits: tuple[SeenVisit, ...]
    seen: int

    @property
    def clashes(self) -> int:
        """How many of the days something speaks against."""
        return sum(bool(one.clashes) for one in self.visits)


class VisitApprovals:
    """Use cases of coordinators."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def queue(self, *, by: Member, now: datetime) -> list[Submitted]:
        """The schedules that wait, whose first visit is the earliest first."""
        require(by, Right.APPROVE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        curators = dict.fromkeys(one.curator_id for one in found.visits if one.waits)
        return [_submitted(found, one) for one in curators]

    async def look(self, curator_id: int, *, by: Member, now: datetime) -> Submitted:
        """One of them; without visits where nothing waits (any more)."""
        require(by, Right.APPROVE_VISITS)
        async with self._database.read() as tx:
            return _submitted(await sight(tx, self._project, now), curator_id)

    async def approve(self, curator_id: int, seen: int, *, by: Member, now: datetime) -> int:
        """«Утвердить» what was ``seen``; returns how many visits. The curator and the schools hear at once.

        Raises ``Refusal`` where nothing of it waits (any more), or something was sent since.
        """
        by_id = require(by, Right.APPROVE_VISITS)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            chosen = _seen_ones(found, curator_id, seen)
            for one in chosen:
                await self._approve(tx, one, by_id, now)
            await audit_rows.record(tx, now, by_id, Deed.VISITS_APPROVED, person=curator_id, count=len(chosen))
            await outbox_rows.take_back(tx, f"schedule:{curator_id}:")
            await outbox_rows.withdraw_days(tx)
            after = await sight(tx, self._project, now)
            approved = [one for one in after.visits if one.id in {before.id for before in chosen}]
            await tell_curators(tx, self._project, after, approved, "approved", now)
            await self._tell_schools(tx, after, chosen, now)
            for person in sorted({who for one in approved for who in after.goers(one)}):
                await complete_schedule(tx, self._project, after, person, by_id, now)
            return len(chosen)

    async def give_back(self, curator_id: int, seen: int, comment: str, *, by: Member, now: datetime) -> int:
        """«Вернуть» what was ``seen``; the curator hears why at once. Raises ``Refusal`` as ``approve`` does, and
        without a comment."""
        by_id, comment = require(by, Right.APPROVE_VISITS), comment_of(comment)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            chosen = _seen_ones(found, curator_id, seen)
            for one in chosen:
                asked = replace(asked_of(one), state=ProposalState.RETURNED, comment=comment)
                await visit_rows.save(tx, replace(one, proposal=asked))
                await visit_rows.step(tx, one.id, VisitStep.RETURNED, by_id, now, asked.day, comment)
            await audit_rows.record(tx, now, by_id, Deed.VISITS_RETURNED, person=curator_id, count=len(chosen))
            await outbox_rows.take_back(tx, f"schedule:{curator_id}:")
            after = await sight(tx, self._project, now)
            returned = [one for one in after.visits if one.id in {before.id for before in chosen}]
            await tell_curators(tx, self._project, after, returned, "returned", now, comment=comment)
            return len(chosen)

    async def may_cancel(self, visit_id: int, *, by: Member, now: datetime) -> SeenVisit:
        """The visit that is to be cancelled. Raises ``Refusal`` as ``cancel`` does."""
        require(by, Right.APPROVE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.APPROVE_VISITS)
        if visit.id in found.reports:
            raise Refusal("visit.reported-already")
        return found.seen(visit)

    async def cancel(self, visit_id: int, why: str, *, by: Member, now: datetime) -> None:
        """A visit will not take place; whoever goes and the school hear of it, if its day was approved. Twice is once.
        Raises ``Refusal`` for one that was told of."""
        by_id, why = require(by, Right.APPROVE_VISITS), reason(why)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.APPROVE_VISITS)
            if visit.id in found.reports:
                raise Refusal("visit.reported-already")
            gone = replace(visit, cancelled_at=now, proposal=None, wish=None)
            await visit_rows.save(tx, gone)
            await visit_rows.step(tx, visit.id, VisitStep.CANCELLED, by_id, now, visit.day, why)
            about = {"visit": visit.id, "school": visit.school_id}
            await audit_rows.record(tx, now, by_id, Deed.VISIT_CANCELLED, **about)
            await forget_evening(tx, [visit.id])
            await forget_asked(tx, found, visit)
            await outbox_rows.withdraw_days(tx)
            if visit.day is not None:
                await tell_school(tx, self._project, found, gone, "cancelled", now, day=visit.day, why=why)
            await tell_curators(tx, self._project, found, [visit], "cancelled", now, why=why)

    async def _approve(self, tx: Transaction, visit: Visit, by: int, now: datetime) -> None:
        day = asked_of(visit).day
        approved = replace(visit, day=day, proposal=None, wish=None, missed_on=None, missed_why="")
        await visit_rows.save(tx, approved)
        await forget_planned_day(tx, visit)
        step = VisitStep.APPROVED if visit.day is None and visit.missed_on is None else VisitStep.MOVED
        await visit_rows.step(tx, visit.id, step, by, now, day, asked_of(visit).why)
        await forget_evening(tx, [visit.id])

    async def _tell_schools(self, tx: Transaction, after: Sight, before: Sequence[Visit], now: datetime) -> None:
        now_there = {one.id: one for one in after.visits}
        for one in before:
            if asked_of(one).day < after.today:
                continue  # it passed while it waited: the curator tells of it, there is nothing to get ready for
            old = one.day or one.missed_on
            what, why = ("planned", "") if old is None else ("moved", asked_of(one).why)
            await tell_school(tx, self._project, after, now_there[one.id], what, now, before=old, why=why)


def _submitted(found: Sight, curator_id: int) -> Submitted:
    waiting = [one for one in found.visits if one.waits and one.curator_id == curator_id]
    seen = max((_moment(one) for one in waiting), default=0)
    seen_ones = tuple(found.seen(one) for one in waiting)
    name = found.names([curator_id]) or next((one.curators for one in seen_ones), "")
    return Submitted(curator_id, name, seen_ones, seen)


def _moment(visit: Visit) -> int:
    sent = asked_of(visit).sent_at
    return moment(sent) if sent else 0


def _seen_ones(found: Sight, curator_id: int, seen: int) -> list[Visit]:
    waiting = [one for one in found.visits if one.waits and one.curator_id == curator_id]
    if not waiting:
        raise Refusal("visit.nothing-waits")
    if any(_moment(one) > seen for one in waiting):
        raise Refusal("visit.sent-since")
    return waiting
