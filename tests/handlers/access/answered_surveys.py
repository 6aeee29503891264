"""Surveys that ask everybody: by name, by schools, elsewhere and anonymously, with secrets in what was answered."""

from dataclasses import dataclass

from actions.form_sheet import Page, Ref
from actions.happening_filling import HELD
from actions.survey_filling import SURVEY, SurveyFilling
from bot.core import Core
from domain.access import Right, may, reach
from domain.form import Form, Question, QuestionKind
from domain.people import Member
from domain.registry import School
from domain.survey import Party, Respondent, Survey, schools_of
from storage import survey as survey_rows
from storage.secret import SecretFile
from tests.actions.surveyed import a_survey
from tests.handlers.access.work import MaySee
from tests.handlers.opening import NOON

SENT, BEGUN, HIDDEN = "Хризолит-ответ", "Циркон-ответ", "Агатов-ответ"
"""What the director of school «Б» sent by name, wrote for the school and has not sent, and sent anonymously."""
CODE = "Нефрит-код"
"""What the last page elsewhere shows to whoever has passed it."""
OTHER_PURPOSE = "visit"
"""A feature whose forms are not filled in yet."""
HELD_ITEMS = ("24", "15", "16")
"""Items that count what was held, by each municipality and by the University; and one that is confirmed."""
_WORDS = Form(
    "Слова", (Question("words", "Что скажете?", QuestionKind.TEXT), Question("more", "Ещё?", QuestionKind.TEXT))
)


@dataclass(frozen=True)
class Answered:
    """The surveys, and person id → the keys under which their answers lie."""

    by_name: int
    by_school: int
    elsewhere: int
    anonymous: int
    waiting: int
    marks: dict[int, frozenset[str]]

    def forms(self, draft: str, schools: tuple[School, School]) -> dict[str, tuple[str, ...]]:
        """What is filled in, for whom: of each kind, of a draft, and what is no survey at all."""
        own, other = (str(one.id) for one in schools)
        named = str(self.by_name)
        cases = (
            (SURVEY, named, "0"),
            (SURVEY, str(self.by_school), other),
            (SURVEY, str(self.by_school), own),
            (SURVEY, str(self.by_school), "0"),
            (SURVEY, str(self.elsewhere), "0"),
            (SURVEY, str(self.anonymous), "0"),
            (SURVEY, draft, "0"),
            (OTHER_PURPOSE, named, "0"),
            *((HELD, item, "0") for item in HELD_ITEMS),
        )
        purposes, forms, who = zip(*cases, strict=True)
        answered = (named, *(str(one) for one in (self.by_school, self.elsewhere, self.anonymous)), draft)
        return {"purpose": purposes, "form": forms, "who": who, "answered": answered, "waiting": (str(self.waiting),)}


async def answered(core: Core, marina: Member, members: dict[str, Member], running: int) -> Answered:
    """The running one and three more are open; the director of school «Б» has answered some."""
    by_school = await a_survey(core, _WORDS, per_school=True)
    elsewhere = await a_survey(core, _WORDS, link="https://forms.example/1", code=CODE)
    anonymous = await a_survey(core, _WORDS, anonymous=True)
    await core.survey_course.run(NOON)
    director = members["director of Б"]
    (school,) = schools_of(director.duties)
    await _answers(core, Ref(SURVEY, running), SENT, director)
    await core.forms.type(Ref(SURVEY, by_school.id, school), BEGUN, by=director, now=NOON)
    await _answers(core, Ref(SURVEY, anonymous.id), HIDDEN, director)
    waiting = (await core.survey_reminders.look(running, by=marina, now=NOON)).reached
    async with core.database.read() as tx:
        every = [one for one in [await survey_rows.get(tx, survey) for survey in range(1, anonymous.id + 1)] if one]
    filling = SurveyFilling(core.project, SecretFile(core.settings.anonymity_file))
    marks = {one.person_id: _marks(filling, every, one) for one in members.values() if one.person_id is not None}
    return Answered(running, by_school.id, elsewhere.id, anonymous.id, waiting, marks)


async def _answers(core: Core, ref: Ref, word: str, by: Member) -> None:
    """Everything is answered, texts by this word, and sent."""
    page = await core.forms.open(ref, by=by, now=NOON)
    while isinstance(page, Page) and (question := page.question) is not None:
        match question.kind:
            case QuestionKind.TEXT:
                found = await core.forms.type(ref, word, by=by, now=NOON)
            case QuestionKind.SEVERAL:
                await core.forms.press(ref, question.id, question.options[0].id, by=by, now=NOON)
                found = await core.forms.finish(ref, question.id, by=by, now=NOON)
            case QuestionKind.SCALE:
                found = await core.forms.press(ref, question.id, "4", by=by, now=NOON)
            case _:
                found = await core.forms.press(ref, question.id, question.options[0].id, by=by, now=NOON)
        assert isinstance(found, Page)
        page = found
    await core.forms.send(ref, by=by, now=NOON)


def secrets(director: Member) -> dict[str, MaySee]:
    """Each word with those who may read it: what is not sent, and what is anonymous, its author alone."""

    def is_author(member: Member) -> bool:
        return member.person_id == director.person_id

    def sees_all(member: Member) -> bool:
        return may(member, Right.SEE_SURVEYS) and reach(member, Right.SEE_SURVEYS).everything

    return {
        SENT: lambda member: is_author(member) or sees_all(member),
        BEGUN: is_author,
        HIDDEN: is_author,
        CODE: lambda member: may(member, Right.KEEP_SURVEYS),
    }


def _marks(filling: SurveyFilling, surveys: list[Survey], member: Member) -> frozenset[str]:
    """Of themselves, named and anonymous, and of their schools."""
    own = [Respondent(Party.PERSON, member.person_id or 0)]
    own += [Respondent(Party.SCHOOL, one) for one in schools_of(member.duties)]
    return frozenset(filling.mark(survey, one) for survey in surveys for one in own)
