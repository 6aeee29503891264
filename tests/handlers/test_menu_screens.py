"""The menu, its commands, help, and what is said to a message that nobody understood."""

import pytest

from domain.people import Role
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.desk import Desk
from tests.people import OLGA, comes_in

SECTIONS = {
    "Что сейчас": "/now",
    "Месяц": "/month",
    "Дорожная карта": "/roadmap",
    "Уточнить": "/unclear",
    "Группы": "/groups",
    "Уведомления": "/rules",
    "Помощь": "/help",
}
MAIN = "Дорожная карта 500+\nМарина Королёва, что показать?"


@pytest.mark.parametrize(("button", "command"), SECTIONS.items())
async def test_button_of_the_menu_shows_what_the_command_shows(desk: Desk, button: str, command: str) -> None:
    by_command = await desk.says(desk.marina, command)
    by_button = await desk.opens(desk.marina, "/menu", button)
    assert (by_button.html, by_button.keyboard) == (by_command.html, by_command.keyboard)
    assert by_button.edits[0].text == MAIN


@pytest.mark.parametrize("section", SECTIONS)
async def test_every_section_leads_back_to_the_menu(desk: Desk, section: str) -> None:
    shown = await desk.opens(desk.marina, "/menu", section)
    assert shown.buttons[-1] == "В меню"
    await desk.presses(desk.marina, "В меню")
    assert (shown.text, shown.buttons) == (MAIN, list(SECTIONS))


async def test_help_names_every_section(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/help")
    assert [name for name in SECTIONS if name not in shown.html] == ["Помощь"]
    assert "/bind" in shown.text


@pytest.mark.parametrize("text", ["Здравствуйте", "/nonsense", "/bind", "16"])
async def test_message_nobody_understood_is_answered_with_the_menu(desk: Desk, text: str) -> None:
    shown = await desk.says(desk.marina, text)
    assert (shown.text, shown.buttons) == ("Я понимаю кнопки. Выберите, что показать.", list(SECTIONS))


async def test_photo_nobody_asked_for_is_answered_with_the_menu(desk: Desk) -> None:
    desk.marina.sends_photo(PICTURE)
    await desk.settle()
    assert desk.said(desk.marina).buttons == list(SECTIONS)


async def test_name_is_shown_as_it_is_written(desk: Desk) -> None:
    for _ in range(2):
        shown = await desk.says(desk.pavel, "/menu")
    assert shown.html == "<b>Дорожная карта 500+</b>\nПавел Зимин, что показать?"


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
