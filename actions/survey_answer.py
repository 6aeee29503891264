"""What surveys ask of the acting person: which wait, how they are entered, the word that one was passed elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from actions.form_sheet import Ref
from actions.project import Project
from actions.survey_filling import SURVEY, SurveyFilling
from actions.survey_look import Looked, looked
from domain.access import Right, require
from domain.people import Duty, Member
from domain.refusal import Refusal
from domain.registry import School, name_key
from domain.survey import Course, Party, Respondent, Survey, answers_for, schools_of
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Door:
    """A survey that somebody may enter. ``schools`` are those for which they may answer, where each answers once and
    there are several; ``answered`` is whether the answer of the one who is meant is there already."""

    looked: Looked
    ref: Ref
    schools: tuple[School, ...] = ()
    answered: bool = False


class SurveyAnswers:
    """Use cases of whoever is asked."""

    def __init__(self, database: Database, project: Project, filling: SurveyFilling) -> None:
        self._database = database
        self._project = project
        self._filling = filling

    async def waiting(self, *, by: Member, now: datetime) -> list[Looked]:
        """The open surveys that wait for the acting person's answer, what ends first comes first."""
        person_id = require(by, Right.ANSWER_SURVEY)
        async with self._database.read() as tx:
            return await waiting_for(tx, self._project, person_id, by.duties, now)

    async def enter(self, survey_id: int, who: int, *, by: Member, now: datetime) -> Door:
        """The way into a survey. Raises ``Refusal`` for whoever is not asked."""
        require(by, Right.ANSWER_SURVEY)
        async with self._database.read() as tx:
            survey = await survey_rows.get(tx, survey_id)
            if survey is None:
                raise Refusal("survey.gone")
            schools = await _schools(tx, survey, by) if survey.per_school and not who else []
            if len(schools) > 1:
                found = await looked(tx, self._project, survey, now)
                return Door(found, Ref(SURVEY, survey_id), tuple(schools))
            ref = Ref(SURVEY, survey_id, schools[0].id if schools else who)
            found, part = await self._filling.asked(tx, ref, by, now)
            return Door(found, ref, answered=part.answered_on is not None)

    async def passed(self, survey_id: int, who: int, code: str, *, by: Member, now: datetime) -> Door:
        """«Прошёл(ла)» of a survey elsewhere, with the code of its last page where it shows one; said twice it is once.

        Raises ``Refusal`` for another code, and when nobody is asked (any more).
        """
        async with self._database.transaction() as tx:
            ref = Ref(SURVEY, survey_id, who)
            found, part = await self._filling.asked(tx, ref, by, now)
            survey = found.survey
            if not survey.is_external:
                raise Refusal("survey.not-external")
            if found.course is not Course.OPEN and not (survey.accepts_late and found.course.is_over):
                raise Refusal("survey.closed", closes=found.closed_on, is_sent=False)
            if survey.code and name_key(code) != name_key(survey.code):
                raise Refusal("survey.wrong-code")
            await self._filling.answered(tx, found, part, by, now)
            return Door(found, ref, answered=True)


async def waiting_for(
    tx: Transaction, project: Project, person_id: int, duties: Collection[Duty], now: datetime
) -> list[Looked]:
    """The open surveys that wait for somebody's answer; of those they are asked by the clock already."""
    own = [Respondent(Party.PERSON, person_id), *(Respondent(Party.SCHOOL, one) for one in schools_of(duties))]
    found = []
    for survey in await survey_rows.waiting_for(tx, own):
        here = await looked(tx, project, survey, now)
        if here.asks:
            found.append(here)
    return sorted(found, key=lambda one: (one.window.closes if one.window else one.today, one.survey.id))


async def _schools(tx: Transaction, survey: Survey, by: Member) -> list[School]:
    """The schools for which somebody may answer."""
    registry = await registry_rows.registry(tx)
    parts = [one.respondent for one in await survey_rows.parts(tx, survey.id) if one.left_on is None]
    own = answers_for(survey, by.person_id or 0, by.duties, parts)
    return [school for one in own if (school := registry.school(one.id)) is not None]
