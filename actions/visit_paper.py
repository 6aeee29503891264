"""«Отчёт в Word»: the report of a visit on one page, for whoever reads it whole."""

import asyncio
from datetime import datetime

from actions.project import Project
from actions.visit_report import ReportView, Row, VisitReports
from domain.access import Right, require
from domain.evidence import file_name
from domain.form import FormFile
from domain.people import Member
from domain.visit_form import ACTIONS, DAY, FILES, PROPOSALS, REMARKS
from domain.visit_paper import AnswerLine, ReportPaper
from reports.visit_docx import PHOTOS, visit_docx
from storage import registry as registry_rows
from storage.database import Database

_ELSEWHERE = frozenset({DAY, REMARKS, PROPOSALS, ACTIONS, FILES})
"""Questions whose answers have a place of their own on the page."""
_ROOM = 2000


class VisitPapers:
    """Use cases of whoever takes a report along on paper."""

    def __init__(self, database: Database, project: Project, reports: VisitReports) -> None:
        self._database = database
        self._project = project
        self._reports = reports

    async def report(self, visit_id: int, *, by: Member, now: datetime) -> tuple[str, bytes]:
        """A file's name and what is in it. Raises ``Refusal`` for whoever reads a part of the report at most."""
        require(by, Right.SEE_VISITS)
        view = await self._reports.whole(visit_id, by=by, now=now)
        async with self._database.read() as tx:
            author = (await registry_rows.registry(tx)).person(view.report.sent_by or 0)
        photos = await self._photos([one for one in view.files if one.is_photo])
        paper = self._paper(view, author.position if author else "", photos)
        texts = self._project.texts
        content = await asyncio.to_thread(visit_docx, paper, texts)
        return file_name(texts.plain("visit_paper.report-file", paper=paper) + ".docx"), content

    async def _photos(self, photos: list[FormFile]) -> tuple[bytes, ...]:
        found = [await self._reports.copy_of(one) for one in photos[:PHOTOS]]
        return tuple(one for one in found if one is not None)

    def _paper(self, view: ReportView, position: str, photos: tuple[bytes, ...]) -> ReportPaper:
        report, one = view.report, view.one
        texts = self._project.texts
        return ReportPaper(
            one.school.name,
            one.municipality,
            one.school.address,
            view.author,
            position,
            report.number,
            report.held_on,
            self._project.today(report.sent_at),
            texts.plain(f"visit_report.paper-{report.state}"),
            tuple(self._line(row) for row in view.rows if row.question.id not in _ELSEWHERE),
            view.remarks,
            view.proposals,
            tuple((each.text, each.until, each.owner) for each in view.promises),
            len(view.files),
            photos,
        )

    def _line(self, row: Row) -> AnswerLine:
        texts, question = self._project.texts, row.question

        def words(value: object) -> str:
            return texts.plain("visit_report.value", question=question, value=value, room=_ROOM)

        before = words(row.before) if row.before is not None else ""
        return AnswerLine(question.text, words(row.value), before)
