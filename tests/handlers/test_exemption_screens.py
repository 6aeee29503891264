"""«Не применимо» as the coordinator presses it; «Кто должен»; «Ответили»."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk
from tests.people import OLGA, enrolled

ROWS = "SELECT item_id, party, reason FROM exemption ORDER BY id"
REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
QUESTION = "К кому пункт не относится? Нажмите, чтобы отметить или снять отметку."
DOCUMENTS = "п. 20 Концептуальные документы и антирисковые программы"
CHANGES = "SELECT field, before, after, person_id FROM item_change ORDER BY id"


async def opens(desk: Desk, item: int, *path: str) -> None:
    shown = await desk.opens(desk.marina, "/menu")
    await desk.forges(desk.marina, f"item:{item}", shown)
    for button in path:
        await desk.presses(desk.marina, button)


async def test_one_of_the_list_is_marked_with_a_reason_and_unmarked(desk: Desk) -> None:
    await opens(desk, 20, "Не применимо")
    shown = desk.said(desk.marina)
    assert shown.text == f"{DOCUMENTS}\n{QUESTION} Страница 1 из 2."
    assert shown.buttons[-2:] == ["Дальше ›", "К пункту"]
    school = shown.buttons[1]
    await desk.presses(desk.marina, school)
    assert shown.text.endswith(
        ": почему пункт не относится? Напишите причину, до 300 знаков: её увидят те, кто за него отвечал."
    )
    assert (await desk.says(desk.marina, "—")).text == "Нужна причина: напишите её словами."
    listed = await desk.says(desk.marina, "Школа <на ремонте>")
    assert (
        listed.text == f"{DOCUMENTS}\n{QUESTION} Страница 1 из 2.\nНе относится: 1 из 8\n\n{school}: Школа <на ремонте>"
    )
    assert listed.buttons[1] == f"✅ {school}"
    assert desk.look.rows(ROWS) == [(20, "school", "Школа <на ремонте>")]
    assert await desk.presses(desk.marina, f"✅ {school}") == Answer("Пункт снова относится.")
    assert (desk.look.rows(ROWS), listed.buttons[1]) == ([], school)


async def test_school_sees_why_it_is_not_asked_and_what_it_sent_stays(desk: Desk) -> None:
    ((school,),) = desk.look.rows("SELECT id FROM school WHERE name = 'Талицкая СОШ'")
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school), now=desk.world.clock())
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, "confirm:20")
    await desk.says(desk.olga, "Разместили")
    await desk.presses(desk.olga, "Отправить")
    sent = desk.said(desk.olga)
    await opens(desk, 20)
    await desk.forges(desk.marina, f"exemptone:20:{school}:0")
    await desk.says(desk.marina, "Школа <на ремонте>")
    await desk.forges(desk.olga, "item:20")
    card = desk.said(desk.olga)
    assert card.text.endswith("Состояние: Идёт\nК Вам не относится: Школа <на ремонте>")
    assert card.buttons == ["К списку", "В меню"]
    why = Answer("Координатор отметил, что к Вам этот пункт не относится. Подтверждать его не нужно.", alert=True)
    assert await desk.forges(desk.olga, "undraft:1", sent) == why
    await desk.forges(desk.olga, "draft:1", sent)
    assert sent.text.splitlines()[2:5] == [
        "Отправлено 10.03.2022 12:00.",
        "К Вам этот пункт не относится: Школа <на ремонте>",
        "Делать ничего не нужно, приложенное сохранено.",
    ]
    assert (sent.buttons, desk.look.rows("SELECT state FROM completion")) == (
        ["История", "К пункту", "В меню"],
        [("sent",)],
    )


async def test_the_page_stays_where_it_was(desk: Desk) -> None:
    await opens(desk, 20, "Не применимо", "Дальше ›")
    shown = desk.said(desk.marina)
    school = shown.buttons[0]
    await desk.presses(desk.marina, school)
    listed = await desk.says(desk.marina, "Не участвует")
    assert "Страница 2 из 2." in listed.text
    assert listed.buttons[0] == f"✅ {school}"


async def test_what_its_executors_owe_offers_nothing_and_refuses(desk: Desk) -> None:
    await opens(desk, 11)
    assert "Не применимо" not in desk.said(desk.marina).buttons
    answer = await desk.forges(desk.marina, "exempt:11")
    assert answer.text == (
        "Этот пункт должны исполнители вместе, отмечать некого. Если он не нужен — закройте его с примечанием."
    )


async def test_nobody_else_gets_these_screens(desk: Desk) -> None:
    await enrolled(desk.app.core, OLGA, Duty(Role.SCHOOL, school_id=1), now=desk.world.clock())
    await desk.opens(desk.olga, "/menu")
    await desk.forges(desk.olga, "item:20")
    assert not {"Не применимо", "Ответили", "Исправить"} & set(desk.said(desk.olga).buttons)
    for data in ("exempt:20", "exempts:20:1", "exemptone:20:1:0", "number:16", "nonumber:16", "owes:20:curator"):
        assert await desk.forges(desk.olga, data) == REFUSED
    assert (desk.look.rows(ROWS), desk.look.rows(CHANGES)) == ([], [])


# --- «Кто должен»


async def test_who_owes_is_chosen_saved_and_stands_in_the_history(desk: Desk) -> None:
    await opens(desk, 20, "Исправить", "Кто должен")
    shown = desk.said(desk.marina)
    assert shown.text.splitlines()[:2] == [DOCUMENTS, "Кто должен: каждая школа."]
    assert shown.buttons == [
        "исполнители вместе",
        "✅ каждая школа",
        "каждый муниципалитет",
        "каждый куратор",
        "К пункту",
    ]
    assert await desk.presses(desk.marina, "каждый муниципалитет") == Answer("Теперь должны: каждый муниципалитет.")
    assert (await desk.card(20)).kept.item.owed_by == "municipality"
    assert desk.look.rows(CHANGES) == [("owed_by", "school", "municipality", 1)]
    await desk.presses(desk.marina, "История")
    assert desk.said(desk.marina).text.endswith("Кто должен: каждая школа → каждый муниципалитет")


async def test_what_is_counted_in_a_party_offers_no_other(desk: Desk) -> None:
    await opens(desk, 24, "Исправить", "Кто должен")
    shown = desk.said(desk.marina)
    assert shown.buttons == ["✅ каждый муниципалитет", "К пункту"]
    answer = await desk.forges(desk.marina, "owes:24:school")
    assert answer.text == (
        "Показатель этого пункта считают по муниципалитетам, поэтому «Кто должен» не изменить. "
        "Нужен другой показатель — загрузите исправленный файл."
    )
    assert (await desk.card(24)).kept.item.owed_by == "municipality"


# --- «Ответили»


@pytest.mark.usefixtures("no_surveys")
async def test_the_number_is_told_counted_and_taken_back(desk: Desk) -> None:
    await opens(desk, 16, "Ответили")
    shown = desk.said(desk.marina)
    assert shown.text == (
        "п. 16 Первый опрос участников\nЧисло ещё не указано, считаются школы с принятыми подтверждениями.\n"
        "Сколько участников ответили? Напишите число, например: 83. "
        "Если ответить должны были не 0, а другое число, напишите так: 83 из 92."
    )
    assert (await desk.says(desk.marina, "почти все")).text.startswith("Не понял число.")
    said = await desk.says(desk.marina, "83 из 100")
    assert said.text.startswith(
        "п. 16 Первый опрос участников\nЗаписано: 83 из 100. ⏳ ответили: 83 % из 90 %, не хватает 7\u00a0ответов"
    )
    await desk.presses(desk.marina, "К пункту")
    assert "ответили: 83 % из 90 %" in desk.said(desk.marina).text
    await desk.presses(desk.marina, "Ответили")
    assert "Указано: ответили 83 из 100 (10 марта, чт)." in desk.said(desk.marina).text.splitlines()
    await desk.presses(desk.marina, "Убрать число")
    assert "Число убрано" in desk.said(desk.marina).text
    assert desk.look.rows("SELECT * FROM told_number") == []
