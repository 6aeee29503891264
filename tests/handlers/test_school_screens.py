"""«Моя школа», «Мои школы» and keeping the schools, as they are seen and pressed."""

import pytest

from domain.people import Duty, Role
from domain.registry import SCHOOL_LIMIT
from handlers.school import card_screen
from rehearsal.pressing import Answer
from storage import people as people_rows
from storage import registry as registry_rows
from tests.handlers.desk import Desk
from tests.people import IGOR, MARINA, OLGA, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
GONE = Answer("Этой школы в проекте больше нет. Откройте список школ в меню: /menu", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
LOOKING = ["Документы", "Визиты", "Результат школы"]
KEEPING = [
    "Добавить в команду",
    "Адрес",
    *("Документы", "Визиты", "Результат"),
    "Переименовать",
    "Школа вышла из проекта",
    "К списку школ",
    "В меню",
]


@pytest.fixture
async def seven(desk: Desk) -> int:
    """Olga is responsible for a ninth school; Anna of the same team has not come in, Igor is its curator."""
    core, now = desk.app.core, desk.world.clock()
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=now)
    await enrolled(core, IGOR, Duty(Role.CURATOR, school), Duty(Role.CURATOR, 1), now=now)
    async with core.database.transaction() as tx:
        anna = await people_rows.add_person(tx, "Анна Ёлкина", now, "завуч")
        await registry_rows.give_duty(tx, anna, Duty(Role.SCHOOL, school), now)
    return school


ASKED = (
    "Школа № 7\n{}Напишите, куда приезжать: населённый пункт, улицу и дом, до 300 знаков. "
    "Адрес увидят все, кому видна школа."
)
CARD = (
    "Школа № 7\nЮжский район\n\n"
    "Команда\n• Ольга Лебедева — ответственный\n• Анна Ёлкина, завуч (ещё не в боте)\n\n"
    "Кураторы\n• Игорь Прохожий"
)


# --- Who sees what ----------------------------------------------------------------------------------------------------


async def test_a_director_opens_their_school_at_once_and_only_looks(desk: Desk, seven: int) -> None:
    card = await desk.opens(desk.olga, "/menu", "Моя школа")
    assert (card.text, card.buttons) == (CARD, ["Документы", "Визиты", "Наш результат", "В меню"])


@pytest.mark.parametrize("data", ["school:1", "school:999", f"school:{2**63 - 1}", "team:1:0"])
async def test_other_schools_are_closed_to_a_school(desk: Desk, seven: int, data: str) -> None:
    await desk.says(desk.olga, "/menu")
    assert await desk.forges(desk.olga, data) == REFUSED


@pytest.mark.parametrize("data", ["schools:1:0", "homes:0", "homes:7"])
async def test_lists_show_a_school_nothing_but_itself(desk: Desk, seven: int, data: str) -> None:
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, data)
    shown = desk.said(desk.olga)
    assert (shown.text, shown.buttons) == ("Школы: 1\nВыберите муниципалитет или школу.", ["Школа № 7", "В меню"])


@pytest.mark.parametrize(
    "data",
    [
        *("newschool:0", "schoolin:1", "schoolname:9", "schoolout:9", "schoolgone:9", "person:3", "newperson:9"),
        *("schooladdress:9", "noaddress:9"),
    ],
)
async def test_keeping_schools_is_the_coordinators(desk: Desk, seven: int, data: str) -> None:
    for who in (desk.olga, desk.igor):
        await desk.says(who, "/menu")
        assert await desk.forges(who, data) == REFUSED
    assert desk.look.rows("SELECT count(*) FROM school WHERE left_at IS NULL") == [(9,)]


async def test_a_curator_chooses_among_their_own(desk: Desk, seven: int) -> None:
    shown = await desk.opens(desk.igor, "/menu", "Мои школы")
    assert shown.buttons == ["Средняя школа № 37", "Школа № 7", "В меню"]
    await desk.presses(desk.igor, "Школа № 7")
    assert desk.screen(desk.igor) == CARD
    assert desk.said(desk.igor).buttons == [*LOOKING, "К списку школ", "В меню"]
    assert await desk.forges(desk.igor, "school:2") == REFUSED


async def test_a_coordinator_sees_all_schools_and_opens_people_from_the_card(desk: Desk, seven: int) -> None:
    shown = await desk.opens(desk.marina, "/people", "Школы")
    assert shown.text == "Школы: 9\nВыберите муниципалитет или школу."
    assert shown.buttons[-3:] == ["Дальше ›", "Добавить школу", "В меню"]
    await desk.presses(desk.marina, "Дальше ›")
    await desk.presses(desk.marina, "Школа № 7")
    assert desk.screen(desk.marina) == CARD
    assert desk.said(desk.marina).buttons == ["Ольга Лебедева", "Анна Ёлкина", "Игорь Прохожий", *KEEPING]
    await desk.presses(desk.marina, "Анна Ёлкина")
    assert desk.screen(desk.marina).startswith("Анна Ёлкина, завуч\n")


async def test_many_schools_are_chosen_by_municipality(desk: Desk, seven: int) -> None:
    for number in range(20):
        await a_school(desk.app.core, f"Школа № {100 + number}")
    shown = await desk.opens(desk.marina, "/people", "Школы", "Дальше ›")
    assert shown.text == "Школы: 29\nВыберите муниципалитет или школу."
    assert shown.buttons == ["Южский район", "‹ Назад", "Добавить школу", "В меню"]
    await desk.presses(desk.marina, "Южский район")
    assert desk.screen(desk.marina) == "Южский район\nВыберите школу."
    await desk.presses(desk.marina, "Дальше ›")
    assert desk.said(desk.marina).buttons[-2:] == ["Добавить школу", "К списку школ"]
    for data in ("schools:999:0", "homes:-5"):
        await desk.forges(desk.marina, data)
        assert desk.said(desk.marina).buttons[0] == "г. о. Вичуга"


async def test_a_big_team_is_turned_page_by_page(desk: Desk, seven: int) -> None:
    async with desk.app.core.database.transaction() as tx:
        for number in range(30):
            one = await people_rows.add_person(tx, f"<i>Учитель {number:02}</i>", desk.world.clock())
            await registry_rows.give_duty(tx, one, Duty(Role.SCHOOL, seven), desk.world.clock())
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"school:{seven}")
    assert "\nи ещё 20\n" in desk.screen(desk.marina)
    assert desk.said(desk.marina).buttons[3:] == ["Дальше ›", *KEEPING]
    await desk.forges(desk.marina, f"team:{seven}:10")
    assert desk.said(desk.marina).buttons[2:] == ["Игорь Прохожий", "‹ Назад", *KEEPING]


async def test_somebody_without_a_school_sees_none(desk: Desk) -> None:
    await enrolled(desk.app.core, OLGA, Duty(Role.MUNICIPAL, municipality_id=1), now=desk.world.clock())
    await desk.forges(desk.marina, "schoolgone:1", message=await desk.says(desk.marina, "/menu"))
    shown = await desk.opens(desk.olga, "/menu", "Мои школы")
    assert (shown.text, shown.buttons) == ("Школ пока нет.", ["В меню"])


# --- Keeping ----------------------------------------------------------------------------------------------------------


async def test_a_school_is_added_in_a_municipality_that_is_new(desk: Desk) -> None:
    await desk.opens(desk.marina, "/people", "Школы", "Добавить школу")
    assert desk.screen(desk.marina) == "В каком муниципалитете школа? Выберите или напишите название нового."
    assert (await desk.says(desk.marina, "—")).text.startswith("Нужны буквы или цифры")
    asked = await desk.says(desk.marina, " Новый   район ")
    assert asked.text == "Новый район\nНапишите название школы, до 300 знаков."
    assert (await desk.says(desk.marina, "Ш" * 301)).text.startswith("Слишком длинно: нужно до 300 знаков.")
    shown = await desk.says(desk.marina, "МБОУ «Ёлочка»")
    assert shown.text == (
        "✅ Школа добавлена.\n\nМБОУ «Ёлочка»\nНовый район\n\nКоманда\nпока никого\n\nКураторы\nпока никого"
    )
    assert shown.buttons == KEEPING


async def test_a_school_alike_is_asked_about(desk: Desk, seven: int) -> None:
    await desk.opens(desk.marina, "/people", "Школы", "Добавить школу", "Дальше ›", "Южский район")
    asked = await desk.says(desk.marina, "МБОУ СОШ № 7")
    assert asked.text == (
        "Похоже на:\n• Школа № 7\n\nМБОУ СОШ № 7 — это та же школа? Если да, нажмите её название: откроется карточка."
    )
    assert asked.buttons == ["Школа № 7", "Это другая школа", "Отмена"]
    await desk.presses(desk.marina, "Это другая школа")
    assert desk.screen(desk.marina).startswith("✅ Школа добавлена.\n\nМБОУ СОШ № 7\n")
    assert await desk.forges(desk.marina, "schoolnew") == DEAD
    await desk.opens(desk.marina, "/people", "Школы", "Добавить школу", "Дальше ›", "Южский район")
    known = await desk.says(desk.marina, "школа № 7")
    assert known.text == "Школа «школа № 7» в этом муниципалитете уже есть или была. Напишите другое название."
    assert desk.look.count("school") == 10


async def test_a_municipality_that_is_not_there_is_refused(desk: Desk) -> None:
    await desk.says(desk.marina, "/menu")
    none = Answer("Такого муниципалитета в списке нет. Выберите другой.", alert=True)
    assert await desk.forges(desk.marina, "schoolin:999") == none


async def test_a_school_is_renamed(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"school:{seven}")
    await desk.presses(desk.marina, "Переименовать")
    assert desk.screen(desk.marina) == "Школа № 7\nНапишите название, как должно быть, до 300 знаков."
    await desk.says(desk.marina, "Талицкая СОШ")
    assert desk.screen(desk.marina).startswith("Школа «Талицкая СОШ» в этом муниципалитете уже есть")
    shown = await desk.says(desk.marina, "<b>Берёзовская</b> СОШ")
    assert shown.text.splitlines()[0] == "<b>Берёзовская</b> СОШ"


async def test_a_name_at_its_limit_fits_every_screen(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"schoolname:{seven}")
    await desk.says(desk.marina, "<" * (SCHOOL_LIMIT - 1) + "Я")
    for button in ("Переименовать", "К карточке школы", "Школа вышла из проекта", "Да, вышла"):
        await desk.presses(desk.marina, button)
        assert "<<<" in desk.screen(desk.marina)


async def test_an_address_is_told_and_seen_by_whoever_sees_the_school(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"school:{seven}")
    await desk.presses(desk.marina, "Адрес")
    asked = desk.said(desk.marina)
    assert (asked.text, asked.buttons) == (ASKED.format(""), ["К карточке школы", "Отмена"])
    wrong = await desk.says(desk.marina, "155630, 5")
    assert wrong.text == "В адресе нет ни одной буквы. Напишите, например: Южа, ул. Советская, 5."
    assert (await desk.says(desk.marina, "А" * 301)).text.startswith("Слишком длинно: нужно до 300 знаков.")
    shown = await desk.says(desk.marina, "Южа,\n ул. <b>Ёлочная</b>,  5")
    placed = CARD.replace("район\n", "район\nАдрес: Южа, ул. <b>Ёлочная</b>, 5\n")
    assert (shown.text, shown.buttons[3:]) == (placed, KEEPING)
    assert (await desk.opens(desk.olga, "/menu", "Моя школа")).text == placed
    await desk.opens(desk.igor, "/menu", "Мои школы", "Школа № 7")
    assert desk.screen(desk.igor) == placed


async def test_an_address_is_taken_away(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"schooladdress:{seven}")
    await desk.says(desk.marina, "Южа")
    await desk.presses(desk.marina, "Адрес")
    asked = desk.said(desk.marina)
    assert (asked.text, asked.buttons) == (
        ASKED.format("Адрес: Южа\n\n"),
        ["Убрать адрес", "К карточке школы", "Отмена"],
    )
    await desk.presses(desk.marina, "Убрать адрес")
    assert desk.screen(desk.marina) == CARD
    await desk.says(desk.marina, "Талицы")
    assert desk.look.rows("SELECT address FROM school WHERE id = ?", seven) == [("",)]


async def test_an_address_of_a_school_that_left_meanwhile_is_refused(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"schooladdress:{seven}")
    core, now = desk.app.core, desk.world.clock()
    await core.registries.school_left(seven, by=await core.people.member(MARINA.account, now=now), now=now)
    assert (await desk.says(desk.marina, "Южа")).text == GONE.text


async def test_the_card_of_a_big_team_keeps_to_eight_rows(desk: Desk, seven: int) -> None:
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    for count in range(4, 12):
        async with core.database.transaction() as tx:
            one = await people_rows.add_person(tx, f"Учитель {count:02}", now)
            await registry_rows.give_duty(tx, one, Duty(Role.SCHOOL, seven), now)
        card = await core.registries.school(seven, by=marina)
        for page in range(5):
            rows = card_screen(core.texts, card, page).buttons
            assert len(rows) <= 8
            assert max(map(len, rows)) <= 3


async def test_a_school_that_leaves_says_who_goes_with_it(desk: Desk, seven: int) -> None:
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"school:{seven}")
    await desk.presses(desk.marina, "Школа вышла из проекта")
    assert desk.screen(desk.marina) == (
        "Школа вышла из проекта: Школа № 7?\n"
        "Вместе со школой будут убраны и больше ничего не получат:\n• Ольга Лебедева\n• Анна Ёлкина\n"
        "Кураторы и те, у кого есть другие обязанности, останутся. Сделанное останется."
    )
    await desk.presses(desk.marina, "Да, вышла")
    assert desk.screen(desk.marina) == "✅ Школа № 7 больше не участвует в проекте."
    assert (await desk.says(desk.olga, "/menu")).text.startswith("Это служебный помощник")
    for kind in ("school", "schoolname", "schooladdress", "noaddress", "schoolout", "schoolgone"):
        assert await desk.forges(desk.marina, f"{kind}:{seven}") == GONE
    await desk.says(desk.igor, "/menu")
    assert await desk.forges(desk.igor, f"school:{seven}") == REFUSED
