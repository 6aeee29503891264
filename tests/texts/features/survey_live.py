"""Values for how surveys go: every course, lists empty, short and long, names at their longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from actions.survey_look import Looked
from actions.survey_results import Live, NotAnswered, SurveyFile
from domain.calendar import WorkCalendar
from domain.contact import Contact
from domain.form import Form, Option, Question, QuestionKind
from domain.indicator import Indicator, within
from domain.indicator_count import Count, Measure
from domain.people import Role
from domain.survey import Course, Party, Respondent, Survey, Window
from domain.survey_count import Group, Portion, Silence, Split
from domain.survey_waiting import Waiting

if TYPE_CHECKING:
    from tests.texts.values import Mood

TODAY = date(2022, 3, 17)
WINDOW = Window(date(2022, 3, 10), date(2022, 3, 24))


def form(mood: "Mood") -> Form:
    options = tuple(Option(str(place), (mood.line * 2)[:100]) for place in range(30))
    return Form(mood.line[:100], (Question("one", mood.text[:600], QuestionKind.ONE, options=options),))


def seen(mood: "Mood", course: Course = Course.OPEN, *, anonymous: bool = False) -> Looked:
    survey = Survey(7, mood.line, form(mood), anonymous=anonymous)
    window = None if course in (Course.DRAFT, Course.UNPLANNED) else WINDOW
    return Looked(survey, mood.items[15].item, window, course, TODAY, ZoneInfo("Europe/Moscow"))


def number(done: int, target: int | None) -> Indicator:
    days = (date(2022, 3, 11),) * done
    counted = Count(done, 300, None if target is None else 270, days, measure=Measure.PARTICIPANTS)
    return within(counted, WINDOW.opens, WINDOW.closes, target, today=TODAY, calendar=WorkCalendar(), is_closed=False)


def somebody(mood: "Mood", place: int) -> Waiting:
    """The fullest line, and thinner ones."""
    contact = Contact(mood.line, mood.line, mood.line)
    groups = (Group(1, mood.line, mood.line), Group(2, mood.line), Group(role=Role.CURATOR), Group())
    party = Party.SCHOOL if place % 4 == 3 else Party.PERSON
    return Waiting(
        Respondent(party, place),
        mood.line,
        mood.line if place % 2 == 0 else "",
        (Role.SCHOOL, Role.CURATOR),
        groups[place % 4 :],
        (True, False, None)[place % 3],
        (*Silence, None)[place % 5],
        (21, 0, 1, 2, 5)[place % 5],
        (contact,) * (2 - place % 3),
    )


def values(name: str, mood: "Mood") -> Iterator[dict[str, Any]]:
    """Of a line everybody; of a screen every course and every length."""
    for place in range(20):
        one = somebody(mood, place)
        said = {
            "one": one,
            "group": (*one.places, Group())[0],
            "contact": Contact(mood.line, "", mood.line),
            "room": 40,
        }
        fullest = replace(somebody(mood, 0), began=True, silence=Silence.GONE)
        course = [*Course][place % len(Course)]
        looked = seen(mood, course, anonymous=place % 2 == 1)
        homes = (mood.line,) * (place % 3)
        target = 90 if place % 2 == 0 else None
        groups = [Group(1, mood.line, mood.line), Group(2, mood.line), Group(role=Role.MUNICIPAL), Group()]
        portions = [Portion(group, Count(place, 21, None)) for group in groups * 3][: place % 11]
        indicator = number(place * 15, target)
        live = Live(looked, indicator, (None, 0, 12)[place % 3], place, {Split.SCHOOL: tuple(portions)}, homes, True)
        people = (fullest,) * (0, 1, 7)[place % 3]
        missing = NotAnswered(looked, people * 9, homes)
        yield said | {
            "live": live,
            "number": indicator,
            "looked": looked,
            "survey": looked.survey,
            "item": looked.item if place % 2 else None,
            "today": TODAY,
            "split": [*Split][place % 3],
            "portions": portions,
            "missing": missing,
            "people": people,
            "total": len(missing.people),
            "pages": 9,
            "page": 1,
            "began": place % 2 == 0,
            "file": SurveyFile(looked, b"", 300),
        }
