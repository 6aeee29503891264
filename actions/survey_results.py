"""How surveys go and what was answered: live numbers, who has not answered, results, charts, files, comparison."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project
from actions.survey_look import Looked, looked
from actions.survey_sight import Answered, Sight, answered, sight, too_few
from domain.access import Right, reach, require
from domain.audit import Deed
from domain.contact import Phonebook
from domain.indicator import Indicator
from domain.leave import deputies
from domain.people import Member
from domain.refusal import Refusal
from domain.registry import Registry, called
from domain.survey import Party, Respondent, Survey, named_mark
from domain.survey_comparison import Comparison, compare, shared
from domain.survey_count import Places, Portion, Silence, Split, portions, silent
from domain.survey_result import QuestionResult, results
from domain.survey_waiting import Known, Waiting, waiting
from reports.survey_chart import charts
from reports.survey_xlsx import AnswerRow, answers_workbook, phone_workbook
from storage import audit as audit_rows
from storage import form_run as run_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction

SIDE_BY_SIDE = 3
"""Surveys that can be compared at once: more do not fit on a phone."""


@dataclass(frozen=True, slots=True)
class Live:
    """How a survey goes among those whom the viewer sees. ``began`` is ``None`` where nobody may know, ``silent`` is
    how many cannot be written to. ``homes`` are the municipalities where that is not the whole region."""

    looked: Looked
    number: Indicator
    began: int | None
    silent: int
    portions: Mapping[Split, tuple[Portion, ...]]
    homes: tuple[str, ...]
    sees_results: bool


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Who has not answered, by places and names."""

    looked: Looked
    people: tuple[Waiting, ...]
    homes: tuple[str, ...]

    @property
    def silent(self) -> int:
        """How many of them cannot be written to."""
        return sum(one.silence is not None for one in self.people)


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What was answered to each question, by how many."""

    looked: Looked
    count: int
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """An XLSX about a survey: ``count`` is its rows."""

    looked: Looked
    content: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Surveys side by side, the one that began first comes first."""

    sides: tuple[SurveyResult, ...]
    comparison: Comparison


class SurveyResults:
    """Use cases of whoever sees surveys; nothing is kept, every number is counted anew."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def live(self, survey_id: int, *, by: Member, now: datetime) -> Live:
        """The share of those who should answer, by municipality, school and role; the viewer's own municipality where
        they see no more. Raises ``Refusal`` where there is nothing that they may see."""
        seen = reach(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, survey_id, by, now)
            mute = await _silent(tx, found)
        broken = {
            split: tuple(portions(found.asked, split, found.places, found.looked.target))
            for split in _splits(found.looked.survey, everything=seen.everything)
        }
        began = None if found.began is None else len(found.began)
        return Live(found.looked, found.number, began, len(mute), broken, found.homes, seen.everything)

    async def missing(self, survey_id: int, *, by: Member, now: datetime) -> NotAnswered:
        """Who has not answered, with whom to phone and how often they were reminded. Raises ``Refusal`` as ``live``."""
        require(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, survey_id, by, now)
            return NotAnswered(found.looked, tuple(await _waiting(tx, found)), found.homes)

    async def phone_list(self, survey_id: int, *, by: Member, now: datetime) -> SurveyFile:
        """The same as an XLSX; that it was made is written down. Raises ``Refusal`` where everybody has answered."""
        by_id = require(by, Right.SEE_SURVEYS)
        found = await self.missing(survey_id, by=by, now=now)
        if not found.people:
            raise Refusal("survey_live.nobody")
        content = await asyncio.to_thread(phone_workbook, found.people, self._project.texts)
        await self._exported(survey_id, by_id, len(found.people), now)
        return SurveyFile(found.looked, content, len(found.people))

    async def results(self, survey_id: int, *, by: Member, now: datetime) -> SurveyResult:
        """What was answered to each question; of an anonymous survey only from so many answers on that nobody can guess
        whose they are. Raises ``Refusal`` for whoever does not see everything, and where there is nothing to show."""
        require(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            return await _result(tx, self._project, survey_id, by, now)

    async def charts(self, survey_id: int, *, by: Member, now: datetime) -> tuple[SurveyResult, list[bytes]]:
        """The same as pictures. Raises ``Refusal`` also where no question has anything to draw."""
        found = await self.results(survey_id, by=by, now=now)
        pictures = await asyncio.to_thread(charts, found.looked.survey.title, found.questions, self._project.texts)
        if not pictures:
            raise Refusal("survey_results.no-charts")
        return found, pictures

    async def workbook(self, survey_id: int, *, by: Member, now: datetime) -> SurveyFile:
        """All answers and a summary as an XLSX, without people where they are anonymous; that it was made is written
        down. Raises ``Refusal`` as ``results``."""
        by_id = require(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            found = await answered(tx, self._project, survey_id, by, now)
            registry = await registry_rows.registry(tx)
            rows = await _rows(tx, found, registry)
        names = {one.id: one.name for one in registry.schools}
        survey = found.looked.survey
        summary = _results(found, names)
        content = await asyncio.to_thread(answers_workbook, survey, rows, summary, names, self._project.texts)
        await self._exported(survey_id, by_id, len(rows), now)
        return SurveyFile(found.looked, content, len(rows))

    async def comparable(self, survey_id: int, *, by: Member, now: datetime) -> tuple[Looked, list[Looked]]:
        """A survey, and those with answers that share questions with it, the newest first. Raises ``Refusal`` as
        ``results``."""
        require(by, Right.SEE_SURVEYS)
        async with self._database.read() as tx:
            first = (await answered(tx, self._project, survey_id, by, now)).looked
            own = first.survey
            found = []
            for survey in reversed(await survey_rows.all_surveys(tx)):
                if survey.id == own.id or survey.is_draft or survey.is_external or not shared(own.form, survey.form):
                    continue
                here = await looked(tx, self._project, survey, now)
                count = len(await run_rows.sent(tx, survey.about))
                if count and not too_few(here, count):
                    found.append(here)
        return first, found

    async def compare(self, survey_ids: Collection[int], *, by: Member, now: datetime) -> Compared:
        """Two or three surveys side by side. Raises ``Refusal`` as ``results``, and for fewer, or where they share no
        question."""
        require(by, Right.SEE_SURVEYS)
        wanted = sorted(set(survey_ids))[:SIDE_BY_SIDE]
        async with self._database.read() as tx:
            sides = [await _result(tx, self._project, one, by, now) for one in wanted]
        sides.sort(key=lambda one: date.max if one.looked.window is None else one.looked.window.opens)
        comparison = compare([one.questions for one in sides])
        if not comparison.questions:
            raise Refusal("survey_results.not-comparable")
        return Compared(tuple(sides), comparison)

    async def _exported(self, survey_id: int, by_id: int, count: int, now: datetime) -> None:
        """Reading keeps no writer waiting, so it is a transaction of its own."""
        async with self._database.transaction() as tx:
            await audit_rows.record(tx, now, by_id, Deed.SURVEY_EXPORTED, survey=survey_id, count=count)


def _splits(survey: Survey, *, everything: bool) -> list[Split]:
    """By what it makes sense to break it down."""
    roles = [] if survey.per_school else [Split.ROLE]
    return [*([Split.HOME] if everything else []), Split.SCHOOL, *roles]


async def _silent(tx: Transaction, found: Sight) -> dict[Respondent, Silence]:
    return silent(found.asked, found.registry, await registry_rows.blocked_people(tx))


async def _waiting(tx: Transaction, found: Sight) -> list[Waiting]:
    survey, registry = found.looked.survey, found.registry
    said = (await survey_rows.times_said(tx, [survey.id])).get(survey.id, {})
    known = Known(found.began, await _silent(tx, found), {one: times for one, (_, times) in said.items()})
    book = Phonebook(registry, deputies(await people_rows.stand_ins(tx, found.looked.today), found.looked.today))
    gone = await _names_of_gone(tx, registry, found.asked)
    return waiting(found.asked, found.places, registry, book, known, gone)


async def _names_of_gone(tx: Transaction, registry: Registry, asked: Collection[Respondent]) -> dict[int, str]:
    """The names of people who are not in the registry any more; empty where they were erased."""
    known = {one.id for one in registry.people}
    gone = [one.id for one in asked if one.party is Party.PERSON and one.id not in known]
    return {one: await people_rows.name_of(tx, one) for one in gone}


async def _result(tx: Transaction, project: Project, survey_id: int, by: Member, now: datetime) -> SurveyResult:
    found = await answered(tx, project, survey_id, by, now)
    names = {one.id: one.name for one in (await registry_rows.registry(tx)).schools}
    return SurveyResult(found.looked, len(found.runs), tuple(_results(found, names)))


def _results(found: Answered, names: Mapping[int, str]) -> list[QuestionResult]:
    """Of an anonymous survey each question's texts are in an order of their own: nothing tells which were written by
    one person."""
    survey = found.looked.survey
    counted = results(survey.form, [one.answers for one in found.runs], names)
    return [one.sorted_texts() for one in counted] if survey.anonymous else counted


async def _rows(tx: Transaction, found: Answered, registry: Registry) -> list[AnswerRow]:
    """A row for each answer: of an anonymous survey nothing but what was answered."""
    survey = found.looked.survey
    if survey.anonymous:
        return [AnswerRow(one.answers) for one in found.runs]
    parts = await survey_rows.parts(tx, survey.id)
    known = {named_mark(survey, one.respondent): one for one in parts}
    gone = await _names_of_gone(tx, registry, [one.respondent for one in parts])
    places = Places(survey, registry)
    rows = []
    for run in found.runs:
        part = known.get(run.mark)
        if part is None:
            rows.append(AnswerRow(run.answers))
            continue
        who = part.respondent
        row = AnswerRow(run.answers, _called(who, registry, gone), _roles(places, who), part.answered_on)
        rows.append(row.at(places.groups(who, Split.SCHOOL)))
    return rows


def _called(who: Respondent, registry: Registry, gone: Mapping[int, str]) -> str:
    if who.party is Party.SCHOOL:
        return ""
    person = registry.person(who.id)
    return called(gone.get(who.id, "") if person is None else person.name, who.id)


def _roles(places: Places, who: Respondent) -> Sequence[str]:
    return sorted({duty.role for duty in places.duties(who)})
