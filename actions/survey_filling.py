"""Surveys as the engine of forms knows them: who may answer, under which key the answers lie, what follows of them."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from actions.form_sheet import Ref, Said, Sheet
from actions.project import Project
from actions.survey_look import Looked, look_at, registry_for
from domain.access import Right, require
from domain.audit import Deed
from domain.button import Button, press
from domain.form import Answers, Option, QuestionKind
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.survey import Course, Party, Respondent, Survey, members, named_mark, schools_of
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.database import Transaction
from storage.form_run import Run
from storage.secret import SecretFile
from storage.survey import Part

SURVEY = "survey"


class SurveyFilling:
    """The ``Purpose`` of surveys."""

    def __init__(self, project: Project, secret: SecretFile) -> None:
        self._project = project
        self._secret = secret

    def mark(self, survey: Survey, respondent: Respondent) -> str:
        """The key of somebody's answers. Of an anonymous survey it is drawn with the secret: whoever has the database
        alone cannot tell whose answers they are, nor in which order they came."""
        named = named_mark(survey, respondent)
        if not survey.anonymous:
            return named
        return hmac.new(self._secret.read(), named.encode(), hashlib.sha256).hexdigest()

    async def sheet(self, tx: Transaction, ref: Ref, *, by: Member, now: datetime) -> Sheet:
        """Raises ``Refusal`` for whoever is not asked, before it opens, after its end, and where it is filled in
        elsewhere."""
        looked, part = await self.asked(tx, ref, by, now)
        survey = looked.survey
        if survey.is_external:
            raise Refusal("survey.is-external")
        mark = self.mark(survey, part.respondent)
        is_open = looked.course is Course.OPEN
        run = None if is_open and not (survey.anonymous and part.answered_on) else await run_rows.get(tx, mark)
        if survey.anonymous and part.answered_on and run is None:
            raise Refusal("survey.answered-for-good")
        self._refuse_over(looked, run)
        return Sheet(
            survey.form,
            mark,
            self._heading(looked),
            self._project.texts.html("survey.note", looked=looked) if is_open else "",
            author=None if survey.anonymous else by.person_id,
            at_once=len(survey.form.questions) == 1,
            schools=await _schools(tx, survey),
        )

    def _heading(self, looked: Looked) -> str:
        """Above every question; after the end it says how long answers are still taken."""
        texts = self._project.texts
        heading = texts.html("survey.heading", survey=looked.survey, item=looked.item)
        return heading if looked.course is Course.OPEN else f"{heading}\n{texts.html('survey.over', looked=looked)}"

    async def changed(
        self, tx: Transaction, ref: Ref, run: Run, _before: Answers, *, by: Member, now: datetime
    ) -> None:
        """Answers that were sent before are other ones now."""
        person_id = require(by, Right.ANSWER_SURVEY)
        if run.is_sent:
            await audit_rows.record(tx, now, person_id, Deed.SURVEY_ANSWER_CHANGED, survey=ref.id)

    async def sent(self, tx: Transaction, ref: Ref, run: Run, *, by: Member, now: datetime) -> Said:
        """It counts from now on."""
        looked, part = await self.asked(tx, ref, by, now)
        anew = not run.is_sent
        if anew:
            await run_rows.put(tx, replace(run, is_sent=True, asked=None, pending=None))
            await self.answered(tx, looked, part, by, now)
        text = self._project.texts.html("survey.thanks", looked=looked, anew=anew)
        menu = Button(self._project.texts.plain("menu.button-back"), press("go", "menu"))
        change = Button(self._project.texts.plain("survey.button-change"), press("survey-go", ref.id, ref.who))
        toast = self._project.texts.plain("survey.sent-toast" if anew else "survey.sent-before-toast")
        return Said(text, ((change,), (menu,)), toast)

    async def answered(self, tx: Transaction, looked: Looked, part: Part, by: Member, now: datetime) -> None:
        """Somebody has answered, here or elsewhere: it is counted, and they are asked no more."""
        person_id, survey = require(by, Right.ANSWER_SURVEY), looked.survey
        today = self._project.today(now)
        if await survey_rows.part(tx, survey.id, part.respondent) is None:
            await survey_rows.ask(tx, survey.id, [part.respondent], today)
        if not await survey_rows.answered(tx, survey.id, part.respondent, today):
            return
        about = {"school": part.respondent.id} if part.respondent.party is Party.SCHOOL else {}
        await audit_rows.record(tx, now, person_id, Deed.SURVEY_ANSWERED, survey=survey.id, **about)
        if survey.item_id is not None:
            await notice_rows.answer(tx, person_id, [survey.item_id], now, None)
        await outbox_rows.withdraw_days(tx, person_id)

    async def asked(self, tx: Transaction, ref: Ref, by: Member, now: datetime) -> tuple[Looked, Part]:
        """The survey and the place of whoever answers in it. Raises ``Refusal`` where they are not asked."""
        person_id = require(by, Right.ANSWER_SURVEY)
        looked = await look_at(tx, self._project, ref.id, now)
        respondent = _respondent(looked.survey, ref.who, person_id, by.duties)
        part = await survey_rows.part(tx, looked.survey.id, respondent)
        if part is None and await _would_be_asked(tx, looked.survey, respondent):
            part = Part(respondent, self._project.today(now))
        if part is None or part.left_on is not None:
            raise Refusal("survey.not-asked")
        return looked, part

    def _refuse_over(self, looked: Looked, run: Run | None) -> None:
        """After the end: 15 minutes for whoever was answering, and longer only where late answers are taken."""
        match looked.course:
            case Course.OPEN:
                return
            case Course.GRACE if run is not None and run.answers:
                return
            case Course.GRACE | Course.CLOSED if looked.survey.accepts_late:
                return
            case Course.GRACE | Course.CLOSED:
                raise Refusal("survey.closed", closes=looked.closed_on, is_sent=run is not None and run.is_sent)
            case Course.COMING if looked.window is not None:
                raise Refusal("survey.not-open-yet", opens=looked.window.opens)
        raise Refusal("survey.gone")


def _respondent(survey: Survey, who: int, person_id: int, duties: Collection[Duty]) -> Respondent:
    """Themselves, or a school of theirs. Raises ``Refusal``."""
    if not survey.per_school:
        return Respondent(Party.PERSON, person_id)
    schools = schools_of(duties)
    if who not in schools:
        raise Refusal("survey.not-asked")
    return Respondent(Party.SCHOOL, who)


async def _would_be_asked(tx: Transaction, survey: Survey, respondent: Respondent) -> bool:
    """Whether somebody who is new is one of the audience; the clock asks everybody new twice a minute."""
    registry = await registry_for(tx, survey)
    return respondent in members(survey, registry)


async def _schools(tx: Transaction, survey: Survey) -> tuple[Option, ...]:
    if all(one.kind is not QuestionKind.SCHOOL for one in survey.form.questions):
        return ()
    return tuple(Option(str(one.id), one.name) for one in (await registry_rows.registry(tx)).schools)
