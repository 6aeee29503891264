"""Visits as the engine of forms knows them: who may report, what is asked, what follows of a report (item 13)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from actions.form_sheet import Ref, Said, Sheet
from actions.project import Project
from actions.visit_form import Ground, composed
from actions.visit_schedule import planner
from actions.visit_sight import Sight, sight, visit_for
from actions.visit_telling import forget_asked, forget_evening, tell_reviewers
from domain.access import Right, require
from domain.agreed import read_agreed
from domain.audit import Deed
from domain.button import Button, press
from domain.document import checklist
from domain.form import Answers, Form, Place, Question, Value
from domain.people import Member
from domain.refusal import Refusal
from domain.visit import Proposal, ReportState, Standing, Visit, VisitReport, VisitStep, may_be
from domain.visit_form import ACTIONS, DAY, DOCS, NEXT, PLACE, day_of, document_question, refuse_abroad, seen_state
from storage import audit as audit_rows
from storage import document as document_rows
from storage import form_run as run_rows
from storage import outbox as outbox_rows
from storage import risk_factor as risk_rows
from storage import visit as visit_rows
from storage.database import Transaction
from storage.form_run import Run

VISIT = "visit"


def mark_of(visit_id: int) -> str:
    """The key of a visit's answers: one for whoever fills them in, so that a new curator goes on with the draft."""
    return f"{VISIT}:{visit_id}"


class VisitFilling:
    """The ``Purpose`` of visits."""

    def __init__(self, project: Project) -> None:
        self._project = project

    async def sheet(self, tx: Transaction, ref: Ref, *, by: Member, now: datetime) -> Sheet:
        """Raises ``Refusal`` for whoever does not curate the school, and for what was accepted."""
        by_id = require(by, Right.VISIT)
        found = await sight(tx, self._project, now)
        visit = await visit_for(tx, found, ref.id, by, Right.VISIT)
        report = found.reports.get(visit.id)
        self._refuse_closed(found, visit, report)
        form = report.form if report is not None else await self._form(tx, found, visit)
        given = {DAY: visit.day} if visit.day is not None and visit.day <= found.today else {}
        texts = self._project.texts
        return Sheet(
            form,
            mark_of(visit.id),
            texts.html("visit_form.heading", one=found.seen(visit)),
            texts.html("visit_form.note"),
            author=by_id,
            given=given,
            entry=self._entry,
            is_marked=True,
            sent_note=texts.html("visit_form.sent-note"),
            may_drop=report is None,
        )

    def _refuse_closed(self, found: Sight, visit: Visit, report: VisitReport | None) -> None:
        if report is not None:
            if report.state is ReportState.ACCEPTED:
                raise Refusal("visit.accepted-already")
        elif found.standing(visit) is Standing.PROPOSED:
            raise Refusal("visit.not-approved")

    async def _form(self, tx: Transaction, found: Sight, visit: Visit) -> Form:
        own = (await risk_rows.profiles(tx, [visit.school_id])).get(visit.school_id, set())
        factors = await risk_rows.every(tx)
        kept = await document_rows.of_schools(tx, [visit.school_id])
        last = found.last_report(visit)
        before = await run_rows.get(tx, mark_of(last.visit_id)) if last else None
        ground = Ground(
            found.numbers.get(visit.id, 1),
            visit.day,
            found.today,
            found.diary.calendar,
            [one for one in factors if one.id in own],
            checklist(visit.school_id, factors, own, kept, {}),
            before.answers if before else None,
            asks_next=not _has_next(found, visit),
        )
        return composed(self._project.texts, ground)

    def _entry(self, question: Question, words: str, today: date) -> str:
        if question.id != ACTIONS:
            return words
        return self._project.texts.plain("visit_form.agreed", one=read_agreed(words, today))

    async def changed(self, tx: Transaction, ref: Ref, run: Run, before: Answers, *, by: Member, now: datetime) -> None:
        """What was sent before is another now: the history keeps what it was, and reviewers see the new."""
        by_id = require(by, Right.VISIT)
        found = await sight(tx, self._project, now)
        visit = await visit_for(tx, found, ref.id, by, Right.VISIT)
        report = found.reports.get(visit.id)
        others = {one for one in run.answers if before.get(one) != run.answers[one]}
        if report is not None and NEXT in others:
            raise Refusal("visit.next-elsewhere")
        self._refuse_answers(found, visit, run.answers, others)
        if report is None or not others:
            return
        if DOCS in others:
            states = await self._documents(tx, visit, run.answers)
            await run_rows.put(tx, replace(run, answers={**run.answers, **states}))
        for question in sorted(others):
            await visit_rows.changed(tx, visit.id, question, before.get(question), by_id, now)
        if report.state is ReportState.SENT:
            day = day_of(run.answers, DAY) or report.held_on
            await visit_rows.put_report(tx, replace(report, times=report.times + 1, sent_at=now, held_on=day))
        about = {"visit": visit.id, "school": visit.school_id}
        await audit_rows.record(tx, now, by_id, Deed.VISIT_REPORT_CHANGED, **about)

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        """It waits for its review from now on; the next visit is proposed. Said again it is the same once more."""
        require(by, Right.VISIT)
        found = await sight(tx, self._project, now)
        visit = await visit_for(tx, found, ref.id, by, Right.VISIT)
        report = found.reports.get(visit.id)
        anew = report is None or report.state is ReportState.RETURNED
        if anew:
            self._refuse_answers(found, visit, run.answers, run.answers)
            await self._keep(tx, found, visit, run, by, now)
        texts = self._project.texts
        look = Button(texts.plain("visit.button-report"), press("vrep", visit.id))
        menu = Button(texts.plain("menu.button-back"), press("go", "menu"))
        day = day_of(run.answers, NEXT) if report is None else None
        text = texts.html("visit.report-sent", one=found.seen(visit), anew=anew, following=day)
        toast = texts.plain("visit.report-sent-toast" if anew else "visit.report-sent-before-toast")
        return Said(text, ((look,), (menu,)), toast)

    async def _keep(self, tx: Transaction, found: Sight, visit: Visit, run: Run, by: Member, now: datetime) -> None:
        by_id, report = require(by, Right.VISIT), found.reports.get(visit.id)
        form = report.form if report is not None else await self._form(tx, found, visit)
        told = {one: value for one, value in run.answers.items() if form.question(one) is not None}
        answers: dict[str, Value] = told | await self._documents(tx, visit, told)
        await run_rows.put(tx, replace(run, answers=answers, is_sent=True, asked=None, pending=None))
        made = VisitReport(
            visit.id,
            ReportState.SENT,
            report.number if report else found.numbers.get(visit.id, 1),
            day_of(answers, DAY) or found.today,
            form,
            report.first_sent_at if report else now,
            now,
            by_id,
            report.times + 1 if report else 1,
        )
        await visit_rows.put_report(tx, made)
        await visit_rows.step(tx, visit.id, VisitStep.REPORTED, by_id, now, made.held_on)
        about = {"visit": visit.id, "school": visit.school_id}
        await audit_rows.record(tx, now, by_id, Deed.VISIT_REPORTED, day=made.held_on.isoformat(), **about)
        await forget_evening(tx, [visit.id])
        await outbox_rows.withdraw_days(tx)
        if visit.proposal is not None or visit.wish is not None:
            await visit_rows.save(tx, replace(visit, proposal=None, wish=None))
            await forget_asked(tx, found, visit)
        following = day_of(answers, NEXT)
        if report is None and following is not None and not _has_next(found, visit):
            next_id = await visit_rows.add(tx, visit.school_id, planner(visit.school_id, by), Proposal(following), now)
            await visit_rows.step(tx, next_id, VisitStep.PROPOSED, by_id, now, following)
        after = await sight(tx, self._project, now)
        one = after.seen(next(each for each in after.visits if each.id == visit.id))
        await tell_reviewers(tx, self._project, after, one, now, again=report is not None)

    async def _documents(self, tx: Transaction, visit: Visit, answers: Answers) -> dict[str, Value]:
        """«Такие, как в боте»: in which states they are now is kept with the report."""
        if answers.get(DOCS) is not True:
            return {}
        own = (await risk_rows.profiles(tx, [visit.school_id])).get(visit.school_id, set())
        kept = await document_rows.of_schools(tx, [visit.school_id])
        lines = checklist(visit.school_id, await risk_rows.every(tx), own, kept, {})
        return {document_question(one): str(seen_state(one.state)) for one in lines if one.is_own}

    def _refuse_answers(self, found: Sight, visit: Visit, answers: Answers, which: Collection[str]) -> None:
        """Of the answers only these are looked at: what cannot be any more is said where it is answered, and at the
        end."""
        day, place, following = day_of(answers, DAY), answers.get(PLACE), day_of(answers, NEXT)
        if DAY in which and day is not None:
            _refuse_day(found, visit, day)
        if PLACE in which and isinstance(place, Place):
            refuse_abroad(place)
        if NEXT in which and following is not None and visit.id not in found.reports:
            _refuse_next(found, visit, day, following)


def _refuse_day(found: Sight, visit: Visit, day: date) -> None:
    if day > found.today:
        raise Refusal("visit.not-yet")
    for other in found.of(visit.school_id):
        told = found.reports.get(other.id)
        if other.id != visit.id and told is not None and told.held_on == day:
            raise Refusal("visit.twice-held", day=day, number=told.number)


def _refuse_next(found: Sight, visit: Visit, day: date | None, following: date) -> None:
    if day is not None and following <= day:
        raise Refusal("visit.next-not-later")
    if following < found.today:
        raise Refusal("visit.past-next", day=following)
    if not _has_next(found, visit):
        may_be(visit.id, visit.school_id, following, found.today, found.visits)


def _has_next(found: Sight, visit: Visit) -> bool:
    """Whether a later visit of the school is planned or proposed."""
    return any(
        one.id != visit.id and found.standing(one).is_ahead and one.when >= min(visit.when, found.today)
        for one in found.of(visit.school_id)
    )


async def forget_planned_day(tx: Transaction, visit: Visit) -> None:
    """In a draft that was begun for a day that is another now, the day is asked for."""
    run = await run_rows.get(tx, mark_of(visit.id))
    if run is not None and not run.is_sent and run.answers.get(DAY) == (visit.day or visit.missed_on):
        await run_rows.put(tx, replace(run, answers={one: value for one, value in run.answers.items() if one != DAY}))
