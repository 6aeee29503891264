"""«Заменить» as it is seen and pressed."""

import pytest

from domain.people import Account, Duty, Role
from rehearsal.pressing import Answer
from storage import people as people_rows
from storage import registry as registry_rows
from tests.handlers.desk import Desk
from tests.people import IGOR, OLGA, Somebody, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
NOTHING = Answer("Этой обязанности у человека уже нет. Откройте карточку ещё раз.", alert=True)
ANNA = Somebody("Анна Ёлкина", Account("telegram", 500_000_005))


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Olga, the third person, leads school № 7; Igor, the fourth, is of its team and has come in."""
    core, now = desk.app.core, desk.world.clock()
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=now)
    await enrolled(core, IGOR, Duty(Role.SCHOOL, school), now=now)
    return desk


async def begins(desk: Desk, typed: str = "лебедева", *path: str) -> str:
    await desk.opens(desk.marina, "/people", "Найти человека")
    await desk.says(desk.marina, typed)
    for button in ("Заменить", *path):
        await desk.presses(desk.marina, button)
    return desk.screen(desk.marina)


async def test_a_colleague_is_offered_and_takes_over_in_two_presses(office: Desk) -> None:
    assert await begins(office) == (
        "Заменить: Ольга Лебедева\n• команда школы, Школа № 7 (ответственный)\n\n"
        "Кому передать? Ближе всех:\n• Игорь Прохожий — команда школы, Школа № 7\n"
        "Или напишите фамилию и имя другого человека."
    )
    assert office.said(office.marina).buttons == ["Игорь Прохожий", "К карточке", "Отмена"]
    await office.presses(office.marina, "Игорь Прохожий")
    assert office.screen(office.marina) == (
        "Ольга Лебедева → Игорь Прохожий\n"
        "Перейдут обязанности и отложенные напоминания:\n• команда школы, Школа № 7 (ответственный)\n\n"
        "Ольга Лебедева больше не участвует в проекте и с этого момента ничего не получает."
    )
    await office.presses(office.marina, "Заменить")
    assert office.screen(office.marina) == (
        "✅ Замена сделана. Теперь всё это здесь:\n\n"
        "Игорь Прохожий\n✅ В боте, согласие есть\n\n• команда школы, Школа № 7 (ответственный)"
    )
    await office.tick()
    assert office.screen(office.igor) == (
        "Теперь за Вами:\n• команда школы, Школа № 7 (ответственный)\n"
        "До Вас этим занимался другой человек: Ольга Лебедева."
    )
    assert (await office.says(office.olga, "/menu")).text.startswith("Это служебный помощник")


async def test_pressing_again_shows_the_same_and_does_nothing(office: Desk) -> None:
    await begins(office, "лебедева", "Игорь Прохожий")
    await office.presses(office.marina, "Заменить")
    shown = office.screen(office.marina)
    before = office.look.count("audit"), office.look.count("outbox")
    await office.forges(office.marina, "swap:3:0:4")
    assert (office.screen(office.marina), office.look.count("audit"), office.look.count("outbox")) == (shown, *before)


async def test_somebody_new_takes_over_with_the_same_position(office: Desk) -> None:
    await office.forges(office.marina, "position:3", message=await office.says(office.marina, "/menu"))
    await office.says(office.marina, "директор")
    await begins(office)
    shown = await office.says(office.marina, "Анна Ёлкина")
    assert shown.text.splitlines()[-1] == (
        "По словам «Анна Ёлкина» никого нет. Напишите иначе или добавьте нового человека."
    )
    await office.presses(office.marina, "Это новый человек")
    assert office.screen(office.marina) == (
        "Анна Ёлкина\nКем работает? Напишите или выберите. Прежняя должность: директор."
    )
    assert office.said(office.marina).buttons == ["Та же должность", "Пропустить", "Отмена"]
    await office.presses(office.marina, "Та же должность")
    assert office.screen(office.marina).endswith("Новый человек ещё не в боте: после замены выдайте код.")
    await office.presses(office.marina, "Заменить")
    assert office.screen(office.marina) == (
        "✅ Замена сделана. Теперь всё это здесь:\n\n"
        "Анна Ёлкина, директор\n⏳ Ещё не в боте\nДействующего кода нет\n\n"
        "• команда школы, Школа № 7 (ответственный)"
    )
    assert office.said(office.marina).buttons[0] == "Код для входа"
    assert await office.forges(office.marina, "swapnew") == DEAD
    assert office.look.rows("SELECT count(*) FROM person WHERE name = 'Анна Ёлкина'") == [(1,)]


@pytest.mark.parametrize(("answer", "position"), [("Пропустить", ""), ("и. о. директора", "и. о. директора")])
async def test_a_new_position_is_typed_or_left_out(office: Desk, answer: str, position: str) -> None:
    await begins(office)
    await office.says(office.marina, "Анна <Ёлкина>")
    await office.presses(office.marina, "Это новый человек")
    if position:
        assert (await office.says(office.marina, "д" * 201)).text.startswith("Слишком длинно")
        await office.says(office.marina, answer)
    else:
        await office.presses(office.marina, answer)
    await office.presses(office.marina, "Заменить")
    assert office.look.rows("SELECT name, position FROM person ORDER BY id DESC LIMIT 1") == [
        ("Анна <Ёлкина>", position)
    ]


async def test_somebody_alike_is_found_before_a_second_one_is_made(office: Desk) -> None:
    await begins(office)
    shown = await office.says(office.marina, "Прохожий Игорь Ильич")
    assert shown.buttons == ["Игорь Прохожий", "Это новый человек", "К карточке", "Отмена"]
    assert (await office.says(office.marina, "?")).text.startswith("Нужны буквы или цифры")
    shown = await office.says(office.marina, "королёва")
    assert shown.buttons == ["Марина Королёва", "Это новый человек", "К карточке", "Отмена"]


async def test_a_curator_passes_one_school_on(office: Desk) -> None:
    await enrolled(office.app.core, ANNA, Duty(Role.CURATOR, 1), Duty(Role.CURATOR, 2), now=office.world.clock())
    assert await begins(office, "елкина") == "Заменить: Анна Ёлкина\nПередать все обязанности или одну?"
    assert office.said(office.marina).buttons == [
        *("Все обязанности", "Куратор: Средняя школа № 37", "Куратор: МСОШ № 2", "К карточке", "Отмена")
    ]
    await office.presses(office.marina, "Куратор: МСОШ № 2")
    await office.says(office.marina, "королёва")
    await office.presses(office.marina, "Марина Королёва")
    assert office.screen(office.marina) == (
        "Анна Ёлкина → Марина Королёва\nПерейдут обязанности и отложенные напоминания:\n• куратор, МСОШ № 2"
    )
    await office.presses(office.marina, "Заменить")
    assert office.screen(office.marina).splitlines()[-1] == "• куратор, МСОШ № 2"
    assert office.look.rows("SELECT role, school_id FROM duty WHERE person_id = 5 AND until IS NULL") == [
        ("curator", 1)
    ]


async def test_one_duty_is_passed_on_from_its_own_screen_too(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Найти человека")
    await office.says(office.marina, "лебедева")
    for button in ("Обязанности", "Школа № 7", "Передать другому", "Игорь Прохожий", "Заменить"):
        await office.presses(office.marina, button)
    assert office.screen(office.marina).startswith("✅ Замена сделана.")


async def test_many_who_may_take_over_are_turned_page_by_page(office: Desk) -> None:
    async with office.app.core.database.transaction() as tx:
        for number in range(12):
            one = await people_rows.add_person(tx, f"Учитель {number:02}", office.world.clock())
            await registry_rows.give_duty(tx, one, Duty(Role.SCHOOL, 9), office.world.clock())
    await begins(office)
    await office.says(office.marina, "учитель")
    await office.presses(office.marina, "Дальше ›")
    assert office.said(office.marina).buttons == [
        *(f"Учитель {number:02}" for number in range(5, 10)),
        *("‹ Назад", "Дальше ›", "Это новый человек", "К карточке", "Отмена"),
    ]
    await office.forges(office.marina, "heirs:3:0:999")
    assert office.said(office.marina).buttons[:2] == ["Учитель 10", "Учитель 11"]


async def test_of_two_coordinators_the_second_is_told_who_it_is_now(office: Desk) -> None:
    await begins(office, "лебедева", "Игорь Прохожий")
    other = await office.says(office.pavel, "/people")
    await office.forges(office.pavel, "swap:3:0:2", message=other)
    told = Answer("Замена уже сделана: теперь это Павел Зимин. Откройте список: /people", alert=True)
    assert await office.presses(office.marina, "Заменить") == told


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("heirs:3:999:0", NOTHING),
        ("heir:3:1:4", NOTHING),
        ("swap:3:1:4", NOTHING),
        ("swap:3:0:3", Answer("Это тот же человек. Выберите другого.", alert=True)),
        ("swap:3:0:999", Answer("Этого человека в проекте больше нет. Откройте список: /people", alert=True)),
        ("heir:3:0:999", Answer("Этого человека в проекте больше нет. Откройте список: /people", alert=True)),
        ("replace:999", Answer("Этого человека в проекте больше нет. Откройте список: /people", alert=True)),
        ("swap:0:0:4", DEAD),
        ("heirjob:1", DEAD),
        ("newheir", DEAD),
        ("swapnew", DEAD),
    ],
)
async def test_forged_and_stale_buttons_change_nothing(office: Desk, data: str, answer: Answer) -> None:
    await office.says(office.marina, "/menu")
    before = office.look.rows("SELECT * FROM duty")
    assert await office.forges(office.marina, data) == answer
    assert office.look.rows("SELECT * FROM duty") == before


@pytest.mark.parametrize("data", ["replace:3", "heirs:3:0:0", "heir:3:0:4", "swap:3:0:4"])
async def test_replacing_is_the_coordinators(office: Desk, data: str) -> None:
    await office.says(office.igor, "/menu")
    assert await office.forges(office.igor, data) == REFUSED
    assert office.look.rows("SELECT count(*) FROM person WHERE removed_at IS NOT NULL") == [(0,)]


async def test_whoever_has_nothing_is_not_replaced(office: Desk) -> None:
    await office.forges(office.marina, "unduty:3:3", message=await office.says(office.marina, "/menu"))
    assert await office.forges(office.marina, "replace:3") == NOTHING
