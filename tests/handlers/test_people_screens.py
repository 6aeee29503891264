"""«Люди и школы» and the search as they are seen and pressed."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from storage import people as people_rows
from storage import registry as registry_rows
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
PROMPT = "Напишите фамилию, имя или школу — покажу, кого нашёл."


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Olga is responsible for a school; the shipped roadmap has eight more."""
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    return desk


async def registered(desk: Desk, *names: str) -> None:
    async with desk.app.core.database.transaction() as tx:
        for name in names:
            person_id = await people_rows.add_person(tx, name, desk.world.clock(), "учитель")
            await registry_rows.give_duty(tx, person_id, Duty(Role.SCHOOL, 1), desk.world.clock())


async def test_the_hub_counts_and_leads_to_every_section(office: Desk) -> None:
    hub = await office.opens(office.marina, "/menu", "Люди и школы")
    assert hub.text == "Люди и школы\nШкол: 9, людей: 3, вошли: 3"
    assert hub.buttons == [
        *("Найти человека", "Школы", "Добавить человека", "Кто не вошёл", "Карточки с кодами"),
        *("Заявки", "Список в Excel", "Журнал", "В меню"),
    ]
    assert (await office.says(office.marina, "/people")).text == hub.text


async def test_the_hub_is_the_coordinators(office: Desk) -> None:
    assert (await office.says(office.olga, "/people")).text == REFUSED.text
    await office.says(office.olga, "/menu")
    for data in ("go:people", "found:0"):
        assert await office.forges(office.olga, data) == REFUSED


async def test_everybody_is_listed_until_something_is_typed(office: Desk) -> None:
    shown = await office.opens(office.marina, "/people", "Найти человека")
    assert shown.text == (
        f"Люди: 3\n{PROMPT}\n\n"
        "• Марина Королёва — региональный координатор\n"
        "• Ольга Лебедева — команда школы, Школа № 7\n"
        "• Павел Зимин — региональный координатор"
    )
    assert shown.buttons == ["Марина Королёва", "Ольга Лебедева", "Павел Зимин", "К людям и школам"]


async def test_the_only_one_found_is_opened_at_once(office: Desk) -> None:
    for typed in ("лебедева", "школа № 7", "Лебидева Ольга"):
        await office.opens(office.marina, "/people", "Найти человека")
        assert (await office.says(office.marina, typed)).text.startswith("Ольга Лебедева\n")


async def test_several_are_listed_and_another_search_follows(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Найти человека")
    several = await office.says(office.marina, "координатор")
    assert several.text == "По словам «координатор» никого нет. Напишите иначе: фамилию, имя или школу."
    await registered(office, "Анна Ёлкина", "Алла Ёлкина")
    found = await office.says(office.marina, "елкина")
    assert found.text.splitlines()[0] == "Нашлось: 2"
    assert found.buttons == ["Алла Ёлкина", "Анна Ёлкина", "К людям и школам"]
    await office.presses(office.marina, "Анна Ёлкина")
    assert office.screen(office.marina).startswith("Анна Ёлкина, учитель\n⏳ Ещё не в боте\n")


async def test_five_hundred_people_are_turned_page_by_page(office: Desk) -> None:
    await registered(office, *(f"Анна Ёлкина-{number:03}" for number in range(500)))
    await office.opens(office.marina, "/people", "Найти человека")
    first = await office.says(office.marina, "ёлкина")
    assert first.text.splitlines()[0] == "Нашлось: 500, страница 1 из 84"
    assert first.buttons[5:] == ["Анна Ёлкина-005", "Дальше ›", "К людям и школам"]
    await office.presses(office.marina, "Дальше ›")
    assert "страница 2 из 84" in office.screen(office.marina)
    await office.forges(office.marina, "found:83")
    last = office.said(office.marina)
    assert last.buttons == ["Анна Ёлкина-498", "Анна Ёлкина-499", "‹ Назад", "К людям и школам"]
    for page in ("-7", "99999"):
        await office.forges(office.marina, f"found:{page}")
        assert f"страница {1 if page == '-7' else 84} из 84" in office.screen(office.marina)


async def test_a_search_is_over_when_something_else_is_opened(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Найти человека")
    await office.says(office.marina, "никого нет")
    await office.opens(office.marina, "/people", "Найти человека")
    assert office.screen(office.marina).startswith("Люди: 3\n")


@pytest.mark.parametrize("typed", ["<b>&amp;</b>", "«»", "%", "х" * 4000])
async def test_whatever_is_typed_is_answered(office: Desk, typed: str) -> None:
    await office.opens(office.marina, "/people", "Найти человека")
    shown = await office.says(office.marina, typed)
    assert len(shown.text) < 3900
    assert shown.buttons[-1] == "К людям и школам"


async def test_names_with_html_are_shown_as_they_are(office: Desk) -> None:
    await registered(office, "<b>Анна</b> & Ко")
    shown = await office.opens(office.marina, "/people", "Найти человека")
    assert "• <b>Анна</b> & Ко, учитель — команда школы, Средняя школа № 37" in shown.text


async def test_who_has_no_name_yet_is_shown_by_a_number(office: Desk) -> None:
    await registered(office, "")
    shown = await office.opens(office.marina, "/people", "Найти человека")
    assert shown.buttons[0] == "участник № 4"
