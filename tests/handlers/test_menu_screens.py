"""The menu, its commands, help, and what is said to a message that nobody understood."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from storage import registry as registry_rows
from tests.handlers.desk import Desk
from tests.people import OLGA, comes_in, enrolled

SECTIONS = {
    "Мои задачи": "/tasks",
    "Что сейчас": "/now",
    "Месяц": "/month",
    "Дорожная карта": "/roadmap",
    "Уточнить": "/unclear",
    "Группы": "/groups",
    "Уведомления": "/rules",
    "Помощь": "/help",
}
COORDINATOR = [
    *("Мои задачи", "Отложить", "Что сейчас", "Месяц", "Визиты", "Регион", "Люди и школы", "Документы"),
    *("Дорожная карта", "Уточнить", "Встречи"),
    *("Объявления", "Опросы", "Группы", "Уведомления", "Обо мне", "Помощь"),
]
MAIN = "⏳ Мои задачи: 16\nп. 16 Первый опрос участников — 10–24 марта (осталось 14 дней)\n⚠️ Просрочено: 11"


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("button", "command"), SECTIONS.items())
async def test_button_of_the_menu_shows_what_the_command_shows(desk: Desk, button: str, command: str) -> None:
    by_command = await desk.says(desk.marina, command)
    by_button = await desk.opens(desk.marina, "/menu", button)
    assert (by_button.html, by_button.keyboard) == (by_command.html, by_command.keyboard)
    assert plainly(by_button.edits[0].text) == MAIN


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_section_leads_back_to_the_menu(desk: Desk, section: str) -> None:
    shown = await desk.opens(desk.marina, "/menu", section)
    assert shown.buttons[-1] == "В меню"
    await desk.presses(desk.marina, "В меню")
    assert (plainly(shown.text), shown.buttons) == (MAIN, COORDINATOR)


async def test_help_names_every_section_that_the_reader_has(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/help")
    assert [name for name in COORDINATOR if name not in shown.html] == ["Помощь"]
    assert "/bind" in shown.text
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school_id=1), now=desk.world.clock())
    shown = await desk.says(desk.olga, "/help")
    assert [name for name in SCHOOL if name not in shown.html] == ["Помощь"]
    assert [name for name in ("Регион", "Люди и школы", "Группы", "/bind") if name in shown.text] == []


# --- The home screen of each role

_LAST = ("Документы", "Визиты", "Встречи", "Дорожная карта", "Месяц", "Обо мне", "Помощь")
SCHOOL = ["Мои задачи", "Отложить", "Моя школа", *_LAST]
SCHOOLS = ["Мои задачи", "Отложить", "Мои школы", *_LAST]
REGION = [
    *("Мои задачи", "Отложить", "Регион", "Мои школы", "Документы"),
    *("Визиты", "Опросы", "Объявления", "Дорожная карта", "Месяц", "Встречи", "Обо мне", "Помощь"),
]


@pytest.mark.parametrize(
    ("duties", "buttons"),
    [
        ([Duty(Role.SCHOOL, school_id=1)], SCHOOL),
        ([Duty(Role.CURATOR, school_id=1)], SCHOOL),
        ([Duty(Role.CURATOR, school_id=1), Duty(Role.CURATOR, school_id=2)], SCHOOLS),
        ([Duty(Role.SCHOOL, school_id=1), Duty(Role.CURATOR, school_id=2)], SCHOOLS),
        ([Duty(Role.MUNICIPAL, municipality_id=1)], REGION),
        ([Duty(Role.ORGANISER, organisation="university")], REGION),
        ([Duty(Role.SCHOOL, school_id=1), Duty(Role.MUNICIPAL, municipality_id=2)], REGION),
        ([Duty(Role.COORDINATOR), Duty(Role.CURATOR, school_id=1)], COORDINATOR),
    ],
)
async def test_a_person_with_several_roles_has_one_menu(desk: Desk, duties: list[Duty], buttons: list[str]) -> None:
    async with desk.app.core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "university", "Университет")
    await enrolled(desk.app.core, OLGA, *duties, now=desk.world.clock())
    assert (await desk.says(desk.olga, "/menu")).buttons == buttons


async def test_who_owes_nothing_is_told_so(desk: Desk) -> None:
    await enrolled(desk.app.core, OLGA, Duty(Role.ORGANISER, organisation="unknown"), now=desk.world.clock())
    shown = await desk.says(desk.olga, "/menu")
    assert shown.text == "✅ Сейчас за Вами ничего нет."
    assert shown.buttons == [name for name in REGION if name != "Отложить"]


@pytest.mark.parametrize("text", ["Здравствуйте", "/nonsense", "/bind", "16"])
async def test_message_nobody_understood_is_answered_with_the_menu(desk: Desk, text: str) -> None:
    shown = await desk.says(desk.marina, text)
    assert plainly(shown.text) == f"Я понимаю кнопки. Выберите, что показать.\n\n{MAIN}"
    assert shown.buttons == COORDINATOR


async def test_photo_nobody_asked_for_is_answered_with_what_to_do(desk: Desk) -> None:
    desk.marina.sends_photo(PICTURE)
    await desk.settle()
    assert desk.said(desk.marina).text.startswith("Получил файл, но не знаю, к какому он пункту")
    assert desk.said(desk.marina).buttons == ["Подтвердить", "В меню"]


REFUSED = "Это доступно не всем участникам. Если Вам это нужно — напишите координатору."
EVERYTHING = (
    "go:groups", "go:rules", "go:days", "go:people", "go:region",
    "history:16", "edit:16", "field:16:title", "right:8:title",
    "exec:16:curators", "close:16", "closed:16", "reopen:16", "group:1", "bind:1:500+", "unbind:1", "leave:1",
    "rule:morning", "unrule:morning", "day:1", "noday:20220620", "carry:1:2023",
)  # fmt: skip


async def test_member_who_is_no_coordinator_is_refused_everywhere_and_nothing_is_awaited(desk: Desk) -> None:
    await desk.group("500+", "500+")
    await comes_in(desk.app.core, OLGA, desk.world.clock(), Role.SCHOOL)
    shown = await desk.says(desk.olga, "/menu")
    items = desk.look.rows("SELECT * FROM item")
    for data in EVERYTHING:
        assert await desk.forges(desk.olga, data) == Answer(REFUSED, alert=True), data
    for command in ("/groups", "/rules"):
        assert (await desk.says(desk.olga, command)).text == REFUSED
    assert shown.edits == []
    assert (desk.look.rows("SELECT * FROM item"), desk.look.count("conversation")) == (items, 0)
