"""The coordinator keeps surveys: makes them, changes every field by its rules, launches, closes, extends, cancels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from actions.named_surveys import anew
from actions.project import Project
from actions.survey_card import SurveyCard, SurveyList, is_begun, seen_surveys, survey_card
from actions.survey_course import open_now
from actions.survey_look import Looked, look_at, registry_for
from actions.survey_moves import move_end, tell_moved
from domain.access import Right, require
from domain.audit import Deed
from domain.form import Form
from domain.notice import effective
from domain.people import Member
from domain.refusal import Refusal
from domain.survey import Course, Survey, members
from domain.survey_change import (
    AudienceChange,
    refuse_change,
    refuse_day,
    refuse_over,
    refuse_telling,
    stamp,
    with_form,
    with_switched,
    with_typed,
    without,
)
from domain.survey_field import SurveyField
from domain.typed_day import read_day
from storage import audit as audit_rows
from storage import outbox as outbox_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction


class SurveyKeeping:
    """Use cases of the coordinator; looking is also for whoever sees surveys."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def all(self, *, by: Member, now: datetime) -> SurveyList:
        """The surveys that the acting person sees, the newest first."""
        require(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            return await seen_surveys(tx, self._project, by, now)

    async def card(self, survey_id: int, *, by: Member, now: datetime, right: Right = Right.SEE_SURVEYS) -> SurveyCard:
        """One survey, for what ``right`` allows. Raises ``Refusal`` for one that is not there, or not seen."""
        require(by, right)
        async with self._database.read() as tx:
            return await survey_card(tx, self._project, survey_id, by, now)

    async def make(self, form: Form, *, is_poll: bool = False, by: Member, now: datetime) -> SurveyCard:
        """A new one of a form: a draft until it is launched."""
        return await self._made(Survey(0, form.title, form, is_poll=is_poll, is_draft=True), by, now)

    async def copy(self, survey_id: int, *, by: Member, now: datetime) -> SurveyCard:
        """A draft that asks the same of the same people; it has neither days nor an item."""
        require(by, Right.KEEP_SURVEYS)
        async with self._database.read() as tx:
            survey = (await look_at(tx, self._project, survey_id, now)).survey
        return await self._made(anew(survey, is_draft=True), by, now)

    async def _made(self, survey: Survey, by: Member, now: datetime) -> SurveyCard:
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            made = await survey_rows.add(tx, survey, person_id, now)
            await audit_rows.record(tx, now, person_id, Deed.SURVEY_MADE, survey=made.id)
            return await survey_card(tx, self._project, made.id, by, now)

    async def type(
        self, survey_id: int, field: SurveyField, text: str, *, seen: int, by: Member, now: datetime
    ) -> SurveyCard:
        """A field as it was typed. Raises ``Refusal`` that says what to type instead, and where another coordinator
        changed the field since it was ``seen``."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, begun = await self._changing(tx, survey_id, field, now)
            if stamp(looked.survey, field) != seen:
                raise Refusal("survey_keeping.changed-meanwhile")
            if field is SurveyField.CLOSES:
                day = read_day(text, near=looked.window.closes if looked.window else looked.today, today=looked.today)
                await self._move_end(tx, looked, day, person_id, now)
            elif field is SurveyField.OPENS:
                day = read_day(text, near=looked.today, today=looked.today)
                closes = looked.window.closes if looked.window else None
                refuse_day(day, looked.today, opens=day, closes=closes)
                await self._save(tx, looked, replace(looked.survey, opens=day), field, person_id, now)
            else:
                if field is SurveyField.LINK and begun and not looked.survey.link:
                    raise Refusal("survey_keeping.begun")
                await self._save(tx, looked, with_typed(looked.survey, field, text), field, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def closes(self, survey_id: int, day: date, *, by: Member, now: datetime) -> SurveyCard:
        """The last day, as it was pressed; a survey that was closed is open again."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, _ = await self._changing(tx, survey_id, SurveyField.CLOSES, now)
            await self._move_end(tx, looked, day, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def own_end(self, survey_id: int, *, by: Member, now: datetime) -> SurveyCard:
        """The last day is the survey's own from now on and does not move with its item."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, _ = await self._changing(tx, survey_id, SurveyField.CLOSES, now)
            if looked.window is None:
                raise Refusal("survey_keeping.no-window")
            own = replace(looked.survey, closes=looked.window.closes)
            await self._save(tx, looked, own, SurveyField.CLOSES, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def clear(self, survey_id: int, field: SurveyField, *, by: Member, now: datetime) -> SurveyCard:
        """A field that may be empty is. A launched survey keeps an end."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, begun = await self._changing(tx, survey_id, field, now)
            if field is SurveyField.LINK and begun and looked.survey.link:
                raise Refusal("survey_keeping.begun")
            await self._save(tx, looked, without(looked.survey, field), field, person_id, now)
            if field is SurveyField.CLOSES and not looked.survey.is_draft:
                await self._as_of_item(tx, looked, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def _as_of_item(self, tx: Transaction, before: Looked, now: datetime) -> None:
        """A launched survey keeps an end that is not over; who was invited hears of another one."""
        after = await look_at(tx, self._project, before.survey.id, now)
        if after.window is None:
            raise Refusal("survey_keeping.no-window")
        refuse_day(after.window.closes, after.today, opens=None, closes=None)
        await tell_moved(tx, self._project, before, after.window.closes, now)

    async def switch(self, survey_id: int, field: SurveyField, *, on: bool, by: Member, now: datetime) -> SurveyCard:
        """A choice of two: by person or by school, anonymous or not, late answers or none."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, begun = await self._changing(tx, survey_id, field, now)
            changed = refuse_telling(with_switched(looked.survey, field, on=on))
            if begun and field is SurveyField.ANONYMOUS and changed != looked.survey:
                raise Refusal("survey_keeping.begun-anonymous")
            await self._save(tx, looked, changed, field, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def ask(self, survey_id: int, change: AudienceChange, *, by: Member, now: datetime) -> SurveyCard:
        """Whom it asks is changed. Raises ``Refusal`` where a launched one would ask nobody."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, _ = await self._changing(tx, survey_id, SurveyField.AUDIENCE, now)
            refuse_over(looked.course)
            registry = await registry_rows.registry(tx)
            changed = replace(looked.survey, audience=change(looked.survey.audience, registry))
            if not changed.is_draft and not members(changed, registry):
                raise Refusal("survey_keeping.nobody")
            await self._save(tx, looked, changed, SurveyField.AUDIENCE, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def alter(
        self, survey_id: int, change: Callable[[Survey], Form], *, seen: int | None = None, by: Member, now: datetime
    ) -> SurveyCard:
        """Another form made of the one it has: any until somebody began, afterwards other words for the same questions.

        Raises ``Refusal``, also where the form was changed since it was ``seen``.
        """
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, begun = await self._changing(tx, survey_id, SurveyField.FORM, now)
            if seen not in (None, stamp(looked.survey, SurveyField.FORM)):
                raise Refusal("survey_keeping.changed-meanwhile")
            changed = with_form(looked.survey, change(looked.survey), begun=begun)
            await self._save(tx, looked, changed, SurveyField.FORM, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def poll(
        self, survey_id: int, change: Callable[[Survey], Survey], *, by: Member, now: datetime
    ) -> SurveyCard:
        """The question or the options of a quick poll, until it is sent."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked, _ = await self._changing(tx, survey_id, SurveyField.FORM, now)
            if not (looked.survey.is_poll and looked.survey.is_draft):
                raise Refusal("survey_poll.sent")
            await self._save(tx, looked, change(looked.survey), SurveyField.FORM, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def launch(self, survey_id: int, *, seen: int, by: Member, now: datetime) -> tuple[SurveyCard, int]:
        """«Запустить»; how many people are written to now (none where its first day is to come). Pressed twice it is
        launched once. Raises ``Refusal`` for one that is not ready, or not as it was ``seen``."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked = await look_at(tx, self._project, survey_id, now)
            told = 0
            if looked.survey.is_draft:
                if stamp(looked.survey) != seen:
                    raise Refusal("survey_keeping.changed-meanwhile")
                told = await self._launch(tx, looked, person_id, now)
            return await survey_card(tx, self._project, survey_id, by, now), told

    async def _launch(self, tx: Transaction, looked: Looked, person_id: int, now: datetime) -> int:
        opens = max(looked.survey.opens or looked.today, looked.today)
        survey = replace(looked.survey, is_draft=False, opens=opens)
        if looked.window is None:
            raise Refusal("survey_keeping.no-window")
        if looked.window.closes < looked.today:
            raise Refusal("survey_keeping.past-day", day=looked.window.closes, today=looked.today)
        if not members(survey, await registry_for(tx, survey)):
            raise Refusal("survey_keeping.nobody")
        await survey_rows.change(tx, survey)
        await outbox_rows.withdraw_days(tx)
        if opens == looked.today:
            return await open_now(tx, self._project, survey, by_id=person_id, now=now)
        await audit_rows.record(tx, now, person_id, Deed.SURVEY_OPENED, survey=survey.id, since=opens.isoformat())
        return 0

    async def close(self, survey_id: int, *, by: Member, now: datetime) -> SurveyCard:
        """«Закрыть сейчас»; closed twice it is closed once. Raises ``Refusal`` for one that is not open."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked = await look_at(tx, self._project, survey_id, now)
            if looked.course is Course.OPEN:
                await survey_rows.change(tx, replace(looked.survey, closed_at=now))
                await audit_rows.record(tx, now, person_id, Deed.SURVEY_CLOSED, survey=survey_id)
                await outbox_rows.withdraw_days(tx)
            elif looked.course not in (Course.GRACE, Course.CLOSED, Course.CANCELLED):
                raise Refusal("survey_keeping.not-open")
            return await survey_card(tx, self._project, survey_id, by, now)

    async def cancel(self, survey_id: int, *, by: Member, now: datetime) -> SurveyCard:
        """Nothing more is asked; what was answered stays. Of a draft see ``delete``."""
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            looked = await look_at(tx, self._project, survey_id, now)
            if looked.survey.is_draft:
                raise Refusal("survey_keeping.not-launched")
            if looked.course is not Course.CANCELLED:
                await survey_rows.change(tx, replace(looked.survey, cancelled_at=now))
                await audit_rows.record(tx, now, person_id, Deed.SURVEY_CANCELLED, survey=survey_id)
                await outbox_rows.withdraw_days(tx)
            return await survey_card(tx, self._project, survey_id, by, now)

    async def delete(self, survey_id: int, *, by: Member, now: datetime) -> None:
        """A draft is shown nowhere any more; its id is nobody else's. Deleted twice it is deleted once.

        Raises ``Refusal`` for what was launched.
        """
        person_id = require(by, Right.KEEP_SURVEYS)
        async with self._database.transaction() as tx:
            survey = (await look_at(tx, self._project, survey_id, now)).survey
            if not survey.is_draft:
                raise Refusal("survey_keeping.launched")
            if survey.cancelled_at is None:
                await survey_rows.change(tx, replace(survey, cancelled_at=now))
                await audit_rows.record(tx, now, person_id, Deed.SURVEY_DELETED, survey=survey_id)

    async def _changing(
        self, tx: Transaction, survey_id: int, field: SurveyField, now: datetime
    ) -> tuple[Looked, bool]:
        """A survey of which this field may be changed, and whether anybody has begun to answer it."""
        looked = await look_at(tx, self._project, survey_id, now)
        refuse_change(looked.survey, field)
        return looked, await is_begun(tx, looked.survey)

    async def _save(
        self, tx: Transaction, looked: Looked, changed: Survey, field: SurveyField, person_id: int, now: datetime
    ) -> None:
        """Kept, written down, and what waits to be said of it is composed anew; nothing where it is the same."""
        if changed == looked.survey:
            return
        await survey_rows.change(tx, changed)
        await audit_rows.record(tx, now, person_id, Deed.SURVEY_CHANGED, survey=changed.id, part=str(field))
        if not changed.is_draft:
            await outbox_rows.withdraw_days(tx)

    async def _move_end(self, tx: Transaction, looked: Looked, day: date, person_id: int, now: datetime) -> None:
        survey = looked.survey
        start = survey.opens or (None if looked.item is None else effective(looked.item).start)
        refuse_day(day, looked.today, opens=start, closes=day)
        same = looked.window is not None and looked.window.closes == day and survey.closed_at is None
        if same:
            return
        await move_end(tx, self._project, looked, day, person_id=person_id, now=now)
        if survey.is_draft:
            about = {"part": str(SurveyField.CLOSES)}
            await audit_rows.record(tx, now, person_id, Deed.SURVEY_CHANGED, survey=survey.id, **about)
        else:
            until = day.isoformat()
            await audit_rows.record(tx, now, person_id, Deed.SURVEY_EXTENDED, survey=survey.id, until=until)
