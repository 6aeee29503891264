"""Filling in a form: an answer at a time, each saved at once; gone on with from anywhere, after any interruption."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from actions.evidence import FileKeeper
from actions.form_sheet import Page, Purpose, Ref, Said, Sheet
from actions.project import Project
from channels.base import FileSource
from domain.evidence import SentFile
from domain.form import Answers, Form, FormFile, Option, Question, QuestionKind, Value, asked, before, missing
from domain.form import next_question as following
from domain.form_value import chosen, is_confirmed_first, placed, pressed, skipped, toggled, typed, with_file
from domain.people import Member
from domain.refusal import Refusal
from storage import evidence as evidence_rows
from storage import form_run as run_rows
from storage.database import Database, Transaction
from storage.form_run import Pending, Run

Change = Callable[[Question, Value, date], Value]
"""Question, what was answered before, the local day → the answer now; raises ``Refusal``."""


class Forms:
    """Use cases of whoever answers. Two devices at once are one run: the later answer to a question counts."""

    def __init__(
        self, database: Database, project: Project, keeper: FileKeeper, purposes: Mapping[str, Purpose]
    ) -> None:
        self._database = database
        self._project = project
        self._keeper = keeper
        self._purposes = purposes

    async def open(self, ref: Ref, *, by: Member, now: datetime) -> Page:
        """Begin, or go on where it was left."""
        async with self._database.read() as tx:
            sheet, run = await self._run(tx, ref, by, now)
        return self._page(ref, sheet, run, now)

    async def press(self, ref: Ref, question_id: str, option: str, *, by: Member, now: datetime) -> Page | Said:
        """A button: an answer that goes on, or one of several switched."""

        def change(question: Question, value: Value, _today: date) -> Value:
            if question.kind is QuestionKind.SEVERAL:
                return toggled(question, value, option)
            return pressed(question, option)

        return await self._put(ref, question_id, change, by, now)

    async def type(self, ref: Ref, text: str, *, by: Member, now: datetime) -> Page | Said:
        """A line for the question that is asked. Raises ``Refusal`` for what is no answer to it."""

        def change(question: Question, _value: Value, today: date) -> Value:
            return typed(question, text, today)

        return await self._put(ref, None, change, by, now)

    async def place(self, ref: Ref, latitude: float, longitude: float, *, by: Member, now: datetime) -> Page | Said:
        """A point for the question that is asked, or for the one that takes it whatever is asked."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            page = self._page(ref, sheet, run, now)
            question = page.taking(QuestionKind.LOCATION) or page.question
            if question is None:
                raise Refusal("form.press-please")
            point = placed(question, latitude, longitude)
            is_asked = question == page.question
            run = replace(run, asked=None, pending=None) if is_asked else run
            run = await self._save(tx, ref, sheet, run, {question.id: point}, by, now)
            if is_asked:
                return await self._after(tx, ref, sheet, run, question, by, now)
        return replace(self._page(ref, sheet, run, now), saved=(question, point))

    async def add_file(self, ref: Ref, sent: SentFile, source: FileSource, *, by: Member, now: datetime) -> Page:
        """A file for the question that is asked, or for the one that takes it whatever is asked: then what was asked
        stays. Raises ``Refusal`` for one that is not taken, and where the messenger does not hand it over: what is not
        copied is not acknowledged."""
        page = await self.open(ref, by=by, now=now)
        if page.taking(QuestionKind.FILE) is None:
            raise Refusal("form.no-file-please" if page.question else "form.press-please")
        content = await self._keeper.take(sent, source)
        if content is None:
            raise Refusal("form.file-not-fetched")
        async with self._database.transaction() as tx:
            kept = await evidence_rows.lay(tx, content, now)
            file = FormFile(kept.id, sent.name, sent.source, sent.is_photo, sent.caption)
            sheet, run = await self._run(tx, ref, by, now)
            page = self._page(ref, sheet, run, now)
            question = page.taking(QuestionKind.FILE)
            if question is None:
                raise Refusal("form.no-file-please" if page.question else "form.press-please")
            files = with_file(question, run.answers.get(question.id), file)
            if question == page.question:
                run = replace(run, asked=question.id)
            run = await self._save(tx, ref, sheet, run, {question.id: files}, by, now)
        return self._page(ref, sheet, run, now)

    async def finish(self, ref: Ref, question_id: str, *, by: Member, now: datetime) -> Page | Said:
        """«Готово» under several options or files."""

        def change(question: Question, value: Value, _today: date) -> Value:
            if question.kind is QuestionKind.SEVERAL:
                return chosen(question, value)
            if not value:
                skipped(question)
            return value or None

        return await self._put(ref, question_id, change, by, now, goes_on=True)

    async def confirm(self, ref: Ref, question_id: str, *, by: Member, now: datetime) -> Page | Said:
        """«Верно» under what was typed."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            question = _applying(sheet, run, question_id)
            if run.pending is not None and run.pending.question == question_id:
                answers = {question_id: run.pending.value}
                run = await self._save(tx, ref, sheet, replace(run, asked=None, pending=None), answers, by, now)
                return await self._after(tx, ref, sheet, run, question, by, now)
        page = self._page(ref, sheet, run, now)
        return page if page.question == question else _marked(page, question)

    async def skip(self, ref: Ref, question_id: str, *, by: Member, now: datetime) -> Page | Said:
        """«Пропустить». Raises ``Refusal`` for a question that must be answered."""

        def change(question: Question, _value: Value, _today: date) -> Value:
            return skipped(question)

        return await self._put(ref, question_id, change, by, now, goes_on=True)

    async def back(self, ref: Ref, question_id: str | None, *, by: Member, now: datetime) -> Page:
        """«Назад»: the question before that one, or before the summary."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            found = before(sheet.form, run.answers, question_id)
            run = await self._ask(tx, sheet, run, None if found is None else found.id)
        return self._page(ref, sheet, run, now)

    async def ask(self, ref: Ref, question_id: str, *, by: Member, now: datetime) -> Page:
        """One answer is to be another; what was typed and not confirmed is forgotten."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            run = await self._ask(tx, sheet, run, question_id)
        return self._page(ref, sheet, run, now)

    async def send(self, ref: Ref, *, by: Member, now: datetime) -> Page | Said:
        """«Отправить»; pressed twice it is sent once. Where something is missing, that is asked instead."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            lacking = missing(sheet.form, run.answers)
            if not lacking:
                return await self._send(tx, ref, run, by, now)
            run = await self._ask(tx, sheet, run, lacking[0].id)
        return self._page(ref, sheet, run, now)

    async def drop(self, ref: Ref, *, by: Member, now: datetime) -> None:
        """«Удалить ответы»: of what is not sent. Raises ``Refusal`` for what is."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            if run.is_sent:
                raise Refusal("form.sent-already")
            if not sheet.may_drop:
                raise Refusal("form.kept-answers")
            await run_rows.forget(tx, sheet.mark)

    async def _put(
        self,
        ref: Ref,
        question_id: str | None,
        change: Change,
        by: Member,
        now: datetime,
        *,
        goes_on: bool = False,
    ) -> Page | Said:
        """One answer; to the question that is asked where none is named. A question that does not apply any more is
        passed over: an old button shows what is asked now."""
        async with self._database.transaction() as tx:
            sheet, run = await self._run(tx, ref, by, now)
            page = self._page(ref, sheet, run, now)
            question = page.question if question_id is None else _applying(sheet, run, question_id)
            if question is None and question_id is None:
                raise Refusal("form.press-please")
            if question is None:
                return page
            value = change(question, run.answers.get(question.id), page.today)
            value = _entered(sheet, question, value, page.today)
            if question_id is None and value is not None and is_confirmed_first(question):
                run = replace(run, asked=question.id, pending=Pending(question.id, value))
                await run_rows.put(tx, self._signed(run, sheet, now))
                return self._page(ref, sheet, run, now)
            stays = question.kind is QuestionKind.SEVERAL and not goes_on
            run = replace(run, asked=question.id if stays else None, pending=None)
            run = await self._save(tx, ref, sheet, run, {question.id: value}, by, now)
            if stays:
                return self._page(ref, sheet, run, now)
            return await self._after(tx, ref, sheet, run, question, by, now)

    async def _after(
        self, tx: Transaction, ref: Ref, sheet: Sheet, run: Run, question: Question | None, by: Member, now: datetime
    ) -> Page | Said:
        """The page that follows an answer to ``question``; the end of a form that needs no summary."""
        is_over = following(sheet.form, run.answers) is None and not missing(sheet.form, run.answers)
        if sheet.at_once and is_over:
            return await self._send(tx, ref, run, by, now)
        return _marked(self._page(ref, sheet, run, now), question)

    async def _send(self, tx: Transaction, ref: Ref, run: Run, by: Member, now: datetime) -> Said:
        return await self._purposes[ref.purpose].sent(tx, ref, run, by=by, now=now)

    async def _run(self, tx: Transaction, ref: Ref, by: Member, now: datetime) -> tuple[Sheet, Run]:
        """The form and what was answered so far. Raises ``Refusal``, also for what was sent and cannot be changed."""
        purpose = self._purposes.get(ref.purpose)
        if purpose is None:
            raise Refusal("form.gone")
        sheet = await purpose.sheet(tx, ref, by=by, now=now)
        if sheet.schools:
            sheet = replace(sheet, form=_with_schools(sheet.form, sheet.schools))
        run = await run_rows.get(tx, sheet.mark) or Run(sheet.mark, ref.about, sheet.given)
        if run.is_sent and not sheet.may_edit:
            raise Refusal("form.sent-already")
        return sheet, run

    async def _save(
        self, tx: Transaction, ref: Ref, sheet: Sheet, run: Run, answers: Answers, by: Member, now: datetime
    ) -> Run:
        before_it = run.answers
        run = self._signed(replace(run, answers={**before_it, **answers}), sheet, now)
        await run_rows.put(tx, run)
        await self._purposes[ref.purpose].changed(tx, ref, run, before_it, by=by, now=now)
        return run

    def _signed(self, run: Run, sheet: Sheet, now: datetime) -> Run:
        """With who answered and when, where that is kept."""
        return run if sheet.author is None else replace(run, person_id=sheet.author, changed_at=now)

    async def _ask(self, tx: Transaction, sheet: Sheet, run: Run, question_id: str | None) -> Run:
        if question_id is None or _applying(sheet, run, question_id) is None:
            return run
        is_kept = bool(run.answers) or run.pending is not None
        run = replace(run, asked=question_id, pending=None)
        if is_kept:
            await run_rows.put(tx, run)
        return run

    def _page(self, ref: Ref, sheet: Sheet, run: Run, now: datetime) -> Page:
        back_to = None if run.asked is None else _applying(sheet, run, run.asked)
        question = back_to or following(sheet.form, run.answers)
        pending = run.pending if question is not None and run.pending and run.pending.question == question.id else None
        return Page(ref, sheet, self._project.today(now), run.answers, question, pending, run.is_sent)


def _applying(sheet: Sheet, run: Run, question_id: str) -> Question | None:
    """The question of that id, if it is asked by what was answered."""
    return next((one for one in asked(sheet.form, run.answers) if one.id == question_id), None)


def _marked(page: Page, question: Question | None) -> Page:
    """With what was answered said above it, where the form wants that. What was skipped has no mark."""
    value = None if question is None else page.answers.get(question.id)
    if question is None or value is None or not page.sheet.is_marked:
        return page
    return replace(page, saved=(question, value))


def _entered(sheet: Sheet, question: Question, value: Value, today: date) -> Value:
    """A text, or the lines of an answer, as the feature wants them kept."""
    match question.kind, value:
        case QuestionKind.TEXT, str() if sheet.entry is not None:
            return sheet.entry(question, value, today)
        case QuestionKind.LINES, tuple() if sheet.entry is not None:
            return tuple(sheet.entry(question, one, today) for one in value if isinstance(one, str))
    return value


def _with_schools(form: Form, schools: tuple[Option, ...]) -> Form:
    questions = (replace(one, options=schools) if one.kind is QuestionKind.SCHOOL else one for one in form.questions)
    return replace(form, questions=tuple(questions))
