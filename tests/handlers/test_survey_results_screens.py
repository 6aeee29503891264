"""«Как идёт», «Кто не ответил» and «Результаты» as they are seen and pressed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.form import Form, Question, QuestionKind, Value
from domain.people import Account, Duty, Role
from domain.survey import Party, Respondent, Survey, named_mark
from rehearsal.pressing import Answer
from storage import form_run as run_rows
from storage import registry as registry_rows
from storage import survey as survey_rows
from storage.form_run import Run
from tests.actions.surveyed import CLEAR, FORM, HELP, SHORT, a_survey, change
from tests.handlers.desk import Desk, enters
from tests.people import Look, Somebody, enrolled, registered

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
GALINA = Somebody("Галина Юрьева", Account("telegram", 500_000_021))


@pytest.fixture
async def asked(desk: Desk, seven: int) -> Desk:
    """Olga's school has eight teachers besides her who have not come in; Igor is its curator."""
    now = desk.world.clock()
    for number in range(1, 9):
        await registered(desk.app.core, f"Учитель {number}", Duty(Role.SCHOOL, seven), now=now)
    return desk


async def run(desk: Desk, form: Form = SHORT, **more: Any) -> Survey:
    """Open from 10 March on, everybody asked."""
    values = {"target": 90} | more
    survey = await a_survey(desk.app.core, form, **values)
    core, today = desk.app.core, date(2022, 3, 10)
    async with core.database.transaction() as tx:
        opened = replace(survey, opened_at=desk.world.clock())
        await survey_rows.change(tx, opened)
        registry = await registry_rows.registry(tx)
        people = [one.id for one in registry.people if any(duty.role is not Role.COORDINATOR for duty in one.duties)]
        await survey_rows.ask(tx, survey.id, [Respondent(Party.PERSON, one) for one in people], today)
    return opened


async def answers(desk: Desk, survey: Survey, name: str, values: dict[str, Value], *, is_sent: bool = True) -> None:
    core = desk.app.core
    async with core.database.transaction() as tx:
        person = next(one for one in (await registry_rows.registry(tx)).people if one.name == name)
        who = Respondent(Party.PERSON, person.id)
        mark = f"anonymous:{name}" if survey.anonymous else named_mark(survey, who)
        about = (None, None) if survey.anonymous else (person.id, desk.world.clock())
        await run_rows.put(tx, Run(mark, survey.about, values, None, None, is_sent, *about))
        if is_sent:
            await survey_rows.answered(tx, survey.id, who, date(2022, 3, 10))


async def six_answer(desk: Desk, survey: Survey) -> None:
    for number in range(1, 7):
        await answers(desk, survey, f"Учитель {number}", {"clear": number % 5 + 1, "hard": number < 3})


def shown(desk: Desk) -> tuple[str, list[str]]:
    message = desk.said(desk.marina)
    return message.text.replace("\u00a0", " "), message.buttons


async def test_how_it_goes_with_what_is_left_and_the_pace(asked: Desk) -> None:
    survey = await run(asked)
    await six_answer(asked, survey)
    await answers(asked, survey, "Учитель 7", {"clear": 1}, is_sent=False)
    await asked.forges(asked.marina, f"svlive:{survey.id}")
    text, buttons = shown(asked)
    assert text == (
        "Коротко\n"
        "⏳ 60 % из 90 %, не хватает 3 ответов, осталось 10 рабочих дней; при нынешнем темпе 90 % будет 11 марта, пт\n"
        "\n"
        "Ответили: 6 из 10\n"
        "Начали и не отправили: 1\n"
        "Боту некому написать: 8. Их тоже ждём: позвоните им."
    )
    assert buttons == ["По муниципалитетам", "По школам", "По ролям", "Кто не ответил", "Результаты", "К опросу"]


async def test_by_places_and_roles(asked: Desk) -> None:
    survey = await run(asked)
    await six_answer(asked, survey)
    await asked.forges(asked.marina, f"svlive:{survey.id}")
    await asked.presses(asked.marina, "По школам")
    text, buttons = shown(asked)
    assert text == "Коротко\nПо школам: 1\n\n• Школа № 7 (Южский район) — 6 из 10, 60 %"
    assert buttons == ["Как идёт", "К опросу"]
    await asked.presses(asked.marina, "Как идёт")
    await asked.presses(asked.marina, "По ролям")
    assert shown(asked)[0].split("\n")[3:] == ["• куратор — 0 из 1, 0 %", "• команда школы — 6 из 9, 66 %"]
    await asked.presses(asked.marina, "Как идёт")
    await asked.presses(asked.marina, "По муниципалитетам")
    assert shown(asked)[0].split("\n")[3:] == ["• Южский район — 6 из 10, 60 %"]


async def test_who_has_not_answered_page_by_page_and_as_a_list(asked: Desk, look: Look) -> None:
    survey = await run(asked)
    await answers(asked, survey, "Учитель 7", {"clear": 1}, is_sent=False)
    await asked.forges(asked.marina, f"svlive:{survey.id}")
    await asked.presses(asked.marina, "Кто не ответил")
    text, buttons = shown(asked)
    assert text.split("\n")[:5] == [
        "Коротко",
        "Не ответили: 10, из них боту некому написать: 8. Страница 1 из 2",
        "",
        "• Игорь Прохожий — Школа № 7",
        "• Ольга Лебедева — Школа № 7",
    ]
    assert "• Учитель 1 — Школа № 7; ещё не входили; связь: Ольга Лебедева" in text
    assert buttons == ["Дальше ›", "Список для обзвона", "К опросу"]
    await asked.presses(asked.marina, "Дальше ›")
    assert "• Учитель 7 — Школа № 7; начато, не отправлено; ещё не входили" in shown(asked)[0]
    assert await asked.presses(asked.marina, "Список для обзвона") == Answer("Файл ниже.")
    assert asked.said(asked.marina).text.startswith("Коротко\nНе ответили: 10.")
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'survey-exported'") == [(1,)]


async def test_everybody_has_answered(asked: Desk) -> None:
    survey = await run(asked)
    for name in (*(f"Учитель {number}" for number in range(1, 9)), "Ольга Лебедева", "Игорь Прохожий"):
        await answers(asked, survey, name, {"clear": 5, "hard": False})
    await asked.forges(asked.marina, f"svwho:{survey.id}:0")
    assert shown(asked) == ("Коротко\n✅ Ответили все.", ["К опросу"])
    await asked.forges(asked.marina, f"svlive:{survey.id}")
    assert shown(asked)[0].split("\n")[1] == "✅ 100 % из 90 %, осталось 10 рабочих дней"


async def test_results_question_by_question(asked: Desk) -> None:
    survey = await run(asked, FORM)
    why: dict[str, Value] = {"hard": True, "why": "Много отчётов"}
    await answers(asked, survey, "Учитель 1", {"clear": 5, "help": ("curator", "papers"), "count": 3, **why})
    await answers(asked, survey, "Учитель 2", {"clear": 4, "help": ("curator",), "hard": False, "count": 4})
    await asked.forges(asked.marina, f"svres:{survey.id}:0")
    text, buttons = shown(asked)
    assert text == (
        "Как идёт работа\n"
        "Ответов: 2. Опрос ещё идёт. Страница 1 из 3\n"
        "\n"
        "1. Понятно ли, что делать школе?\n"
        "Ответили: 2; в среднем 4,5, медиана 4,5\n"
        "• 1 — 0 (0 %)\n• 2 — 0 (0 %)\n• 3 — 0 (0 %)\n• 4 — 1 (50 %)\n• 5 — 1 (50 %)\n"
        "\n"
        "2. Что помогло?\n"
        "Ответили: 2\n"
        "• Куратор — 2 (100 %)\n• Семинары — 0 (0 %)\n• Методички — 1 (50 %)"
    )
    assert buttons == ["Дальше ›", "Диаграммы", "Скачать XLSX", "Сравнить", "К опросу"]
    await asked.presses(asked.marina, "Дальше ›")
    assert shown(asked)[0].split("\n")[3:] == [
        "3. Было ли трудно?",
        "Ответили: 2",
        "• да — 1 (50 %)",
        "• нет — 1 (50 %)",
        "",
        "4. Что именно?",
        "Ответили: 1, не спрашивали: 1",
        "— Много отчётов",
    ]
    await asked.presses(asked.marina, "Все ответы: вопрос 4")
    assert shown(asked) == (
        "Как идёт работа\n4. Что именно?\n1 ответ\n\n— Много отчётов",
        ["Результаты", "К опросу"],
    )


async def test_long_answers_are_read_whole_page_by_page(asked: Desk) -> None:
    survey = await run(asked, Form("Слова", (Question("why", "Почему?", QuestionKind.TEXT),)))
    for number in (1, 2):
        await answers(asked, survey, f"Учитель {number}", {"why": "&<" * 2000})
    await asked.forges(asked.marina, f"svtext:{survey.id}:why:0")
    read, pages = 0, 0
    while True:
        read += shown(asked)[0].count("&<")
        pages += 1
        if "Дальше ›" not in shown(asked)[1]:
            break
        await asked.presses(asked.marina, "Дальше ›")
    assert (read, pages > 2) == (4000, True)
    gone = await asked.forges(asked.marina, f"svtext:{survey.id}:clear:0")
    assert gone.alert


async def test_charts_and_the_file_come_in_private(asked: Desk) -> None:
    survey = await run(asked)
    await six_answer(asked, survey)
    await asked.forges(asked.marina, f"svres:{survey.id}:0")
    assert await asked.presses(asked.marina, "Диаграммы") == Answer("Диаграммы ниже.")
    picture = asked.said(asked.marina)
    assert (picture.media is not None and picture.media.kind, picture.text) == ("photo", "Коротко\nОтветов: 6")
    await asked.forges(asked.marina, f"svres:{survey.id}:0")
    assert await asked.presses(asked.marina, "Скачать XLSX") == Answer("Файл ниже.")
    assert "В файле имена и ответы" in asked.said(asked.marina).text


async def test_several_pictures_come_as_an_album(asked: Desk) -> None:
    survey = await run(
        asked, Form("Много", tuple(Question(f"q{n}", f"Вопрос {n}", QuestionKind.SCALE) for n in range(5)))
    )
    await answers(asked, survey, "Учитель 1", {f"q{n}": 5 for n in range(5)})
    assert await asked.forges(asked.marina, f"svchart:{survey.id}") == Answer("Диаграммы ниже.")
    pictures = [one for one in asked.marina.messages(asked.marina.private()) if one.media is not None]
    assert [one.media.kind for one in pictures if one.media] == ["photo"] * 3
    assert [one.text.replace("\u00a0", " ") for one in pictures] == ["Много\nОтветов: 1, 3 картинки", "", ""]


async def test_too_few_anonymous_answers_are_not_shown(asked: Desk) -> None:
    survey = await run(asked, anonymous=True)
    early = await asked.forges(asked.marina, f"svres:{survey.id}:0")
    assert early.text.startswith("Ответы анонимного опроса «Коротко» откроются, когда он закончится")
    await change(asked.app.core, survey, ended_at=asked.world.clock())
    nothing = await asked.forges(asked.marina, f"svres:{survey.id}:0")
    assert nothing.text == "Ответов ещё нет. Посмотрите, «Как идёт» опрос."
    for number in range(1, 4):
        await answers(asked, survey, f"Учитель {number}", {"clear": 4})
    said = Answer(
        "Ответы анонимного опроса «Коротко» видны, когда их не меньше 5: не хватает 2. Так не узнать, кто что ответил.",
        alert=True,
    )
    for data in (f"svres:{survey.id}:0", f"svchart:{survey.id}", f"svxlsx:{survey.id}", f"svcmp:{survey.id}:0:0"):
        assert await asked.forges(asked.marina, data) == said
    await asked.forges(asked.marina, f"svlive:{survey.id}")
    assert "Опрос анонимный: видно, кто ответил" in shown(asked)[0]
    assert "Начали" not in shown(asked)[0]


async def test_surveys_side_by_side(asked: Desk) -> None:
    first = await run(asked, Form("Первый опрос", (CLEAR, HELP)), opens=date(2022, 3, 1))
    second = await run(asked, Form("Второй опрос", SHORT.questions))
    third = await run(asked, Form("Третий опрос", (CLEAR,)), opens=date(2022, 3, 12))
    for survey, clear in ((first, 3), (second, 4), (third, 2)):
        await answers(asked, survey, "Учитель 1", {"clear": clear, "hard": True, "help": ("curator",)})
    await asked.forges(asked.marina, f"svres:{first.id}:0")
    await asked.presses(asked.marina, "Сравнить")
    text, buttons = shown(asked)
    assert (text.split("\n")[0], buttons) == ("Первый опрос", ["Третий опрос", "Второй опрос", "Результаты"])
    await asked.presses(asked.marina, "Второй опрос")
    text, buttons = shown(asked)
    assert text == (
        "Сравнение опросов\n"
        "1) Первый опрос, март 2022 — 1 ответ\n"
        "2) Второй опрос, март 2022 — 1 ответ\n"
        "\n"
        "Понятно ли, что делать школе? — в среднем\n"
        "3 → 4 (+1)\n"
        "\n"
        "Не сравниваются: 2 вопроса — другие в каждом опросе или без чисел."
    )
    assert buttons == ["Добавить третий", "Результаты", "К опросу"]
    await asked.presses(asked.marina, "Добавить третий")
    assert shown(asked)[1] == ["Третий опрос", "Результаты"]
    await asked.presses(asked.marina, "Третий опрос")
    assert "3 → 4 → 2 (−1)" in shown(asked)[0]
    assert shown(asked)[1] == ["Результаты", "К опросу"]


async def test_a_municipal_coordinator_has_no_results(asked: Desk) -> None:
    now = asked.world.clock()
    async with asked.app.core.database.read() as tx:
        homes = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
    await enrolled(asked.app.core, GALINA, Duty(Role.MUNICIPAL, municipality_id=homes["Южский район"]), now=now)
    galina = enters(asked.world, GALINA)
    galina.starts()
    await asked.settle()
    survey = await run(asked)
    await six_answer(asked, survey)
    await asked.forges(galina, f"svlive:{survey.id}")
    message = asked.said(galina)
    assert message.text.startswith("Коротко: Южский район\n")
    assert message.buttons == ["По школам", "По ролям", "Кто не ответил", "К опросу"]
    assert await asked.forges(galina, f"svres:{survey.id}:0") == REFUSED
    assert await asked.forges(galina, f"svxlsx:{survey.id}") == REFUSED


async def test_whoever_is_asked_sees_nothing_of_it(asked: Desk) -> None:
    survey = await run(asked)
    for data in (f"svlive:{survey.id}", f"svwho:{survey.id}:0", f"svphone:{survey.id}", f"svby:{survey.id}:school:0"):
        assert await asked.forges(asked.olga, data) == REFUSED


async def test_a_button_of_a_survey_that_is_gone(asked: Desk) -> None:
    for data in ("svlive:999", "svwho:999:0", "svres:999:0", "svby:999:home:7"):
        answer = await asked.forges(asked.marina, data)
        assert answer.text == "Этого опроса больше нет. Если ждали его — напишите координатору."
