"""«Итоги встречи»: written, attached, sent; the item closed or left; corrected; refused kindly."""

import pytest

from domain.people import Duty, Role
from rehearsal.pressing import Answer
from tests.domain.files import DOCX, PDF, PNG, PROGRAM
from tests.handlers.desk import Desk
from tests.handlers.test_meeting_door_screens import lines
from tests.meetings import called
from tests.people import MARINA, OLGA, a_school, enrolled, msk

START = msk("2022-03-15 10:00")


async def held(desk: Desk, number: int | None) -> int:
    """Olga's school was called to a meeting of an item; it is over."""
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core), responsible=True), now=now)
    items = {kept.item.number: kept.id for one in await core.roadmaps.all() for kept in one.items}
    made = await called(core, marina, now, START, item_id=items[number] if number else None)
    await desk.moves("2022-03-15 12:00")
    return made


@pytest.fixture
async def meeting(desk: Desk) -> int:
    """Of item 14, which its executors owe."""
    return await held(desk, 14)


async def leads(desk: Desk, meeting: int, *path: str) -> list[str]:
    """Marina comes from the meeting's card."""
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"mtend:{meeting}")
    return await presses(desk, *path)


async def presses(desk: Desk, *path: str) -> list[str]:
    for button in path:
        await desk.presses(desk.marina, button)
    return lines(desk.said(desk.marina))


async def test_minutes_are_written_and_close_the_item(desk: Desk, meeting: int) -> None:
    assert await leads(desk, meeting) == [
        "Итоги встречи",
        "Семинар по документам",
        "15 марта, вт, 10:00–11:30",
        "",
        "Отметились 0 из 1, команд школ 0 из 1 (0 %)",
        "",
        "Текст итогов: пока нет.",
        "Файлы: пока нет",
        "",
        "После рассылки п. 14 будет закрыт.",
    ]
    assert desk.said(desk.marina).buttons == [
        "Написать итоги",
        "Файлы",
        "Список участников (Word)",
        "К встрече",
    ]
    await presses(desk, "Написать итоги")
    await desk.says(desk.marina, "Документы — до 20 марта")
    assert lines(desk.said(desk.marina))[6] == "Документы — до 20 марта"
    assert await presses(desk, "Разослать итоги") == [
        "Разослать итоги?",
        "Семинар по документам",
        "",
        "Получат: 1 чат.",
        "После рассылки отметки участников уже не изменить.",
        "После рассылки п. 14 будет закрыт.",
    ]
    assert desk.said(desk.marina).buttons == [
        "Разослать и закрыть п. 14",
        "Разослать, п. 14 не закрывать",
        "К итогам",
    ]
    question = desk.said(desk.marina)
    answer = await desk.presses(desk.marina, "Разослать и закрыть п. 14")
    assert answer.text == "Итоги отправляю: 1\u00a0чат."
    assert (
        lines(desk.said(desk.marina))[-1] == "✅ Разосланы 15 марта, вт, 12:00. Исправленное можно разослать ещё раз."
    )
    answer = await desk.forges(desk.marina, f"mtesend:{meeting}:0:fitting", question)
    assert answer.text == "Эти итоги уже разосланы."
    await desk.tick()
    assert lines(desk.said(desk.olga)) == [
        "Итоги встречи",
        "Семинар по документам, 15 марта, вт",
        "",
        "Документы — до 20 марта",
    ]
    assert not (await desk.card(14)).kept.is_open


async def test_an_album_and_documents_are_answered_together(desk: Desk, meeting: int) -> None:
    assert await leads(desk, meeting, "Файлы") == [
        "Файлы к итогам",
        "Пришлите протокол, презентации, фото: до 10 файлов, можно альбомом.",
    ]
    desk.marina.sends_album([PNG + bytes([place]) for place in range(3)])
    desk.marina.sends_document(PDF, "Протокол.pdf")
    desk.marina.sends_document(DOCX, "Решение.docx")
    desk.marina.sends_document(PROGRAM, "вирус.exe")
    desk.marina.sends_document(b"\0" * 60 * 1024 * 1024, "Запись.pdf")
    await desk.settle()
    said = lines(desk.said(desk.marina))
    assert said[0] == "⚠️ Получено 5 из 7"
    assert [line.split(":")[0] for line in said[1:3]] == ["вирус.exe", "Запись.pdf"]
    assert "Файлы: 5" in said
    await desk.says(desk.marina, "а вот текст")
    assert lines(desk.said(desk.marina)) == [
        "Здесь нужны файлы: протокол, презентация, фото. Текст итогов пишут по кнопке «Написать итоги»."
    ]
    assert (await presses(desk, "К итогам", "Файлы: 5"))[2:6] == ["", "Приложены:", "• фото", "• фото"]
    answer = await desk.presses(desk.marina, "Убрать файлы")
    assert (answer.text, "Файлы: пока нет" in lines(desk.said(desk.marina))) == ("Файлы убраны.", True)
    assert desk.look.rows("SELECT count(*) FROM meeting_file WHERE paper = 'minutes'") == [(0,)]


async def test_files_reach_the_invited_and_a_correction_follows(desk: Desk, meeting: int) -> None:
    await leads(desk, meeting, "Файлы")
    desk.marina.sends_document(PDF, "Протокол.pdf")
    await desk.settle()
    await presses(desk, "Разослать итоги", "Разослать, п. 14 не закрывать")
    await desk.tick()
    received = [one for one in desk.olga.messages(desk.olga.private()) if one.media is not None]
    assert len(received) == 1
    assert (await desk.card(14)).kept.is_open
    await presses(desk, "Написать итоги")
    await desk.says(desk.marina, "Исправили дату")
    assert await presses(desk, "Разослать исправленное") == [
        "Разослать исправленные итоги?",
        "Семинар по документам",
        "",
        "Получат: 1 чат, файлов в каждом: 1.",
    ]
    await presses(desk, "Разослать исправленное")
    await desk.tick()
    assert "Исправленные итоги встречи" in desk.said(desk.olga).text


async def test_of_item_10_whoever_leads_decides_when_somebody_is_missing(desk: Desk) -> None:
    meeting = await held(desk, 10)
    await leads(desk, meeting, "Написать итоги")
    await desk.says(desk.marina, "Документы — до 20 марта")
    asked = await presses(desk, "Разослать итоги")
    assert asked[5:8] == ["⚠️ П. 10 ещё не выполнен: 0 из 9.", "Нет:", "• Воскресенская основная школа"]
    assert len([line for line in asked if line.startswith("•")]) == 9
    assert desk.said(desk.marina).buttons == [
        "Разослать, п. 10 не закрывать",
        "Закрыть п. 10 всё равно",
        "К итогам",
    ]
    answer = await desk.forges(desk.marina, f"mtesend:{meeting}:0:fitting")
    assert answer == Answer(
        "Пункт ещё не выполнен всеми: отметки изменились. Откройте итоги и решите ещё раз.", alert=True
    )
    await presses(desk, "Закрыть п. 10 всё равно")
    closing = (await desk.card(10)).kept.closing
    assert closing is not None
    assert closing.note == "Протокол встречи «Семинар по документам» 15 марта 2022, вт"


async def test_without_an_item_they_are_only_sent(desk: Desk) -> None:
    meeting = await held(desk, None)
    assert (await leads(desk, meeting))[-1] == "Файлы: пока нет"
    await presses(desk, "Написать итоги")
    await desk.says(desk.marina, "Решили")
    await presses(desk, "Разослать итоги")
    assert desk.said(desk.marina).buttons == ["Разослать", "К итогам"]


async def test_nothing_is_sent_empty_or_before_it_begins(desk: Desk, meeting: int) -> None:
    for data in (f"mteask:{meeting}", f"mtesend:{meeting}:0:open"):
        assert await desk.forges(desk.marina, data) == Answer(
            "Приложите протокол или напишите итоги: пока рассылать нечего.", alert=True
        )
    for data in (f"mtesend:{meeting}:0:no-such", f"mtesend:{meeting}:-1:open", "mtend:0"):
        assert (await desk.forges(desk.marina, data)).alert
    await leads(desk, meeting, "Написать итоги")
    await desk.says(desk.marina, "я" * 2501)
    assert lines(desk.said(desk.marina)) == [
        "Слишком длинно: 2501 знаков из 2500. Сократите текст или приложите его файлом."
    ]
    await desk.says(desk.marina, "я" * 2500)
    assert lines(desk.said(desk.marina))[0] == "Итоги встречи"
