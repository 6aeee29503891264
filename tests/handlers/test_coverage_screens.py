"""«Кто не вошёл» as it is seen and pressed: the totals, the lists, pages, and what others may not see."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import OLGA, enrolled, registered

LISTS = [
    "Школы, откуда никто не вошёл: 8",
    "Школы, где никого нет в списке: 8",
    "Школы без ответственного: 8",
    "Школы без куратора: 8",
]


async def test_nobody_has_come_in_from_the_shipped_schools(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Регион", "Кто не вошёл")
    assert shown.text == (
        "Кто не вошёл\n"
        "⏳ Школы, где кто-то вошёл: 0 из 8\n"
        "Люди: вошли 2 из 2, дали согласие 2\n"
        "\n"
        "Откройте список, чтобы обзвонить."
    )
    assert shown.buttons == [*LISTS, "В меню"]


async def test_list_of_schools_is_turned_and_leads_to_cards_and_back(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Регион", "Кто не вошёл", LISTS[3])
    assert shown.text.splitlines() == [
        "Школы без куратора: 8, страница 1 из 2",
        "У этих школ нет куратора.",
        "",
        "• ООШ № 6, г. о. Вичуга — в списке никого",
        "• Средняя школа № 37, г. о. Иваново — в списке никого",
        "• МСОШ № 2, г. о. Тейково — в списке никого",
        "• Центральная городская СОШ, г. Родники — в списке никого",
        "• Шекшовская основная школа, Гаврилово-Посадский район — в списке никого",
        "• Воскресенская основная школа, Лежневский район — в списке никого",
    ]
    assert shown.buttons[-2:] == ["Дальше ›", "Кто не вошёл"]
    await desk.presses(desk.marina, "Дальше ›")
    assert shown.buttons == ["МКСОШ с. Мугреево-Дмитриевское", "Талицкая СОШ", "‹ Назад", "Кто не вошёл"]
    ((school,),) = desk.look.rows("SELECT id FROM school WHERE name = 'Талицкая СОШ'")
    assert shown.button("Талицкая СОШ") == {"text": "Талицкая СОШ", "callback_data": f"school:{school}"}
    await desk.presses(desk.marina, "Кто не вошёл")
    assert shown.buttons == [*LISTS, "В меню"]


async def test_people_to_phone_are_listed_by_name_and_place_for_the_coordinator_with_cards(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    first = await registered(core, "<b>Соколова</b> Анна", Duty(Role.SCHOOL, 1, responsible=True), now=now)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, 1), now=now, has_agreed=False)
    shown = await desk.opens(desk.marina, "/menu", "Регион", "Кто не вошёл")
    assert "Школы, где кто-то вошёл: 1 из 8\nЛюди: вошли 3 из 4, дали согласие 2" in shown.text
    await desk.presses(desk.marina, "Люди не вошли: 1")
    assert shown.text == (
        "Люди не вошли: 1\n"
        "Эти люди есть в списке, но в бот не вошли. Позвоните; код выдаётся на карточке человека.\n"
        "\n"
        "• <b>Соколова</b> Анна — Средняя школа № 37"
    )
    card = {"text": "<b>Соколова</b> Анна", "callback_data": f"person:{first}"}
    assert (shown.buttons, shown.button("Соколова")) == (["<b>Соколова</b> Анна", "Кто не вошёл"], card)
    await desk.presses(desk.marina, "Кто не вошёл")
    await desk.presses(desk.marina, "Люди без согласия: 1")
    assert shown.text.splitlines()[-1] == "• Ольга Лебедева — Средняя школа № 37"


async def test_municipal_coordinator_sees_their_own_and_opens_no_people(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    ((south,),) = desk.look.rows("SELECT id FROM municipality WHERE name = 'Южский район'")
    ((school,),) = desk.look.rows("SELECT id FROM school WHERE name = 'Талицкая СОШ'")
    await registered(core, "Соколова Анна", Duty(Role.SCHOOL, school), now=now)
    await registered(core, "Чужая Вера", Duty(Role.SCHOOL, 1), now=now)
    await enrolled(core, OLGA, Duty(Role.MUNICIPAL, municipality_id=south), now=now)
    shown = await desk.opens(desk.olga, "/menu", "Регион", "Кто не вошёл")
    assert shown.text.splitlines()[:3] == [
        "Кто не вошёл: Южский район",
        "⏳ Школы, где кто-то вошёл: 0 из 2",
        "Люди: вошли 1 из 2, дали согласие 1",
    ]
    await desk.presses(desk.olga, "Люди не вошли: 1")
    assert shown.text.splitlines()[1:] == [
        "Эти люди есть в списке, но в бот не вошли. Позвоните.",
        "",
        "• Соколова Анна — Талицкая СОШ",
    ]
    assert shown.buttons == ["Кто не вошёл"]


@pytest.mark.parametrize(("page", "shown"), [(-5, "страница 1 из 2"), (99, "страница 2 из 2")])
async def test_page_that_is_not_there_is_the_nearest(desk: Desk, page: int, shown: str) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"coverage:empty:{page}")
    assert shown in desk.screen(desk.marina)


async def test_list_that_is_empty_by_now_leads_to_the_totals_and_an_unknown_one_is_dead(desk: Desk) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, "coverage:blocked:0")
    assert desk.screen(desk.marina).startswith("Кто не вошёл\n")
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    for data in ("coverage:everything:0", "coverage:empty:x", "coverage:0", "coverage"):
        assert await desk.forges(desk.marina, data) == dead, data


@pytest.mark.parametrize("data", ["go:coverage", "coverage:empty:0", "coverage:not-come:0"])
async def test_nobody_else_sees_who_has_not_come_in(desk: Desk, data: str) -> None:
    await registered(desk.app.core, "Соколова Анна", Duty(Role.SCHOOL, 1), now=desk.world.clock())
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, 1, responsible=True), now=desk.world.clock())
    await desk.says(desk.olga, "/menu")
    refused = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
    assert await desk.forges(desk.olga, data) == refused
    toast = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
    assert await desk.forges(desk.igor, data) == toast
    desk.olga.does_not_see("Соколова")
    desk.igor.does_not_see("Соколова")
