"""A report of a visit as it is read: by the curator, those above, and the school's part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from actions.project import Project
from actions.visit_filling import mark_of
from actions.visit_sight import SeenVisit, Sight, sight, visit_for
from domain.access import Right, may_for, reach_of, require
from domain.agreed import Agreed, kept_agreed
from domain.form import Answers, FormFile, Question, Value, given
from domain.people import Member, Role
from domain.refusal import Refusal
from domain.visit import AgreedAction, ReportState, Visit, VisitReport
from domain.visit_form import ACTIONS, DOCS, PROPOSALS, REMARKS, all_files, is_document, lines_of
from storage import agreed as agreed_rows
from storage import form_run as run_rows
from storage import visit as visit_rows
from storage.database import Database, Transaction
from storage.evidence import file_of
from storage.files import FileFolder


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a report with its answer, and with that of the visit before where it was asked too."""

    question: Question
    value: Value
    before: Value = None


@dataclass(frozen=True, slots=True)
class Edit:
    """An answer that was changed after it was sent: what it was before, when (UTC) and by whom."""

    question: Question
    before: Value
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as somebody may read it. Of a school that is its part alone: no ``rows``, ``edits`` and ``files``.

    ``agreed`` are the duties that became of it, ``proposed`` what is to become of it when it is accepted.
    """

    one: SeenVisit
    report: VisitReport
    rows: tuple[Row, ...]
    edits: tuple[Edit, ...]
    files: tuple[FormFile, ...]
    remarks: tuple[str, ...]
    proposals: tuple[str, ...]
    proposed: tuple[Agreed, ...]
    agreed: tuple[AgreedAction, ...]
    author: str
    decider: str
    zone: ZoneInfo
    is_part: bool = False
    plans: bool = False
    reviews: bool = False

    @property
    def promises(self) -> tuple[AgreedAction, ...] | tuple[Agreed, ...]:
        """What was agreed on, as it stands now."""
        return self.agreed if self.report.state is ReportState.ACCEPTED else self.proposed

    @property
    def may_edit(self) -> bool:
        """Whether whoever reads may still change it."""
        return self.plans and self.report.state is not ReportState.ACCEPTED


class VisitReports:
    """Use cases of whoever reads reports."""

    def __init__(self, database: Database, project: Project, folder: FileFolder) -> None:
        self._database = database
        self._project = project
        self._folder = folder

    async def read(self, visit_id: int, *, by: Member, now: datetime) -> ReportView:
        """A report. A school reads its part, when it is accepted. Raises ``Refusal`` where there is nothing to read."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.SEE_VISITS)
            return await view_of(tx, self._project, found, visit, by)

    async def last(self, visit_id: int, *, by: Member, now: datetime) -> ReportView:
        """The report of the visit before that one, for whoever goes next. Raises ``Refusal`` where there is none."""
        require(by, Right.SEE_VISITS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
            visit = await visit_for(tx, found, visit_id, by, Right.SEE_VISITS)
            last = found.last_report(visit)
            earlier = next((one for one in found.visits if last is not None and one.id == last.visit_id), None)
            if earlier is None:
                raise Refusal("visit.no-report-before")
            return await view_of(tx, self._project, found, earlier, by)

    async def whole(self, visit_id: int, *, by: Member, now: datetime) -> ReportView:
        """The same for whoever reads the whole report: its files, its paper, its history."""
        view = await self.read(visit_id, by=by, now=now)
        if view.is_part:
            raise Refusal("access.refused")
        return view

    async def copy_of(self, file: FormFile) -> bytes | None:
        """What is in a file of a report that somebody may read; ``None`` where there is no copy of it (any more)."""
        async with self._database.read() as tx:
            kept = await file_of(tx, file.id)
        return None if kept is None else await self._folder.read(kept.path)


async def view_of(tx: Transaction, project: Project, found: Sight, visit: Visit, by: Member) -> ReportView:
    """The report of a visit as somebody may read it. Raises ``Refusal`` where there is none for them (yet)."""
    report, one = found.reports.get(visit.id), found.seen(visit)
    others = [duty for duty in by.duties if duty.role is not Role.SCHOOL]
    is_part = not reach_of(others, Right.SEE_VISITS).covers(one.school)
    if report is None or (is_part and report.state is not ReportState.ACCEPTED):
        raise Refusal("visit.no-report")
    answers = await answers_of(tx, visit.id)
    last = found.last_report(visit)
    before = await answers_of(tx, last.visit_id) if last else {}
    agreed = [each for each in await agreed_rows.of_schools(tx, [visit.school_id]) if each.visit_id == visit.id]
    return ReportView(
        one,
        report,
        () if is_part else tuple(_rows(report, answers, before)),
        () if is_part else tuple(await _edits(tx, found, report)),
        () if is_part else all_files(answers),
        lines_of(answers.get(REMARKS)),
        lines_of(answers.get(PROPOSALS)),
        tuple(agreed_of(answers, report.held_on)),
        tuple(agreed),
        found.called(report.sent_by),
        found.called(report.decided_by),
        project.zone,
        is_part,
        may_for(by, Right.VISIT, one.school),
        found.reviews(by),
    )


async def answers_of(tx: Transaction, visit_id: int) -> Answers:
    """What was answered of a visit."""
    run = await run_rows.get(tx, mark_of(visit_id))
    return run.answers if run else {}


def agreed_of(answers: Answers, near: date) -> list[Agreed]:
    """What was agreed on, line by line."""
    return [kept_agreed(line, near) for line in lines_of(answers.get(ACTIONS))]


def _rows(report: VisitReport, answers: Answers, before: Mapping[str, Value]) -> list[Row]:
    said = given(report.form, answers)
    if answers.get(DOCS) is True:
        said |= {one: value for one, value in answers.items() if is_document(one) and value is not None}
    shown = [one for one in report.form.questions if one.id in said]
    return [Row(one, said[one.id], before.get(one.id)) for one in shown]


async def _edits(tx: Transaction, found: Sight, report: VisitReport) -> list[Edit]:
    rows = await visit_rows.changes(tx, report.visit_id)
    return [
        Edit(question, before, at, found.called(who))
        for name, before, at, who in rows
        if (question := report.form.question(name)) is not None
    ]
