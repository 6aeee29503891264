"""A survey among a school's team, for the tests of answering and of its course."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core import Core
from domain.form import Condition, Form, Option, Question, QuestionKind
from domain.people import Duty, Member, Role
from domain.survey import Survey
from storage import survey as survey_rows
from tests.people import Somebody, a_school, enrolled, msk

CLEAR = Question("clear", "Понятно ли, что делать школе?", QuestionKind.SCALE, least=1, most=5)
HELP = Question(
    "help",
    "Что помогло?",
    QuestionKind.SEVERAL,
    options=(Option("curator", "Куратор"), Option("seminar", "Семинары"), Option("papers", "Методички")),
    most=2,
)
HARD = Question("hard", "Было ли трудно?", QuestionKind.YES_NO)
WHY = Question("why", "Что именно?", QuestionKind.TEXT, length=200, when=Condition("hard", ("yes",)))
DAY = Question("day", "Когда приезжал куратор?", QuestionKind.DATE, required=False)
COUNT = Question("count", "Сколько было встреч?", QuestionKind.NUMBER, least=0, most=100)
FORM = Form("Как идёт работа", (CLEAR, HELP, HARD, WHY, DAY, COUNT), thanks="Спасибо, что нашли время.")
SHORT = Form("Коротко", (CLEAR, HARD))


async def a_survey(core: Core, form: Form = FORM, **more: Any) -> Survey:
    """One that runs from 10 to 24 March, for all participants unless told; the clock moves it."""
    values: dict[str, Any] = {"opens": date(2022, 3, 10), "closes": date(2022, 3, 24)}
    made = Survey(0, form.title, form, **values | more)
    async with core.database.transaction() as tx:
        return await survey_rows.add(tx, made, None, msk("2022-03-01 12:00"))


async def again(core: Core, survey: Survey) -> Survey:
    """As it is kept now."""
    async with core.database.read() as tx:
        found = await survey_rows.get(tx, survey.id)
    assert found is not None
    return found


async def change(core: Core, survey: Survey, **values: Any) -> None:
    """Somebody changed it."""
    async with core.database.transaction() as tx:
        await survey_rows.change(tx, replace(await again(core, survey), **values))


async def a_team(core: Core, *who: Somebody, school: str = "Школа № 7") -> list[Member]:
    """They are of one school, the first one responsible; all have come in."""
    place, now = await a_school(core, school), msk("2022-03-01 12:00")
    return [
        await enrolled(core, one, Duty(Role.SCHOOL, place, responsible=number == 0), now=now)
        for number, one in enumerate(who)
    ]
