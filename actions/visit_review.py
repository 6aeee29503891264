"""Reports of visits are accepted or returned (item 13); what was accepted reaches the school."""

from dataclasses import replace
from datetime import datetime

from actions.project import Project
from actions.school_listeners import school_listeners
from actions.visit_completing import complete_monitoring
from actions.visit_filling import mark_of
from actions.visit_report import ReportView, agreed_of, answers_of, view_of
from actions.visit_sight import SeenVisit, Sight, sight, visit_for
from actions.visit_telling import take_back_report, tell_curators, tell_returned
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, press
from domain.people import Member
from domain.refusal import Refusal
from domain.remark import RemarkKind
from domain.review import comment_of
from domain.visit import ReportState, Visit, VisitReport, VisitStep
from domain.visit_form import PROPOSALS, REMARKS, lines_of
from storage import agreed as agreed_rows
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import outbox as outbox_rows
from storage import remark as remark_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction


class VisitReviews:
    """Use cases of whoever the roadmap's data names as reviewers of the first visits, and of coordinators."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def queue(self, *, by: Member, now: datetime) -> list[SeenVisit]:
        """The reports that wait, the one that waits longest first."""
        require(by, Right.REVIEW_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        _require(found, by)
        waiting = [one for one in found.reports.values() if one.state is ReportState.SENT]
        order = {one.visit_id: one.first_sent_at for one in waiting}
        here = [one for one in found.visits if one.id in order]
        return [found.seen(one) for one in sorted(here, key=lambda one: order[one.id])]

    async def look(self, visit_id: int, *, by: Member, now: datetime) -> ReportView:
        """One of them, in whatever state."""
        require(by, Right.REVIEW_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            _require(found, by)
            visit = await visit_for(tx, found, visit_id, by, Right.REVIEW_VISITS)
            return await view_of(tx, self._project, found, visit, by)

    async def accept(self, visit_id: int, seen: int, *, by: Member, now: datetime) -> ReportView:
        """«Принять» what was ``seen`` (``VisitReport.times``): remarks, proposals and what was agreed on reach the
        school; the curator hears of it. Twice is once. Raises ``Refusal`` where it was changed or returned since."""
        by_id = require(by, Right.REVIEW_VISITS)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit, report = await self._waiting(tx, found, visit_id, by)
            if report.state is not ReportState.ACCEPTED:
                _may_accept(report, seen)
                await self._decide(tx, visit, report, ReportState.ACCEPTED, by_id, now)
                after = await sight(tx, self._project, now)
                await self._reach_school(tx, after, visit, by_id, now)
                await tell_curators(tx, self._project, after, [visit], "report-accepted", now)
                for person in sorted(after.goers(visit)):
                    await complete_monitoring(tx, self._project, after, person, by_id, now)
            after = await sight(tx, self._project, now)
            return await view_of(tx, self._project, after, visit, by)

    async def may_give_back(self, visit_id: int, seen: int, *, by: Member, now: datetime) -> ReportView:
        """The same report for whoever is about to return it. Raises ``Refusal`` as ``give_back`` does."""
        require(by, Right.REVIEW_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit, report = await self._waiting(tx, found, visit_id, by)
            _may_return(report, seen)
            return await view_of(tx, self._project, found, visit, by)

    async def give_back(self, visit_id: int, seen: int, comment: str, *, by: Member, now: datetime) -> ReportView:
        """«Вернуть» what was ``seen``; the curator hears why at once. Raises ``Refusal`` as ``accept`` does, without a
        comment, and for what was accepted."""
        by_id, comment = require(by, Right.REVIEW_VISITS), comment_of(comment)
        async with self._database.transaction() as tx:
            found = await sight(tx, self._project, now)
            visit, report = await self._waiting(tx, found, visit_id, by)
            _may_return(report, seen)
            if report.state is not ReportState.RETURNED:
                await self._decide(tx, visit, report, ReportState.RETURNED, by_id, now, comment)
                run = await run_rows.get(tx, mark_of(visit.id))
                if run is not None:
                    await run_rows.put(tx, replace(run, is_sent=False))
                after = await sight(tx, self._project, now)
                await tell_returned(tx, self._project, after, visit, comment, now)
            after = await sight(tx, self._project, now)
            return await view_of(tx, self._project, after, visit, by)

    async def _waiting(self, tx: Transaction, found: Sight, visit_id: int, by: Member) -> tuple[Visit, VisitReport]:
        _require(found, by)
        visit = await visit_for(tx, found, visit_id, by, Right.REVIEW_VISITS)
        report = found.reports.get(visit.id)
        if report is None:
            raise Refusal("visit.no-report")
        if report.sent_by == by.person_id and _others(found, by):
            raise Refusal("visit.own-report")
        return visit, report

    async def _decide(
        self,
        tx: Transaction,
        visit: Visit,
        report: VisitReport,
        state: ReportState,
        by: int,
        now: datetime,
        comment: str = "",
    ) -> None:
        made = replace(report, state=state, decided_at=now, decided_by=by, comment=comment)
        await visit_rows.put_report(tx, made)
        is_accepted = state is ReportState.ACCEPTED
        step = VisitStep.REPORT_ACCEPTED if is_accepted else VisitStep.REPORT_RETURNED
        await visit_rows.step(tx, visit.id, step, by, now, report.held_on, comment)
        deed = Deed.VISIT_REPORT_ACCEPTED if is_accepted else Deed.VISIT_REPORT_RETURNED
        await audit_rows.record(tx, now, by, deed, visit=visit.id, school=visit.school_id)
        await take_back_report(tx, visit.id)
        await outbox_rows.withdraw_days(tx)

    async def _reach_school(self, tx: Transaction, found: Sight, visit: Visit, by: int, now: datetime) -> None:
        answers, report = await answers_of(tx, visit.id), found.reports[visit.id]
        author = report.sent_by or by
        for question, kind in ((REMARKS, RemarkKind.REMARK), (PROPOSALS, RemarkKind.PROPOSAL)):
            for line in lines_of(answers.get(question)):
                await remark_rows.add(tx, visit.school_id, kind, line, author, now, visit_id=visit.id)
        agreed = agreed_of(answers, report.held_on)
        for one in agreed:
            await agreed_rows.add(tx, visit.id, visit.school_id, one, now)
        recipients = await school_listeners(tx, self._project, visit.school_id, now)
        part = Button(self._project.texts.plain("visit.button-part"), press("vrep", visit.id))
        await self._project.tell(
            tx,
            recipients,
            f"visit-part:{visit.id}",
            "visit.school-report",
            now,
            ((part,),),
            one=found.seen(visit),
            remarks=lines_of(answers.get(REMARKS)),
            proposals=lines_of(answers.get(PROPOSALS)),
            agreed=agreed,
        )


def _require(found: Sight, by: Member) -> None:
    if not found.reviews(by):
        raise Refusal("access.refused")


def _others(found: Sight, by: Member) -> bool:
    """Whether anybody else could decide."""
    addresses = found.reviewing()
    return any(
        who != by.person_id and any(duty.address in addresses for duty in one.duties)
        for who, one in found.bearers.items()
    )


def _may_accept(report: VisitReport, seen: int) -> None:
    if report.state is ReportState.RETURNED:
        raise Refusal("visit_review.returned-already")
    _must_be(report, seen)


def _may_return(report: VisitReport, seen: int) -> None:
    if report.state is ReportState.ACCEPTED:
        raise Refusal("visit_review.accepted-already")
    if report.state is not ReportState.RETURNED:
        _must_be(report, seen)


def _must_be(report: VisitReport, seen: int) -> None:
    if report.times != seen:
        raise Refusal("visit.report-changed")
