"""Values for the coordinator's surveys: of every course, external, anonymous, by schools, all at its longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.survey_card import KeptSurvey, SurveyCard, SurveyList
from actions.survey_form import FormLook, FormOffer
from actions.survey_look import Looked
from domain.form import Condition, Form, Option, Question, QuestionKind, minutes
from domain.form_change import FormChange, FormChangeKind, QuestionChange
from domain.people import Duty, Role
from domain.registry import Municipality, Registered, Registry, School
from domain.survey import Audience, Course, Party, Respondent, Survey, Window
from domain.survey_change import CODE_LIMIT, TITLE_LIMIT
from handlers.picking import label

if TYPE_CHECKING:
    from tests.texts.values import Mood

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2022, 3, 17)
AT = datetime(2022, 3, 10, 6, tzinfo=UTC)
WINDOW = Window(date(2022, 3, 10), date(2023, 3, 24))
_OPTIONS = 30


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Every survey of ``looks`` in every text."""
    for looked in looks(mood):
        for count in (0, 1, 40):
            if looked.window is not None or name != "moved":
                yield _of(looked, count, mood, name)


def _of(looked: Looked, count: int, mood: "Mood", name: str) -> dict[str, Any]:
    card = a_card(looked, count, mood)
    form, survey = looked.survey.form, looked.survey
    changes = [QuestionChange(one, 40, mood.text[:600]) for one in FormChangeKind] * 3
    change = FormChange(tuple(changes[:count]), heading=count > 1, keeps_answers=True)
    title = label(survey.title) if name == "button-copy-of" else survey.title
    return {
        "card": card, "survey": survey, "looked": looked, "item": looked.item, "title": title,
        "found": SurveyList((card.line,) * count, keeps=count != 1), "shown": (card.line,) * min(count, 5),
        "page": 1, "pages": 10, "question": form.questions[count % len(form.questions)], "mark": "○",
        "numbers": {one.id: number for number, one in enumerate(form.questions, 1)},
        "conditions": {one.id: form.questions[0] if one.when else None for one in form.questions},
        **({"shown": form.questions[:4]} if name == "tried" else {}),
        "limit": 5, "copies": count > 0, "wrong": [mood.text[:400]] * min(count, 12), "count": count,
        "offer": FormOffer(card, FormLook(form), change), "change": change, "changes": changes[:12][:count],
        "more": max(0, count - 12), "line": mood.text[:400], "one": changes[0], "told": count, "closes": WINDOW.closes,
        "start": WINDOW.opens if count else None, "opens": WINDOW.opens, "day": WINDOW.opens, "today": TODAY,
        "least": 0, "most": 10, "number": 40, "field": "title",
    }  # fmt: skip


@cache
def looks(mood: "Mood") -> tuple[Looked, ...]:
    """Surveys as they may stand: of every course, of an item or free, of people or schools, here or elsewhere."""
    return tuple(_looks(mood))


def _looks(mood: "Mood") -> Iterator[Looked]:
    item = mood.items[0].item
    for place, course in enumerate(Course):
        window = None if course is Course.UNPLANNED else WINDOW
        opened = AT if course in (Course.OPEN, Course.GRACE, Course.CLOSED) else None
        survey = a_survey(mood, is_draft=course is Course.DRAFT, opened_at=opened)
        if place % 2:
            survey = replace(survey, per_school=True, anonymous=True, target=90, takes_late=True, closes=WINDOW.closes)
        if course in (Course.OPEN, Course.DRAFT):
            yield Looked(_external(survey, mood), None, window, course, TODAY, ZONE)
        yield Looked(survey, item if place % 3 else None, window, course, TODAY, ZONE)


def _external(survey: Survey, mood: "Mood") -> Survey:
    return replace(survey, link=f"https://{mood.line}", code=mood.line[:CODE_LIMIT], reminders=0, opens=TODAY)


def a_survey(mood: "Mood", **more: Any) -> Survey:
    """One whose form has every kind of question, each as long as it may be."""
    audience = Audience(roles=frozenset({*Role} - {Role.COORDINATOR}), people=frozenset({1, 2}))
    audience = replace(audience, schools=frozenset(range(1, 41)), municipalities=frozenset({1}))
    return Survey(7, mood.text[:TITLE_LIMIT], a_form(mood), audience=audience, **more)


@cache
def a_form(mood: "Mood") -> Form:
    """Forty questions."""
    options = tuple(Option(str(one), mood.text[:100]) for one in range(_OPTIONS))
    questions = tuple(
        Question(
            f"q{number}",
            mood.text[:600],
            kind,
            required=bool(number % 2),
            hint=mood.text[:300],
            options=options if kind in (QuestionKind.ONE, QuestionKind.SEVERAL) else (),
            least=1 if number % 3 else None,
            most=10 if number % 3 else None,
            ends=(mood.line[:60], mood.line[:60]) if kind is QuestionKind.SCALE else ("", ""),
            when=Condition("q0", ("1",)) if number else None,
        )
        for number in range(40)
        for kind in [[*QuestionKind][number // 4]]
    )
    form = Form(mood.text[:100], questions, mood.text[:1000], mood.text[:1000])
    assert minutes(form) > 0
    return form


def a_card(looked: Looked, count: int, mood: "Mood") -> SurveyCard:
    """Seen by its keeper, or by whoever only watches."""
    homes = (Municipality(1, mood.line),)
    schools = tuple(School(one, mood.line, 1) for one in range(1, 41))
    person = Registered(1, mood.line, mood.line, (Duty(Role.SCHOOL, school_id=1),))
    registry = Registry(municipalities=homes, schools=schools, people=(person,))
    asked = tuple(Respondent(Party.PERSON, one) for one in range(count))
    line = KeptSurvey(looked, count // 2, count)
    return SurveyCard(line, registry, asked, begun=bool(count), keeps=count != 1, sees_results=count != 1)
