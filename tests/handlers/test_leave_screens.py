"""«Отпуск» as it is seen and pressed, by oneself and by the coordinator."""

import pytest

from domain.people import Account, Duty, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk, enters
from tests.people import OLGA, Somebody, a_school, enrolled

TATYANA = Somebody("Татьяна Крылова", Account("telegram", 500_000_005))
LEAVES = "SELECT person_id, deputy_id, since, until, ended_at IS NULL FROM stand_in ORDER BY id"
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
NOTHING_YET = (
    "Отпуск\nУходя в отпуск или на больничный, выберите, кто будет за Вас: "
    "в эти дни Ваши задачи и напоминания придут заместителю."
)
SUMMARY = """Вы в отпуске: 11 марта, пт – 24 марта, чт (14 дней)
За Вас: Татьяна Крылова
Перейдёт:
• команда школы: Школа № 7

Задачи и напоминания этих дней придут заместителю, об этом ему сообщу. Бот для Вас открыт, как всегда."""
NOBODY = """Замещать пока некому: нужен коллега или координатор, который уже вошёл в бота.
Попросите координатора добавить такого человека."""
REFUSED = "Это доступно не всем участникам. Если Вам это нужно — напишите координатору."
NO_DEPUTY = "Этот человек не может быть заместителем: он ещё не вошёл в бота или больше не в проекте. Выберите другого."
TOO_FAR = "Отпуск назначают не дальше чем до 8 июня, ср. Выберите более ранний первый день."
TOLD = """📅 11 марта, пт – 24 марта, чт Вы замещаете: Ольга Лебедева.
За Вами:
• команда школы: Школа № 7
Если в эти дни не сможете — напишите координатору."""
OLGAS_ID, TATYANAS_ID = 3, 4


@pytest.fixture
async def school(desk: Desk) -> Desk:
    """Olga leads a school where Tatyana works as well. It is Thursday, 10 March."""
    place, now = await a_school(desk.app.core), desk.world.clock()
    tatyanas(desk).starts()
    await desk.settle()
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, place, responsible=True), now=now)
    await enrolled(desk.app.core, TATYANA, Duty(Role.SCHOOL, place), now=now)
    return desk


def tatyanas(desk: Desk) -> Person:
    return desk.world.people.get(TATYANA.account.account_id) or enters(desk.world, TATYANA)


async def arranges(desk: Desk, who: Person, *path: str) -> None:
    """Through the whole form by buttons."""
    for button in path:
        await desk.presses(who, button)


async def test_going_on_leave_by_buttons(school: Desk) -> None:
    olga = school.olga
    shown = await school.opens(olga, "/menu", "Обо мне", "Отпуск")
    assert (shown.text, shown.buttons) == (NOTHING_YET, ["Уйти в отпуск", "Обо мне", "В меню"])
    await school.presses(olga, "Уйти в отпуск")
    assert shown.text.split("\n")[0] == "С какого дня Вас не будет?"
    assert shown.buttons == ["С сегодняшнего дня", "С завтрашнего дня", "Отмена"]
    await school.presses(olga, "С завтрашнего дня")
    assert shown.text.split("\n")[0] == "С 11 марта, пт. Какой день последний?"
    weeks = ["1\xa0неделя: по 17 марта, чт", "2\xa0недели: по 24 марта, чт", "4\xa0недели: по 7 апреля, чт"]
    assert shown.buttons == [*weeks, "Отмена"]
    await school.presses(olga, weeks[1])
    assert shown.text == "11 марта, пт – 24 марта, чт\nКто будет за Вас?"
    assert shown.buttons == ["Татьяна Крылова", "Марина Королёва", "Павел Зимин", "Отмена"]
    await school.presses(olga, "Татьяна Крылова")
    assert (shown.text, shown.buttons) == (SUMMARY, ["Подтвердить", "Другой заместитель", "Отмена"])
    assert school.look.count("stand_in") == 0
    assert await school.presses(olga, "Подтвердить") == Answer("✅ Отпуск назначен.")
    assert shown.text == "Отпуск\n📅 11 марта, пт – 24 марта, чт: за Вас Татьяна Крылова"
    assert shown.buttons == ["Уйти в отпуск", "Отменить отпуск с 11 марта", "Обо мне", "В меню"]
    assert school.look.rows(LEAVES) == [(OLGAS_ID, TATYANAS_ID, "2022-03-11", "2022-03-24", 1)]
    await school.tick()
    told = school.said(tatyanas(school))
    assert (told.text, told.buttons) == (TOLD, ["Мои задачи"])


async def test_days_are_typed_as_people_say_them(school: Desk) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск")
    shown = await school.says(school.olga, "с понедельника")
    assert shown.text.startswith("С 14 марта, пн.")
    shown = await school.says(school.olga, "до 20 марта")
    assert shown.text == "14 марта, пн – 20 марта, вс\nКто будет за Вас?"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("не знаю", "Нужен один день, а написано «не знаю». Напишите, например, «20 июля» или «20.07»."),
        ("31 июня", "Такой даты нет в календаре: «31 июня». Проверьте число и месяц и напишите ещё раз."),
        ("1 июля", "Отпуск назначают не дальше чем до 8 июня, ср. Выберите более ранний первый день."),
    ],
)
async def test_a_first_day_that_cannot_be_is_asked_again(school: Desk, typed: str, answer: str) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск")
    assert (await school.says(school.olga, typed)).text == answer
    assert (await school.says(school.olga, "9 марта")).text.startswith("С 10 марта, чт.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("9 марта", "Последний день раньше первого (10 марта, чт). Выберите более поздний."),
        ("через год", "Нужен один день, а написано «через год». Напишите, например, «20 июля» или «20.07»."),
        ("1.04.2023", "Отпуск может закончиться не позже 10 марта 2023, пт. Выберите более ранний последний день."),
    ],
)
async def test_a_last_day_that_cannot_be_is_asked_again(school: Desk, typed: str, answer: str) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск", "С сегодняшнего дня")
    assert (await school.says(school.olga, typed)).text == answer
    assert (await school.says(school.olga, "завтра")).text.startswith("10 марта, чт – 11 марта, пт\n")


async def test_coming_back_early_is_asked_once_more(school: Desk) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск")
    await school.forges(school.olga, f"awayok:0:20220310:20220320:{TATYANAS_ID}")
    await school.tick()
    shown = school.said(school.olga)
    assert shown.text == "Отпуск\n⏳ 10 марта, чт – 20 марта, вс: за Вас Татьяна Крылова"
    await school.presses(school.olga, "Вернуться раньше")
    assert (shown.text, shown.buttons) == (
        "Вы вернулись?\nЗадачи и напоминания останутся за Вами, заместитель узнает об этом.",
        ["Да, задачи снова мои", "Назад"],
    )
    await school.presses(school.olga, "Назад")
    await school.presses(school.olga, "Вернуться раньше")
    over = "✅ Готово: отпуска больше нет."
    assert await school.presses(school.olga, "Да, задачи снова мои") == Answer(over)
    assert shown.text == NOTHING_YET
    await school.tick()
    told = "✅ Замещение окончено раньше: Ольга Лебедева. Эти задачи больше не за Вами."
    assert school.screen(tatyanas(school)) == told


async def test_the_deputy_sees_for_whom_and_has_the_tasks(school: Desk) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск")
    await school.forges(school.olga, f"awayok:0:20220310:20220320:{TATYANAS_ID}")
    shown = await school.opens(tatyanas(school), "/menu", "Обо мне", "Отпуск")
    assert shown.text.split("\n\n")[1] == "Вы замещаете:\n• Ольга Лебедева, 10 марта, чт – 20 марта, вс"


async def test_the_coordinator_sends_a_director_on_leave(school: Desk) -> None:
    await school.says(school.marina, "/menu")
    await school.forges(school.marina, f"away:{OLGAS_ID}")
    shown = school.said(school.marina)
    assert (shown.text, shown.buttons) == (
        "Отпуск: Ольга Лебедева\nОтпуск не назначен.",
        ["Назначить отпуск", "К карточке"],
    )
    await arranges(school, school.marina, "Назначить отпуск", "С сегодняшнего дня", "1\xa0неделя: по 16 марта, ср")
    assert shown.text == "10 марта, чт – 16 марта, ср\nОльга Лебедева: кто замещает?"
    await arranges(school, school.marina, "Татьяна Крылова", "Подтвердить")
    assert shown.buttons == ["Назначить отпуск", "Завершить отпуск", "К карточке"]
    await school.tick()
    assert school.screen(school.olga).startswith("📅 Координатор назначил Вам отпуск: 10 марта, чт – 16 марта, ср.")
    await arranges(school, school.marina, "Завершить отпуск", "Да, завершить")
    assert shown.text == "Отпуск: Ольга Лебедева\nОтпуск не назначен."


async def test_where_nobody_could_stand_in_it_is_said_what_to_do(desk: Desk) -> None:
    for who in (desk.marina, desk.pavel):
        await desk.app.core.people.blocked(Account("telegram", who.id), now=desk.world.clock())
    place = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, place), now=desk.world.clock())
    await desk.opens(desk.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск")
    shown = desk.said(desk.olga)
    assert (shown.text, shown.buttons) == (NOBODY, ["Обо мне", "В меню"])


async def test_many_who_could_stand_in_are_turned_page_by_page(school: Desk) -> None:
    place = await a_school(school.app.core)
    for number in range(10):
        who = Somebody(f"Коллега № {number}", Account("telegram", 600_000_000 + number))
        await enrolled(school.app.core, who, Duty(Role.SCHOOL, place), now=school.world.clock())
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск", "С сегодняшнего дня")
    await school.says(school.olga, "завтра")
    shown = school.said(school.olga)
    names = shown.buttons[:-2]
    while "Дальше ›" in shown.buttons:
        await school.presses(school.olga, "Дальше ›")
        names += [one for one in shown.buttons if one not in ("‹ Назад", "Дальше ›", "Отмена")]
        assert len(shown.keyboard) <= 8
    assert sorted(set(names)) == sorted(
        [*[f"Коллега № {n}" for n in range(10)], "Татьяна Крылова", "Марина Королёва", "Павел Зимин"]
    )


async def test_arranging_goes_on_after_a_restart(school: Desk, reopen: Reopen) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск", "С завтрашнего дня")
    again = await reopen()
    await again.says(again.olga, "до 24 марта")
    await again.presses(again.olga, "Татьяна Крылова")
    again = await reopen()
    await again.presses(again.olga, "Подтвердить")
    assert again.look.rows(LEAVES) == [(OLGAS_ID, TATYANAS_ID, "2022-03-11", "2022-03-24", 1)]


async def test_confirming_pressed_twice_at_once_is_one_leave(school: Desk) -> None:
    await school.opens(school.olga, "/menu", "Обо мне", "Отпуск", "Уйти в отпуск", "С завтрашнего дня")
    await school.says(school.olga, "до 24 марта")
    await school.presses(school.olga, "Татьяна Крылова")
    shown = school.said(school.olga)
    for _ in range(2):
        school.olga.presses("Подтвердить", shown)
    await school.settle()
    assert school.look.count("stand_in") == 1


@pytest.mark.parametrize(
    "data",
    [
        "away:-1", "away:x", "away:", "awayfrom:x", "awaysince:0:20220231", "awaysince:0:2022031", "awaysince:0",
        "awayto:0:20220310:99999999:0", "awayto:0:20220310:20220311", "awayby:0:20220310:20220311:0",
        "awayok:0:20220310:20220311:-4", "awayok:0:20220310:20220311:x", "awayend:0", "awayend:x", "awayover:0",
        f"awayend:{2**63}", "awayok:0:20220310:20220311",
    ],
)  # fmt: skip
async def test_what_no_screen_offers_is_a_dead_button(school: Desk, data: str) -> None:
    await school.says(school.olga, "/menu")
    assert await school.forges(school.olga, data) == DEAD
    assert school.look.count("stand_in") == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("away:4", REFUSED),
        ("awayok:4:20220310:20220311:1", REFUSED),
        ("awayok:0:20220310:20220311:3", NO_DEPUTY),
        ("awayok:0:20210310:20210311:4", "Последний день раньше первого (10 марта, чт). Выберите более поздний."),
        ("awayok:0:99991231:99991231:4", TOO_FAR),
        ("awayend:1", "Такого отпуска нет. Откройте «Отпуск» заново."),
        (f"awayover:{2**63 - 1}", "Такого отпуска нет. Откройте «Отпуск» заново."),
    ],
)  # fmt: skip
async def test_what_is_forged_or_years_old_is_refused_kindly(school: Desk, data: str, said: str) -> None:
    await school.says(school.olga, "/menu")
    assert await school.forges(school.olga, data) == Answer(said, alert=True)
    assert school.look.count("stand_in") == 0


async def test_an_old_page_is_the_nearest_one(school: Desk) -> None:
    await school.says(school.olga, "/menu")
    await school.forges(school.olga, "awayto:0:20220310:20220311:-77")
    assert school.said(school.olga).buttons[0] == "Татьяна Крылова"


async def test_a_leave_that_is_over_has_nothing_to_end(school: Desk) -> None:
    await school.says(school.olga, "/menu")
    await school.forges(school.olga, f"awayok:0:20220310:20220311:{TATYANAS_ID}")
    await school.sleeps("2022-03-12 12:00")
    for data in ("awayend:1", "awayover:1"):
        await school.forges(school.olga, data)
        assert school.screen(school.olga) == NOTHING_YET
    assert school.look.rows(LEAVES) == [(OLGAS_ID, TATYANAS_ID, "2022-03-10", "2022-03-11", 1)]
