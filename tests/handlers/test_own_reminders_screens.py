"""«Мои напоминания» as they are seen and pressed."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.people import OLGA, a_school, enrolled

ROWS = "SELECT hour, days, paused_until FROM own_reminders"
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
STAYS = "\n\nСроки не сдвигаются. О переносе срока и о замещении сообщу сразу, и во время паузы."
PATH = ("/menu", "Обо мне", "Мои напоминания")
BACK = ["Обо мне", "В меню"]
TICKED = ["✅ пн", "✅ вт", "✅ ср", "✅ чт", "✅ пт"]
HOURS = [f"{hour:02}:00" for hour in range(8, 20)]


@pytest.fixture
async def director(desk: Desk) -> Desk:
    """Olga is responsible for a school. It is Thursday, 10 March."""
    place = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, place, responsible=True), now=desk.world.clock())
    return desk


async def test_one_screen_says_the_hour_the_days_and_that_deadlines_stay(director: Desk) -> None:
    shown = await director.opens(director.olga, *PATH)
    assert shown.text == "Напоминаю в 09:00, пн–пт" + STAYS
    assert shown.buttons == [*TICKED, "Другой час", "Сделать паузу", *BACK]
    shown = await director.opens(director.marina, *PATH)
    digest = "\nСводка недели — в 08:30, в первый рабочий из этих дней."
    assert shown.text == "Напоминаю в 09:00, пн–пт" + digest + STAYS


async def test_days_are_ticked_and_shown_at_once(director: Desk) -> None:
    shown = await director.opens(director.olga, *PATH)
    await director.presses(director.olga, "✅ вт")
    assert shown.text == "Напоминаю в 09:00, пн, ср–пт" + STAYS
    assert shown.buttons[:5] == ["✅ пн", "вт", "✅ ср", "✅ чт", "✅ пт"]
    for day in ("✅ пн", "✅ чт"):
        await director.presses(director.olga, day)
    assert shown.text == "Напоминаю в 09:00, ср, пт" + STAYS
    await director.presses(director.olga, "вт")
    assert shown.text == "Напоминаю в 09:00, вт–ср, пт" + STAYS
    assert director.look.rows(ROWS) == [(None, "[1, 2, 4]", None)]


async def test_the_last_day_stays_ticked(director: Desk) -> None:
    shown = await director.opens(director.olga, *PATH, *TICKED[:4])
    answer = "Нужен хотя бы один день. Чтобы не напоминать какое-то время, нажмите «Сделать паузу»."
    assert await director.presses(director.olga, "✅ пт") == Answer(answer, alert=True)
    assert shown.text == "Напоминаю в 09:00, пт" + STAYS


async def test_a_day_unticked_twice_from_an_old_screen_is_unticked(director: Desk) -> None:
    await director.opens(director.olga, *PATH)
    for _ in range(2):
        await director.forges(director.olga, "myday:1:0")
    assert director.look.rows(ROWS) == [(None, "[0, 2, 3, 4]", None)]


async def test_another_hour_is_one_of_the_day(director: Desk) -> None:
    shown = await director.opens(director.olga, *PATH, "Другой час")
    assert shown.text == "В какой час напоминать? Сейчас в 09:00."
    assert shown.buttons == [*HOURS, "✅ Как у всех: 09:00", "Назад"]
    await director.presses(director.olga, "11:00")
    assert shown.text == "Напоминаю в 11:00, пн–пт" + STAYS
    await director.presses(director.olga, "Другой час")
    assert "✅ 11:00" in shown.buttons
    await director.presses(director.olga, "Назад")
    await director.presses(director.olga, "Другой час")
    await director.presses(director.olga, "Как у всех: 09:00")
    assert shown.text == "Напоминаю в 09:00, пн–пт" + STAYS
    assert director.look.rows(ROWS) == []


async def test_a_message_comes_at_the_own_hour(director: Desk) -> None:
    await director.opens(director.olga, *PATH, "Другой час", "11:00")
    await director.moves("2022-03-11 10:59")
    assert director.screen(director.olga).startswith("📅 Сегодня, 10 марта, чт\n")
    await director.moves("2022-03-11 11:01")
    assert director.said(director.olga).text.startswith("📅 Сегодня, 11 марта, пт\n")


async def test_a_pause_is_made_and_taken_off(director: Desk) -> None:
    shown = await director.opens(director.olga, *PATH, "Сделать паузу")
    assert shown.text.split("\n")[0] == "До какого дня не напоминать?"
    assert shown.buttons == [
        "На 3\xa0дня: до 13 марта, вс",
        "На неделю: до 17 марта, чт",
        "На 2 недели: до 24 марта, чт",
        "Отмена",
    ]
    await director.presses(director.olga, "На 3\xa0дня: до 13 марта, вс")
    paused = "⏳ Пауза: снова напомню 14 марта, пн\nПотом — в 09:00, пн–пт."
    assert shown.text == paused + STAYS + "\nЧто сейчас за Вами — в «Моих задачах»."
    assert shown.buttons == [*TICKED, "Другой час", "Снять паузу", *BACK]
    assert director.look.rows(ROWS) == [(None, "[]", "2022-03-13")]
    await director.presses(director.olga, "Снять паузу")
    assert shown.text == "Напоминаю в 09:00, пн–пт" + STAYS


async def test_a_coordinator_is_told_that_the_digest_pauses_too(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, *PATH, "Сделать паузу")
    assert shown.text.endswith(" Сводка недели в паузу тоже не придёт.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("сегодня", "10 марта 2022, чт — не позже сегодняшнего дня. Напишите более поздний."),
        ("9 марта", "9 марта 2022, ср — не позже сегодняшнего дня. Напишите более поздний."),
        ("1 июня", "Пауза может быть не дольше чем до 9 мая, пн. Выберите более ранний день."),
        ("потом", "Нужен один день, а написано «потом». Напишите, например, «20 июля» или «20.07»."),
    ],
)
async def test_a_day_typed_for_the_pause_that_cannot_be_is_asked_again(director: Desk, typed: str, answer: str) -> None:
    await director.opens(director.olga, *PATH, "Сделать паузу")
    assert (await director.says(director.olga, typed)).text == answer
    shown = await director.says(director.olga, "до пятницы")
    assert shown.text.startswith("⏳ Пауза: снова напомню 11 марта, пт\n")


async def test_a_typed_pause_survives_a_restart(director: Desk, reopen: Reopen) -> None:
    await director.opens(director.olga, *PATH, "Сделать паузу")
    again = await reopen()
    shown = await again.says(again.olga, "до 21 марта")
    assert shown.text.startswith("⏳ Пауза: снова напомню 21 марта, пн\n")


async def test_another_screen_ends_the_question(director: Desk) -> None:
    await director.opens(director.olga, *PATH, "Сделать паузу")
    await director.forges(director.olga, "go:reminders")
    assert (await director.says(director.olga, "до 21 марта")).text.startswith("Я понимаю кнопки.")
    assert director.look.rows(ROWS) == []


async def test_a_pause_of_an_old_screen_has_passed(director: Desk) -> None:
    await director.opens(director.olga, *PATH)
    answer = "1 марта 2022, вт — не позже сегодняшнего дня. Напишите более поздний."
    assert await director.forges(director.olga, "mypaused:20220301") == Answer(answer, alert=True)


@pytest.mark.parametrize(
    "data", ["myday:1", "myday:x:1", "myday:1:7", "myhour:x", "myhour:", "mypaused:20220231", "mypaused:x", "mywake:1"]
)
async def test_what_no_screen_offers_is_a_dead_button(director: Desk, data: str) -> None:
    await director.opens(director.olga, *PATH)
    assert await director.forges(director.olga, data) == DEAD


@pytest.mark.parametrize("data", ["myday:5:1", "myday:-1:1", "myhour:3", f"myhour:{10**12}"])
async def test_a_day_or_an_hour_that_is_not_offered_is_refused(director: Desk, data: str) -> None:
    await director.opens(director.olga, *PATH)
    assert (await director.forges(director.olga, data)).alert
    assert director.look.rows(ROWS) == []
