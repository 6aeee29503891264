"""«Журнал» as the coordinator sees it and narrows it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from domain.audit import Deed
from domain.people import Duty, Role
from rehearsal.pressing import Answer
from storage import audit as audit_rows
from storage import people as people_rows
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.people import MARINA, OLGA, a_school, enrolled, msk

DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
EXPORTED = "SELECT person_id, about FROM audit WHERE deed = 'audit-exported'"
OPEN = ("/people", "Журнал")
BUTTONS = ["За сегодня", "За неделю", "За месяц", "О чём", "Кто", "Скачать", "Акты об удалении", "К людям и школам"]
NARROW_BUTTONS = ["О чём", "Кто", "Показать всё", "Скачать", "Акты об удалении", "К людям и школам"]
RENAMED = "11.03 12:00 Марина Королёва — изменено имя: Ольга <b>Новая</b>"
CLOSED = "10.03 12:00 Марина Королёва — закрыт п. 16"
LOADED = "10.03 12:00 оператор — загружена дорожная карта 2022 года, изменено: 34 пункта"


@pytest.fixture
async def busy(desk: Desk) -> Desk:
    """Marina closed item 16, and the next day gave Olga, a director, another name."""
    core, clock = desk.app.core, desk.world.clock
    noon = clock()
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core)), now=noon)
    marina = await core.people.member(MARINA.account, now=noon)
    await core.roadmaps.close(16, "", by=marina, now=noon)
    assert olga.person_id == 3
    await core.persons.rename(3, "Ольга <b>Новая</b>", by=marina, now=noon + timedelta(days=1))
    clock.set(noon + timedelta(days=1, minutes=5))
    return desk


def words(desk: Desk) -> list[str]:
    """The lines of Marina's screen, with ordinary spaces."""
    return desk.screen(desk.marina).replace("\u00a0", " ").split("\n")


def rows_of_file(desk: Desk) -> tuple[str, str, list[tuple[Any, ...]]]:
    """Name, caption and rows of the file that came last."""
    shown = next(one for one in reversed(desk.marina.messages(desk.marina.private())) if one.media)
    assert shown.media is not None
    file = desk.world.files.get(shown.media.files[0])
    assert file is not None
    rows = load_workbook(BytesIO(file.data))["Журнал"].iter_rows(values_only=True)
    return file.name, shown.text.replace("\u00a0", " "), list(rows)


async def test_the_newest_rows_come_first(busy: Desk) -> None:
    shown = await busy.opens(busy.marina, *OPEN)
    assert words(busy) == [
        "Журнал — 7 записей",
        "За всё время",
        "",
        RENAMED,
        CLOSED,
        "10.03 12:00 Павел Зимин — дано согласие на обработку персональных данных",
        "10.03 12:00 Павел Зимин — вход в бота по приглашению оператора: региональный координатор",
        "10.03 12:00 Марина Королёва — дано согласие на обработку персональных данных",
        "10.03 12:00 Марина Королёва — вход в бота по приглашению оператора: региональный координатор",
        LOADED,
    ]
    assert shown.buttons == BUTTONS


async def test_rows_are_narrowed_to_days(busy: Desk) -> None:
    await busy.opens(busy.marina, *OPEN, "За сегодня")
    assert words(busy) == ["Журнал — 1 запись", "За сегодня", "", RENAMED]
    assert busy.said(busy.marina).buttons == ["За неделю", "За месяц", "За всё время", *NARROW_BUTTONS]
    await busy.presses(busy.marina, "За неделю")
    assert words(busy)[:2] == ["Журнал — 7 записей", "За неделю"]
    await busy.presses(busy.marina, "Показать всё")
    assert words(busy)[:2] == ["Журнал — 7 записей", "За всё время"]


async def test_rows_are_narrowed_to_a_topic(busy: Desk) -> None:
    shown = await busy.opens(busy.marina, *OPEN, "За неделю", "О чём")
    assert words(busy) == ["О чём показать записи?", "Сейчас: За неделю"]
    assert shown.buttons == [
        *("Дорожная карта", "Группы", "Настройки", "Люди и школы", "Вход и согласия", "Личные данные"),
        *("Работа", "Опросы", "Визиты", "Объявления", "Встречи", "Обо всём", "К журналу"),
    ]
    await busy.presses(busy.marina, "Дорожная карта")
    assert words(busy) == ["Журнал — 2 записи", "За неделю · Дорожная карта", "", CLOSED, LOADED]
    await busy.presses(busy.marina, "О чём")
    await busy.presses(busy.marina, "Группы")
    assert words(busy) == [
        "Журнал — 0 записей",
        "За неделю · Группы",
        "",
        "Таких записей нет. Нажмите «Показать всё».",
    ]
    assert "Скачать" not in shown.buttons
    await busy.presses(busy.marina, "О чём")
    await busy.presses(busy.marina, "Обо всём")
    assert words(busy)[:2] == ["Журнал — 7 записей", "За неделю"]


@pytest.mark.parametrize("typed", ["новая", "НОВАЯ ольга", "3", "№ 3", "участник № 3"])
async def test_rows_are_narrowed_to_a_typed_person(busy: Desk, typed: str) -> None:
    await busy.opens(busy.marina, *OPEN, "За неделю", "Кто")
    assert words(busy) == [
        "Чьи записи показать?",
        "Напишите имя, фамилию или номер участника: найдётся и то, что делал человек, и то, что делали с его данными.",
        "Сейчас: За неделю",
    ]
    assert busy.said(busy.marina).buttons == ["Все", "Оператор", "К журналу"]
    await busy.says(busy.marina, typed)
    assert words(busy) == ["Журнал — 1 запись", "За неделю · Ольга <b>Новая</b>", "", RENAMED]
    await busy.says(busy.marina, "и ещё что-то")
    assert words(busy)[0] == "Я понимаю кнопки. Выберите, что показать."


async def test_several_people_of_a_name_are_offered(busy: Desk) -> None:
    await busy.opens(busy.marina, *OPEN, "Кто")
    shown = await busy.says(busy.marina, "а")
    assert words(busy) == ["Кого показать? Выберите или напишите точнее."]
    assert shown.buttons == ["Марина Королёва", "Ольга <b>Новая</b>", "Павел Зимин", "Отмена"]
    await busy.says(busy.marina, "никого такого")
    assert words(busy) == ["Такого человека в журнале нет. Напишите фамилию или номер участника ещё раз."]
    await busy.presses(busy.marina, "Павел Зимин", message=shown)
    assert shown.text.replace("\u00a0", " ").split("\n")[:2] == ["Журнал — 2 записи", "За всё время · Павел Зимин"]
    await busy.says(busy.marina, "новая")
    assert words(busy)[0] == "Я понимаю кнопки. Выберите, что показать."


async def test_more_people_than_fit_are_counted(busy: Desk) -> None:
    async with busy.app.core.database.transaction() as tx:
        for number in range(10):
            person_id = await people_rows.add_person(tx, f"Анна {number}", busy.world.clock())
            await audit_rows.record(tx, busy.world.clock(), 1, Deed.PERSON_ADDED, person=person_id)
    await busy.opens(busy.marina, *OPEN, "Кто")
    shown = await busy.says(busy.marina, "анна")
    assert words(busy) == ["Нашлось людей: 10, показаны первые 6. Выберите или напишите точнее."]
    assert shown.buttons == [*(f"Анна {number}" for number in range(6)), "Отмена"]


async def test_what_the_bot_did_by_itself_is_the_bot_s(busy: Desk) -> None:
    async with busy.app.core.database.transaction() as tx:
        await audit_rows.record(tx, busy.world.clock(), None, Deed.SURVEY_OPENED, survey=1)
        await audit_rows.record(tx, busy.world.clock(), 1, Deed.SURVEY_CLOSED, survey=1)
    await busy.opens(busy.marina, *OPEN)
    assert words(busy)[3:5] == [
        "11.03 12:05 Марина Королёва — закрыт опрос «Первый опрос участников»",
        "11.03 12:05 бот — начат опрос «Первый опрос участников»",
    ]
    await busy.presses(busy.marina, "Кто")
    await busy.presses(busy.marina, "Оператор")
    assert words(busy) == ["Журнал — 1 запись", "За всё время · оператор", "", LOADED]


async def test_the_operator_s_rows_and_everybody_s(busy: Desk) -> None:
    await busy.opens(busy.marina, *OPEN, "Кто", "Оператор")
    assert words(busy) == ["Журнал — 1 запись", "За всё время · оператор", "", LOADED]
    await busy.presses(busy.marina, "Кто")
    await busy.presses(busy.marina, "Все")
    assert words(busy)[:2] == ["Журнал — 7 записей", "За всё время"]


async def test_pages_are_turned_and_old_buttons_still_work(busy: Desk, reopen: Reopen) -> None:
    core, clock = busy.app.core, busy.world.clock
    async with core.database.transaction() as tx:
        for number in range(20):
            await audit_rows.record(tx, clock(), 2, Deed.CARDS_PRINTED, count=number)
    await busy.opens(busy.marina, *OPEN, "О чём", "Вход и согласия")
    first = busy.said(busy.marina)
    assert words(busy)[0] == "Журнал — 24 записи, страница 1 из 3"
    assert first.buttons[0] == "Дальше ›"
    await busy.presses(busy.marina, "Дальше ›")
    assert words(busy)[:2] == ["Журнал — 24 записи, страница 2 из 3", "За всё время · Вход и согласия"]
    assert words(busy)[3] == "11.03 12:05 Павел Зимин — подготовлены карточки с кодами: 10"
    again = await reopen()
    await again.presses(again.marina, "Дальше ›", message=first)
    assert words(again)[0] == "Журнал — 24 записи, страница 3 из 3"
    assert first.buttons[0] == "‹ Назад"
    await again.forges(again.marina, "audit:0:coming-in:0:99")
    assert words(again)[0] == "Журнал — 24 записи, страница 3 из 3"


async def test_rows_of_another_year_name_it(busy: Desk) -> None:
    busy.world.clock.set(msk("2023-01-09 12:00"))
    await busy.opens(busy.marina, *OPEN)
    assert words(busy)[4] == "10.03.2022 12:00 Марина Королёва — закрыт п. 16"


async def test_what_is_looked_at_is_downloaded_and_written_down(busy: Desk) -> None:
    await busy.opens(busy.marina, *OPEN, "О чём", "Люди и школы")
    assert await busy.presses(busy.marina, "Скачать") == Answer("Файл ниже.")
    name, caption, rows = rows_of_file(busy)
    assert (name, caption) == ("Журнал 11.03.2022.xlsx", "Журнал — 1 запись\nЗа всё время · Люди и школы")
    assert [row[1:] for row in rows] == [
        ("Кто", "О чём", "Что сделано"),
        ("Марина Королёва", "Люди и школы", "изменено имя: Ольга <b>Новая</b>"),
    ]
    assert busy.look.rows(EXPORTED) == [(1, '{"count": 1}')]
    await busy.opens(busy.marina, *OPEN, "За сегодня")
    assert words(busy)[3].endswith("Марина Королёва — скачан журнал: 1 запись")


async def test_who_was_erased_is_a_number_on_the_screen_and_in_the_file(busy: Desk) -> None:
    core, now = busy.app.core, busy.world.clock()
    await core.own_data.erase(by=await core.people.member(OLGA.account, now=now), now=now)
    await busy.opens(busy.marina, *OPEN, "О чём", "Личные данные")
    assert words(busy)[3:] == ["11.03 12:05 участник № 3 — личные данные удалены, акт № 8"]
    await busy.presses(busy.marina, "Показать всё")
    assert words(busy)[4] == "11.03 12:00 Марина Королёва — изменено имя: участник № 3"
    assert "Ольга" not in busy.screen(busy.marina)
    await busy.presses(busy.marina, "Скачать")
    _, _, rows = rows_of_file(busy)
    assert [row[1:] for row in rows[1:3]] == [
        ("участник № 3", "Личные данные", "личные данные удалены, акт № 8"),
        ("Марина Королёва", "Люди и школы", "изменено имя: участник № 3"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "audit:0::0",
        "audit:0::5:0",
        "audit:-2::0:0",
        "audit:0:gone:0:0",
        "audit:0::0:-1",
        f"audit:{2**63}::0:0",
        "auditfile:x::0",
        "auditwho:0::",
    ],
)
async def test_what_no_button_holds_is_a_dead_button(busy: Desk, data: str) -> None:
    await busy.opens(busy.marina, *OPEN)
    assert await busy.forges(busy.marina, data) == DEAD
    assert busy.look.rows(EXPORTED) == []


async def test_rows_of_nobody_are_none(busy: Desk) -> None:
    await busy.opens(busy.marina, *OPEN)
    await busy.forges(busy.marina, "audit:999::0:0")
    assert words(busy) == [
        "Журнал — 0 записей",
        "За всё время · участник № 999",
        "",
        "Таких записей нет. Нажмите «Показать всё».",
    ]


@pytest.mark.parametrize("data", ["go:audit", "audit:0::0:0", "auditby:0::0", "auditwho:1::0", "auditfile:0::0"])
async def test_nobody_else_learns_anything(busy: Desk, data: str) -> None:
    await busy.says(busy.olga, "/menu")
    before = busy.screen(busy.olga)
    assert await busy.forges(busy.olga, data) == REFUSED
    assert busy.screen(busy.olga) == before
    assert busy.look.rows(EXPORTED) == []
    assert busy.look.rows("SELECT state FROM conversation WHERE state IS NOT NULL") == []
