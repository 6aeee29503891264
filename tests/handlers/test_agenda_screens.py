"""«Что сейчас» and «Месяц»."""

import pytest

from tests.handlers.desk import Desk

NOW = """📅 Сегодня, 10 марта, чт

Просрочено
⚠️ п. 1 Начало проекта, региональный координатор — 25 ноября 2021, чт
⚠️ п. 2 Мониторинг контекстных данных для отбора школ — до 20 декабря 2021, пн
⚠️ п. 3 Назначение муниципальных координаторов — до 20 декабря 2021, пн
⚠️ п. 4 Совещание по отбору школ — до 20 декабря 2021, пн
⚠️ п. 5 Команда «„500+“ — дело молодых» — до 1 февраля, вт
⚠️ п. 6 Установочное совещание с командами — до 1 февраля, вт
⚠️ п. 7 Создание группы проекта — до 30 декабря 2021, чт
и ещё 7

Сегодня
⏳ п. 16 Первый опрос участников — 10–24 марта

Требуют уточнения: 11\u00a0пунктов"""


async def test_now_says_what_is_late_and_what_begins_today(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/now")
    assert shown.text == NOW
    assert shown.buttons == [*(f"п. {number}" for number in range(1, 10)), "В меню"]


async def test_now_says_what_ends_this_week(desk: Desk) -> None:
    await desk.sleeps("2022-03-14 12:00")
    shown = await desk.says(desk.marina, "/now")
    week = "На этой неделе\n⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс\n\n"
    assert f"\n\n{week}Требуют" in shown.text
    assert "Сегодня\n⏳" not in shown.text


async def test_now_says_what_waits_for_a_date(desk: Desk) -> None:
    await desk.sleeps("2022-05-04 12:00")
    shown = await desk.says(desk.marina, "/now")
    assert "\n\nЖдут даты\n📅 п. 21 Совещание по итогам первого мониторинга — после 29 апреля\n" in shown.text


async def test_now_without_anything_pressing_says_so(desk: Desk) -> None:
    for number in range(1, 35):
        await desk.forges(desk.marina, f"closed:{number}")
    shown = await desk.says(desk.marina, "/now")
    assert shown.text == "📅 Сегодня, 10 марта, чт\n\nНа этой неделе сроков нет, просроченного нет."
    assert shown.buttons == ["В меню"]


MARCH = """📅 Март 2022
⏳ п. 16 Первый опрос участников — 10–24 марта
⏳ п. 20 Концептуальные документы и антирисковые программы — до 20 марта, вс"""


async def test_month_shows_what_runs_in_it_and_opens_items(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/month")
    assert shown.text.startswith("📅 Март 2022\n")
    assert set(MARCH.split("\n")) <= set(shown.text.split("\n"))
    assert shown.buttons[-3:] == ["‹ февраль 2022", "апрель 2022 ›", "В меню"]
    await desk.presses(desk.marina, "п. 20")
    assert shown.text.startswith("⏳ п. 20 ")


async def test_months_turn_across_new_year_and_back(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/month")
    for month in ("февраль 2022", "январь 2022", "декабрь 2021"):
        await desk.presses(desk.marina, f"‹ {month}")
        assert shown.text.split("\n")[0] == f"📅 {month.capitalize()}"
    assert "⚠️ п. 7 Создание группы проекта — до 30 декабря 2021, чт" in shown.text
    await desk.presses(desk.marina, "январь 2022 ›")
    assert "⚠️ п. 8 Мероприятие п. 8 (в скане не читается) — 17 января – 4 февраля" in shown.text
    assert shown.buttons[-3:] == ["‹ декабрь 2021", "февраль 2022 ›", "В меню"]


async def test_month_without_deadlines_says_so_and_turns_on(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/month")
    await desk.forges(desk.marina, "month:2021:6", shown)
    assert shown.text == "📅 Июнь 2021\nВ этом месяце сроков нет."
    assert shown.buttons == ["‹ май 2021", "июль 2021 ›", "В меню"]


@pytest.mark.parametrize(
    ("data", "heading"),
    [
        ("month:2022:0", "Январь 2022"),
        ("month:2022:13", "Декабрь 2022"),
        ("month:2022:-7", "Январь 2022"),
        ("month:-5:3", "Март 2000"),
        ("month:99999999999999999999:3", "Март 2100"),
        ("month:2100:12", "Декабрь 2100"),
        ("month:2000:1", "Январь 2000"),
    ],
)
async def test_month_nobody_offers_is_the_nearest_one(desk: Desk, data: str, heading: str) -> None:
    shown = await desk.says(desk.marina, "/month")
    await desk.forges(desk.marina, data, shown)
    assert shown.text.split("\n")[0] == f"📅 {heading}"
