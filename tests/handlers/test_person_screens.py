"""A person's card, adding a person and their duties, as they are seen and pressed."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import OLGA, PAVEL, a_school, enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
GONE = Answer("Этого человека в проекте больше нет. Откройте список: /people", alert=True)
OF_OLGA = "Ольга Лебедева\n✅ В боте, согласие есть\n\n• команда школы, Школа № 7 (ответственный)"
BUTTONS = [
    *("Код для входа", "Имя", "Должность", "Обязанности", "Отпуск", "Заменить", "Убрать из проекта"),
    "К людям и школам",
]


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Olga, the third person, is responsible for school № 7 of the Southern district, the ninth."""
    school = await a_school(desk.app.core)
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=desk.world.clock())
    return desk


async def card(desk: Desk, typed: str = "лебедева") -> str:
    await desk.opens(desk.marina, "/people", "Найти человека")
    return (await desk.says(desk.marina, typed)).text


def names(desk: Desk) -> list[str]:
    return [name for (name,) in desk.look.rows("SELECT name FROM person ORDER BY id")]


# --- The card ---------------------------------------------------------------------------------------------------------


async def test_a_card_tells_where_a_person_stands(office: Desk) -> None:
    assert await card(office) == OF_OLGA
    assert office.said(office.marina).buttons == BUTTONS


async def test_nobody_removes_themselves(office: Desk) -> None:
    await card(office, "королёва")
    assert "Убрать из проекта" not in office.said(office.marina).buttons
    yourself = Answer("Себя убрать нельзя. Попросите об этом другого координатора.", alert=True)
    assert await office.forges(office.marina, "removed:1") == yourself


@pytest.mark.parametrize(
    "data",
    ["person:3", "name:3", "position:3", "noposition:3", "remove:3", "removed:3", "newperson:0", "newperson:9"],
)
async def test_cards_are_the_coordinators(office: Desk, data: str) -> None:
    await office.says(office.olga, "/menu")
    assert await office.forges(office.olga, data) == REFUSED
    assert office.look.rows("SELECT count(*) FROM person WHERE removed_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    "data",
    [
        *("person:3", "name:3", "position:3", "noposition:3", "remove:3", "removed:3", "duties:3:0", "duty:3:3"),
        *("lead:3:3:1", "unduty:3:3", "addduty:3", "give:3:school:9", "person:999", f"person:{2**63 - 1}"),
    ],
)
async def test_old_buttons_of_a_person_who_was_removed_say_so(office: Desk, data: str) -> None:
    await card(office)
    await office.presses(office.marina, "Убрать из проекта")
    await office.presses(office.marina, "Да, убрать")
    assert await office.forges(office.marina, data) == GONE


@pytest.mark.parametrize(
    "data",
    [
        *("person:0", "person:-1", "person:x", "newname", "newskip", "give:0:school:9", "give:3:nobody:1"),
        *("dutyarea:3:nobody:0", "dutyarea:3:organiser:0", "dutyhome:3:coordinator:1:0", "lead:3:3:7", "swapnew"),
        *("newheir", "heirjob:1", "schoolnew"),
    ],
)
async def test_forged_buttons_are_dead(office: Desk, data: str) -> None:
    await card(office)
    before = office.look.count("person"), office.look.rows("SELECT * FROM duty")
    assert await office.forges(office.marina, data) == DEAD
    assert (office.look.count("person"), office.look.rows("SELECT * FROM duty")) == before


async def test_a_name_and_a_position_are_corrected(office: Desk) -> None:
    await card(office)
    await office.presses(office.marina, "Имя")
    assert office.screen(office.marina) == "Ольга Лебедева\nНапишите фамилию, имя и отчество, как должно быть."
    refused = await office.says(office.marina, "—")
    assert refused.text == "Нужны буквы или цифры. Напишите ещё раз."
    shown = await office.says(office.marina, "<i>Ольга</i> Смирнова")
    assert shown.text.splitlines()[0] == "<i>Ольга</i> Смирнова"
    await office.presses(office.marina, "Должность")
    long = await office.says(office.marina, "д" * 201)
    assert long.text == "Слишком длинно: нужно до 200 знаков. Напишите короче."
    shown = await office.says(office.marina, "директор")
    assert shown.text.splitlines()[0] == "<i>Ольга</i> Смирнова, директор"
    await office.presses(office.marina, "Должность")
    await office.presses(office.marina, "Без должности")
    assert office.screen(office.marina).splitlines()[0] == "<i>Ольга</i> Смирнова"


async def test_a_name_at_its_limit_fits_every_screen(office: Desk) -> None:
    await card(office)
    await office.presses(office.marina, "Имя")
    await office.says(office.marina, "<" * 199 + "Я")
    for button in ("Должность", "К карточке", "Убрать из проекта", "К карточке", "Обязанности", "К карточке"):
        await office.presses(office.marina, button)
        assert "<<<" in office.screen(office.marina)


async def test_removing_is_asked_once_more_and_done_once(office: Desk) -> None:
    await card(office)
    await office.presses(office.marina, "Убрать из проекта")
    assert office.screen(office.marina) == (
        "Убрать из проекта: Ольга Лебедева?\n"
        "С этого момента бот ничего не пришлёт и не покажет, код и отпуск перестанут действовать. "
        "Сделанное останется.\n"
        "Останется без человека:\n"
        "• команда школы, Школа № 7 (ответственный)\n"
        "Чтобы передать дела другому, нажмите «Заменить»."
    )
    assert office.said(office.marina).buttons == ["Да, убрать", "Заменить", "К карточке"]
    await office.presses(office.marina, "Да, убрать")
    assert office.screen(office.marina) == "✅ Ольга Лебедева больше не участвует в проекте."
    assert await office.forges(office.marina, "removed:3") == GONE
    polite = await office.says(office.olga, "/menu")
    assert polite.text.startswith("Это служебный помощник проекта")


# --- Adding -----------------------------------------------------------------------------------------------------------


async def test_a_person_is_added_step_by_step(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    assert office.screen(office.marina) == "Кого добавить? Напишите фамилию, имя и отчество."
    await office.says(office.marina, "Анна Ёлкина")
    assert office.screen(office.marina) == (
        "Анна Ёлкина\nКем работает? Например: директор, заместитель директора, учитель."
    )
    await office.says(office.marina, "куратор от университета")
    for button in ("Куратор школы", "Дальше ›", "Южский район", "Школа № 7"):
        await office.presses(office.marina, button)
    assert office.screen(office.marina) == (
        "✅ Человек добавлен. Чтобы он вошёл, выдайте код.\n\n"
        "Анна Ёлкина, куратор от университета\n⏳ Ещё не в боте\nДействующего кода нет\n\n• куратор, Школа № 7"
    )
    assert await office.forges(office.marina, "give:0:curator:9") == DEAD
    assert names(office).count("Анна Ёлкина") == 1


async def test_somebody_alike_is_asked_about_before_a_second_one_is_made(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    asked = await office.says(office.marina, "Лебедева Ольга Петровна")
    assert asked.text == (
        "Похоже на:\n• Ольга Лебедева — команда школы, Школа № 7\n\n"
        "Лебедева Ольга Петровна — это тот же человек? Если да, нажмите его имя: откроется карточка."
    )
    assert asked.buttons == ["Ольга Лебедева", "Это другой человек", "Отмена"]
    await office.presses(office.marina, "Ольга Лебедева")
    assert office.screen(office.marina) == OF_OLGA
    assert await office.forges(office.marina, "newname") == DEAD


async def test_it_may_be_another_person_or_another_name_is_typed(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    await office.says(office.marina, "Ольга Лебедева")
    again = await office.says(office.marina, "Лебедева Ольга Ивановна")
    assert again.buttons == ["Ольга Лебедева", "Это другой человек", "Отмена"]
    await office.presses(office.marina, "Это другой человек")
    await office.presses(office.marina, "Пропустить")
    assert (await office.says(office.marina, "что теперь")).text == (
        "Лебедева Ольга Ивановна\nЧто за этим человеком в проекте?"
    )
    await office.presses(office.marina, "Организатор")
    await office.presses(office.marina, "Департамент образования…ановской области")
    assert "• организатор, Департамент образования Ивановской области" in office.screen(office.marina)
    assert names(office)[-1] == "Лебедева Ольга Ивановна"


async def test_whoever_is_added_from_a_school_is_of_its_team(office: Desk) -> None:
    await office.says(office.marina, "/menu")
    await office.forges(office.marina, "school:9")
    await office.presses(office.marina, "Добавить в команду")
    assert office.screen(office.marina) == "Школа № 7\nКого добавить? Напишите фамилию, имя и отчество."
    await office.says(office.marina, "Анна Ёлкина")
    shown = await office.says(office.marina, "завуч")
    assert shown.text.splitlines()[-1] == "• команда школы, Школа № 7"
    gone = Answer("Этой школы в проекте больше нет. Откройте список школ в меню: /menu", alert=True)
    assert await office.forges(office.marina, "newperson:999") == gone


async def test_nothing_is_added_when_it_is_given_up(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    await office.says(office.marina, "Анна Ёлкина")
    await office.presses(office.marina, "Отмена")
    assert await office.forges(office.marina, "newskip") == DEAD
    assert "Анна Ёлкина" not in names(office)


@pytest.mark.parametrize(("typed", "said"), [("!", "Нужно название"), ("я" * 201, "Слишком длинно")])
async def test_what_is_no_name_is_typed_again(office: Desk, typed: str, said: str) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    assert (await office.says(office.marina, typed)).text.startswith(said)
    assert (await office.says(office.marina, "Анна Ёлкина")).text.startswith("Анна Ёлкина\nКем работает?")


async def test_a_school_that_left_meanwhile_is_refused(office: Desk) -> None:
    await office.opens(office.marina, "/people", "Добавить человека")
    await office.says(office.marina, "Анна Ёлкина")
    await office.presses(office.marina, "Пропустить")
    await office.forges(office.pavel, "schoolgone:9", message=await office.says(office.pavel, "/people"))
    gone = Answer("Этой школы в проекте больше нет. Откройте список школ в меню: /menu", alert=True)
    assert await office.forges(office.marina, "give:0:school:9") == gone
    await office.forges(office.marina, "give:0:school:1")
    assert office.screen(office.marina).startswith("✅ Человек добавлен.")


# --- Duties -----------------------------------------------------------------------------------------------------------


async def test_a_person_with_five_duties_has_them_all_on_one_page(office: Desk) -> None:
    for data in ("give:3:curator:1", "give:3:curator:2", "give:3:municipal:1", "give:3:organiser:department"):
        await office.forges(office.marina, data, message=await office.says(office.marina, "/people"))
    shown = await card(office)
    assert len(shown.splitlines()) == 8
    await office.presses(office.marina, "Обязанности")
    assert office.screen(office.marina) == "Ольга Лебедева\nОбязанностей: 5. Выберите, что изменить."
    assert len(office.said(office.marina).buttons) == 7
    await office.forges(office.marina, "give:3:coordinator:0")
    await office.presses(office.marina, "Обязанности")
    await office.presses(office.marina, "Дальше ›")
    assert office.said(office.marina).buttons == [
        "Региональный координатор",
        "‹ Назад",
        "Добавить обязанность",
        "К карточке",
    ]


async def test_a_duty_is_given_once(office: Desk) -> None:
    await card(office)
    given, had = Answer("Обязанность добавлена."), Answer("Эта обязанность уже есть.")
    assert await office.forges(office.marina, "give:3:municipal:1") == given
    assert await office.forges(office.marina, "give:3:municipal:1") == had
    assert office.screen(office.marina).splitlines()[-1] == "• муниципальный координатор, г. о. Иваново"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("give:3:school:999", "Этой школы"),
        ("give:3:school:0", "Этой школы"),
        ("give:3:curator:x", "Этой школы"),
        (f"give:3:school:{'9' * 30}", "Этой школы"),
        ("give:3:municipal:999", "Такого муниципалитета"),
        ("give:3:organiser:nowhere", "Такой организации"),
    ],
)
async def test_places_that_are_not_there_are_refused(office: Desk, data: str, said: str) -> None:
    await card(office)
    answer = await office.forges(office.marina, data)
    assert (answer.alert, answer.text.startswith(said)) == (True, True)


async def test_who_is_asked_first_is_switched_on_and_off(office: Desk) -> None:
    await card(office)
    for button in ("Обязанности", "Школа № 7", "Снять ответственность"):
        await office.presses(office.marina, button)
    assert office.screen(office.marina) == (
        "Ольга Лебедева\n• команда школы, Школа № 7\n\n"
        "О сроках бот пишет ответственному. Если ответственного нет, пишет всей команде."
    )
    await office.presses(office.marina, "Сделать ответственным")
    assert office.said(office.marina).buttons == [
        *("Снять ответственность", "Передать другому", "Снять обязанность", "Все обязанности")
    ]
    assert office.look.rows("SELECT person_id FROM duty WHERE responsible") == [(3,)]


async def test_a_duty_is_taken_away_and_an_old_button_shows_what_is_left(office: Desk) -> None:
    await card(office)
    for button in ("Обязанности", "Школа № 7"):
        await office.presses(office.marina, button)
    assert await office.presses(office.marina, "Снять обязанность") == Answer("Обязанность снята.")
    nothing = "Ольга Лебедева\nОбязанностей нет: этот человек ничего в проекте не видит и не получает."
    assert office.screen(office.marina) == nothing
    for data in ("duty:3:3", "lead:3:3:1", "unduty:3:3"):
        await office.forges(office.marina, data)
        assert office.screen(office.marina) == nothing
    await office.presses(office.marina, "К карточке")
    assert "Заменить" not in office.said(office.marina).buttons


async def test_a_coordinator_is_named_only_after_a_second_question(office: Desk) -> None:
    await card(office)
    for button in ("Обязанности", "Добавить обязанность", "Региональный координатор"):
        await office.presses(office.marina, button)
    assert office.screen(office.marina) == (
        "Региональный координатор видит и меняет в проекте всё, в том числе список людей. Назначить?"
    )
    assert office.look.rows("SELECT count(*) FROM duty WHERE person_id = 3") == [(1,)]
    await office.presses(office.marina, "Да, назначить")
    assert office.screen(office.marina).splitlines()[-1] == "• региональный координатор"


async def test_the_last_way_in_is_never_closed(office: Desk) -> None:
    await card(office, PAVEL.name)
    own = Answer("Роль координатора у себя снять нельзя. Попросите об этом другого координатора.", alert=True)
    assert await office.forges(office.marina, "unduty:1:1") == own
