"""The consent as it is asked; a member without it gets nothing but it and their own data, wherever they press."""

from collections.abc import Callable

import pytest

from domain.people import Duty, Role
from rehearsal.chats import Group
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled

CONSENT = ["Согласен", "Не согласен", "Обо мне"]
FIRST = "Сначала откройте бота и ответьте, согласны ли Вы на обработку данных: /start"
BEFORE = ["Изменить имя", "Скачать мои данные", "Выйти из проекта", "Удалить мои данные", "К согласию"]
BRIEF = "п. 16 Первый опрос участников — 10–24 марта. Не менее 90 % участников проекта приняли участие в опросе"


@pytest.fixture
async def asked(desk: Desk) -> Desk:
    """Olga is of a school and a coordinator, has come in, and has not answered yet."""
    school = await a_school(desk.app.core)
    duties = (Duty(Role.SCHOOL, school, responsible=True), Duty(Role.COORDINATOR))
    await enrolled(desk.app.core, OLGA, *duties, now=desk.world.clock(), has_agreed=False)
    return desk


def consent(desk: Desk) -> str:
    return desk.app.core.texts.plain("consent.text", version="2026-11").replace("<b>", "").replace("</b>", "")


async def test_the_text_says_its_version_and_both_answers(asked: Desk) -> None:
    shown = await asked.says(asked.olga, "/start")
    assert (shown.text, shown.buttons) == (consent(asked), CONSENT)
    assert shown.text.splitlines()[-1] == "Версия 2026-11"


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "/menu",
        "/help",
        "/tasks",
        "/now",
        "/month",
        "/roadmap",
        "/unclear",
        "/groups",
        "/rules",
        "Привет",
        "/x",
    ],
)
async def test_whatever_is_written_is_answered_with_the_consent(asked: Desk, text: str) -> None:
    assert (await asked.says(asked.olga, text)).text == consent(asked)


@pytest.mark.parametrize(
    "data",
    [
        *(
            "go:menu",
            "go:help",
            "go:people",
            "go:audit",
            "go:requests",
            "go:region",
            "go:reminders",
            "go:away",
            "cancel",
        ),
        *("item:16", "close:1", "tasks", "more:16", "later:20220310", "go:erasures", "act:1", "x", "month:2022:3"),
    ],
)
async def test_whatever_is_pressed_is_answered_with_the_consent(asked: Desk, data: str) -> None:
    await asked.says(asked.olga, "/start")
    before = asked.look.rows("SELECT * FROM item"), asked.look.count("audit"), asked.look.count("attention")
    await asked.forges(asked.olga, data)
    assert asked.screen(asked.olga) == consent(asked)
    assert (asked.look.rows("SELECT * FROM item"), asked.look.count("audit"), asked.look.count("attention")) == before


async def test_an_album_is_answered_once(asked: Desk) -> None:
    said = len([one for one in asked.olga.messages() if one.sender.is_bot])
    asked.olga.sends_album([PICTURE] * 3)
    await asked.settle()
    assert len([one for one in asked.olga.messages() if one.sender.is_bot]) == said + 1


async def test_own_data_are_open_before_it(asked: Desk) -> None:
    shown = await asked.opens(asked.olga, "/start", "Обо мне")
    assert (shown.text.splitlines()[0], shown.buttons) == ("Ольга Лебедева", BEFORE)
    assert "⚠️ Согласия на обработку данных нет: бот Вам не пишет и данные не использует." in shown.text
    assert await asked.presses(asked.olga, "Скачать мои данные") == Answer("Файл отправлен.")


async def test_own_name_can_be_put_right_before_it(asked: Desk) -> None:
    await asked.opens(asked.olga, "/my_data", "Изменить имя")
    shown = await asked.says(asked.olga, "Ольга Лёвина")
    assert (shown.text.splitlines()[0], shown.buttons) == ("✅ Имя изменено.", BEFORE)


async def test_a_question_is_over_when_something_else_is_asked_for(asked: Desk) -> None:
    await asked.opens(asked.olga, "/my_data", "Изменить имя")
    assert (await asked.says(asked.olga, "/menu")).text == consent(asked)
    assert (await asked.says(asked.olga, "Ольга Лёвина")).text == consent(asked)
    assert asked.look.rows("SELECT name FROM person WHERE id = 3") == [(OLGA.name,)]


async def test_who_does_not_agree_may_erase_themselves(asked: Desk) -> None:
    await asked.opens(asked.olga, "/start", "Не согласен", "Обо мне", "Удалить мои данные", "Удалить навсегда")
    assert asked.look.rows("SELECT name FROM person WHERE id = 3") == [("",)]
    assert (await asked.says(asked.olga, "/menu")).text == asked.app.core.texts.html("people.stranger")


async def test_agreeing_opens_the_menu(asked: Desk) -> None:
    await asked.opens(asked.olga, "/start", "Согласен")
    assert asked.screen(asked.olga).splitlines()[0] == "✅ Вы вошли: региональный координатор, команда школы."
    assert asked.look.rows("SELECT version, given FROM consent WHERE person_id = 3") == [("2026-11", 1)]


async def test_both_answers_pressed_at_once_end_with_one_of_them(asked: Desk) -> None:
    shown = await asked.says(asked.olga, "/start")
    for button in ("Согласен", "Не согласен"):
        asked.olga.presses(button, shown)
    await asked.settle()
    assert sorted(asked.look.rows("SELECT given FROM consent WHERE person_id = 3")) == [(0,), (1,)]


async def test_the_answer_to_an_old_text_is_not_taken_for_the_new_one(asked: Desk) -> None:
    await asked.says(asked.olga, "/start")
    changed = Answer("Текст согласия с тех пор изменился. Откройте новый и ответьте на него: /start", alert=True)
    assert await asked.forges(asked.olga, "consent:1:2025-01") == changed
    assert asked.look.rows("SELECT count(*) FROM consent WHERE person_id = 3") == [(0,)]
    await asked.forges(asked.olga, "consent:0:2025-01")
    assert asked.look.rows("SELECT version, given FROM consent WHERE person_id = 3") == [("2026-11", 0)]


async def test_nothing_comes_by_itself_without_it(asked: Desk) -> None:
    said = len(asked.olga.messages(asked.olga.private()))
    await asked.moves("2022-03-15 12:00")
    assert len(asked.olga.messages(asked.olga.private())) == said
    assert asked.look.rows("SELECT count(*) FROM outbox WHERE person_id = 3") == [(0,)]
    assert asked.look.rows("SELECT count(*) > 0 FROM outbox WHERE person_id = 2") == [(1,)]


# --- In a group


@pytest.fixture
async def project(asked: Desk) -> Group:
    """«500+» with its morning message, Olga in it."""
    group = await asked.group("500+", "500+", asked.olga, asked.pavel)
    await asked.tick()
    return group


async def test_an_item_s_button_in_the_group_tells_what_the_order_published(asked: Desk, project: Group) -> None:
    assert await asked.presses(asked.olga, "Подробнее", project) == Answer(BRIEF, alert=True)
    assert asked.look.rows("SELECT count(*) FROM attention WHERE person_id = 3") == [(0,)]


@pytest.mark.parametrize("data", ["tasks", "bind:1:500+", "bind:1:ВУ"])
async def test_other_buttons_in_the_group_ask_to_answer_in_private_first(
    asked: Desk, project: Group, data: str
) -> None:
    notice = asked.olga.last(project)
    before = asked.look.rows("SELECT * FROM group_chat")
    said = len(asked.olga.messages(asked.olga.private()))
    assert await asked.forges(asked.olga, data, notice) == Answer(FIRST, alert=True)
    assert asked.look.rows("SELECT * FROM group_chat") == before
    assert len(asked.olga.messages(asked.olga.private())) == said


@pytest.mark.parametrize("command", ["/bind", "/menu", "/my_data", "/tasks"])
async def test_a_command_in_the_group_says_nothing_about_who_wrote_it(
    asked: Desk, project: Group, command: str
) -> None:
    shown = await asked.says(asked.olga, f"{command}@road_bot", project)
    assert (shown.text, shown.buttons) == ("Напишите мне в личные сообщения: там всё меню.", [])


async def test_nothing_in_the_group_names_anybody(asked: Desk, project: Group) -> None:
    names = ("Ольга", "Лебедева", "Павел", "Марина")
    said = [one.text for one in asked.olga.messages(project) if one.sender.is_bot and one.service is None]
    assert [one for one in said if any(name in one for name in names)] == []


@pytest.mark.parametrize("act", [lambda who: who.blocks(), lambda who: who.unblocks()])
async def test_blocking_the_bot_without_consent_is_nobodys_news(asked: Desk, act: Callable[[Person], object]) -> None:
    act(asked.olga)
    await asked.settle()
    assert asked.look.count("outbox") == 0
