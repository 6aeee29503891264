"""«Мои задачи» and «Отложить» as they are seen and pressed."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled

NOTHING = Answer("Этого среди Ваших задач сейчас нет, откладывать нечего. Откройте их: /tasks", alert=True)


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga is responsible for a school."""
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    return desk


async def test_command_and_button_show_the_same(director: Desk) -> None:
    typed = await director.says(director.olga, "/tasks")
    await director.says(director.olga, "/menu")
    await director.presses(director.olga, "Мои задачи")
    assert director.screen(director.olga) == typed.text
    assert typed.text.splitlines()[0] == "Мои задачи: 10, страница 1 из 2"
    assert "⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс (осталось" in typed.text


async def test_tasks_are_turned_page_by_page(desk: Desk) -> None:
    first = await desk.says(desk.marina, "/tasks")
    assert first.text.splitlines()[0] == "Мои задачи: 16, страница 1 из 2"
    await desk.presses(desk.marina, "Дальше ›")
    second = desk.screen(desk.marina)
    assert second.splitlines()[0] == "Мои задачи: 16, страница 2 из 2"
    assert len(second.splitlines()) == 8
    await desk.presses(desk.marina, "‹ Назад")
    assert desk.screen(desk.marina) == first.text


@pytest.mark.parametrize(("page", "shown"), [(-5, "страница 1"), (99, "страница 2")])
async def test_page_that_is_not_there_is_the_nearest(desk: Desk, page: int, shown: str) -> None:
    await desk.says(desk.marina, "/tasks")
    await desk.forges(desk.marina, f"mine:{page}")
    assert shown in desk.screen(desk.marina)


async def test_all_tasks_are_put_off_and_say_so(director: Desk) -> None:
    await director.opens(director.olga, "/tasks", "Отложить", "Отложить до понедельника")
    assert director.screen(director.olga) == "⏳ Напомню 14 марта, пн. Срок пункта не изменился."
    shown = await director.says(director.olga, "/tasks")
    assert shown.text.count("; напомню 14 марта, пн") == 9


async def test_one_task_is_put_off_from_its_card(director: Desk) -> None:
    card = await director.opens(director.olga, "/tasks", "п. 20")
    assert card.buttons == ["Подтвердить", "Отложить", "К списку", "В меню"]
    await director.presses(director.olga, "Отложить")
    assert "об этом пункте" in director.screen(director.olga)
    await director.presses(director.olga, "Отложить до завтра")
    shown = await director.says(director.olga, "/tasks")
    assert shown.text.count("; напомню 11 марта, пт") == 1


async def test_item_of_others_cannot_be_put_off(director: Desk) -> None:
    await director.says(director.olga, "/tasks")
    assert await director.forges(director.olga, "puttill:1:monday") == NOTHING
    assert director.look.count("attention") == 0


async def test_a_time_that_is_not_offered_is_a_dead_button(director: Desk) -> None:
    await director.says(director.olga, "/tasks")
    dead = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
    assert await director.forges(director.olga, "puttill:0:never") == dead


async def test_card_tells_a_school_the_order_and_not_how_it_is_kept(director: Desk) -> None:
    await director.forges(director.marina, "close:20")
    await director.says(director.marina, "тайное примечание")
    await director.says(director.olga, "/tasks")
    await director.forges(director.olga, "item:20")
    shown = director.screen(director.olga)
    assert "Состояние: Закрыто" in shown
    assert "тайное" not in shown
    assert "Требует уточнения" not in shown
    await director.forges(director.olga, "item:17")
    assert "Требует уточнения" not in director.screen(director.olga)
