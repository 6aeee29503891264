"""«Отметка участников»: opened by whoever leads, passed by those who come, seen live; the list, and Word."""

from io import BytesIO

import pytest
from docx import Document

from domain.meeting_ending import Close
from domain.people import Duty, Role
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer
from tests.handlers.conftest import Reopen
from tests.handlers.desk import Desk
from tests.meetings import called
from tests.people import IGOR, MARINA, OLGA, a_school, enrolled, msk, registered

START = msk("2022-03-15 10:00")
TOLD = "Код не подошёл. Проверьте цифры на экране, осталось попыток: 4."


@pytest.fixture
async def meeting(desk: Desk) -> int:
    """Olga's school is called to a meeting of item 10; Igor is a curator and is not. It begins in five minutes."""
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core), responsible=True), now=now)
    await enrolled(core, IGOR, Duty(Role.CURATOR, await a_school(core)), now=now)
    item = next(kept.id for one in await core.roadmaps.all() for kept in one.items if kept.item.number == 10)
    made = await called(core, marina, now, START, item_id=item)
    await desk.moves("2022-03-15 09:55")
    return made


def lines(message: Message) -> list[str]:
    """In words without hard spaces."""
    return message.text.replace("\u00a0", " ").split("\n")


async def leads(desk: Desk, meeting: int, *path: str) -> list[str]:
    """Marina comes from the meeting's card."""
    await desk.says(desk.marina, "/menu")
    await desk.forges(desk.marina, f"mtdoor:{meeting}")
    for button in path:
        await desk.presses(desk.marina, button)
    return lines(desk.said(desk.marina))


def code_of(screen: list[str]) -> str:
    """The digits on the screen."""
    return screen[screen.index("Код для участников:") + 2].replace(" ", "")


async def writes(desk: Desk, who: Person, text: str) -> list[str]:
    await desk.says(who, text)
    return lines(desk.said(who))


async def test_a_code_is_shown_and_typed(desk: Desk, meeting: int) -> None:
    assert (await leads(desk, meeting))[:6] == [
        "Отметка участников",
        "Семинар по документам",
        "15 марта, вт, 10:00–11:30",
        "",
        "Отметка закрыта. Как отмечать: по коду с экрана или по кнопке у каждого?",
        "",
    ]
    assert await leads(desk, meeting, "По коду") == [
        "Отметка по коду",
        "Бот покажет четыре цифры. Выведите их на экран или назовите вслух: участники пишут их боту.",
        "",
        "Сколько держать отметку открытой?",
    ]
    screen = await leads(desk, meeting, "По коду", "15 минут")
    code = code_of(screen)
    assert screen == [
        "Отметка участников",
        "Семинар по документам",
        "15 марта, вт, 10:00–11:30",
        "",
        "Код для участников:",
        "",
        " ".join(code),
        "",
        "Код пишут боту прямо в чат. Отметка открыта до 10:10.",
        "",
        "Отметились: 0 из 1",
        "Команд школ: 0 из 1 (0 %)",
        "Показатель п. 10: 0 из 9, нужно 9",
    ]
    assert await writes(desk, desk.olga, wrong(code)) == [TOLD]
    assert await writes(desk, desk.olga, code) == [
        "✅ Вы отмечены на встрече",
        "Семинар по документам, 09:55",
        "п. 10 засчитан.",
    ]
    assert await writes(desk, desk.igor, code) == ["✅ Вы отмечены на встрече", "Семинар по документам, 09:55"]
    answer = await desk.presses(desk.marina, "Обновить")
    assert answer.text.startswith("Обновлено в 09:5")
    assert lines(desk.said(desk.marina))[-3:] == [
        "Отметились: 1 из 1, и без приглашения 1",
        "Команд школ: 1 из 1 (100 %)",
        "Показатель п. 10: 1 из 9, нужно 9",
    ]
    await desk.presses(desk.marina, "Закрыть отметку")
    assert await writes(desk, desk.olga, code) != ["✅ Вы отмечены на встрече"]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04}"


async def test_digits_that_no_meeting_waits_for_are_not_understood(desk: Desk, meeting: int) -> None:
    before = await writes(desk, desk.olga, "привет")
    assert await writes(desk, desk.olga, "4827") == before
    assert await writes(desk, desk.igor, "4827") == await writes(desk, desk.igor, "привет")


async def test_what_is_typed_for_something_else_stays_that(desk: Desk, meeting: int) -> None:
    code = code_of(await leads(desk, meeting, "По коду", "15 минут"))
    await desk.opens(desk.olga, "/my_data", "Изменить имя")
    await desk.says(desk.olga, code)
    assert desk.look.rows("SELECT count(*) FROM meeting_guest WHERE came_at IS NOT NULL OR tries") == [(0,)]


async def test_the_code_is_asked_for_by_the_button_on_the_card(desk: Desk, meeting: int) -> None:
    code = code_of(await leads(desk, meeting, "По коду", "До конца встречи"))
    await desk.says(desk.olga, "/menu")
    await desk.forges(desk.olga, f"mtone:{meeting}")
    await desk.presses(desk.olga, "Ввести код")
    assert lines(desk.said(desk.olga)) == [
        "Введите код встречи",
        "Семинар по документам",
        "",
        "Четыре цифры покажет ведущий. Напишите их одним сообщением.",
    ]
    assert await writes(desk, desk.olga, "сорок восемь") == [
        "Код встречи — четыре цифры. Напишите их одним сообщением."
    ]
    assert await writes(desk, desk.olga, wrong(code)) == [TOLD]
    assert (await writes(desk, desk.olga, code))[0] == "✅ Вы отмечены на встрече"
    assert desk.said(desk.olga).buttons == ["Подробнее", "В меню"]


async def test_the_button_comes_to_everybody_invited(desk: Desk, meeting: int) -> None:
    screen = await leads(desk, meeting, "По кнопке", "10 минут")
    assert screen[4:6] == ["⏳ Отметка по кнопке открыта до 10:05.", "Кнопка отправлена: 1 человек."]
    await desk.tick()
    assert lines(desk.said(desk.olga)) == ["Вы на встрече?", "Семинар по документам", "Отметьтесь до 10:05."]
    answer = await desk.presses(desk.olga, "Я на встрече")
    assert (answer.text, lines(desk.said(desk.olga))[0]) == ("Отметка принята.", "✅ Вы отмечены на встрече")
    again = await desk.forges(desk.olga, f"mtin:{meeting}")
    assert again.text == "Отметка принята."
    refused = await desk.forges(desk.igor, f"mtin:{meeting}")
    assert refused == Answer("Такой встречи у Вас нет. Если Вы на ней, скажите ведущему.", alert=True)


async def test_a_late_press_is_told_what_to_do(desk: Desk, meeting: int) -> None:
    await leads(desk, meeting, "По кнопке", "10 минут")
    await desk.tick()
    asked = desk.said(desk.olga)
    await leads(desk, meeting, "Закрыть отметку")
    answer = await desk.presses(desk.olga, "Я на встрече", message=asked)
    assert answer == Answer("Отметка закрыта. Скажите ведущему: он отметит Вас по списку.", alert=True)


async def test_a_restart_with_the_door_open(desk: Desk, meeting: int, reopen: Reopen) -> None:
    code = code_of(await leads(desk, meeting, "По коду", "15 минут"))
    await desk.forges(desk.olga, f"mtin:{meeting}")
    again = await reopen()
    assert code_of(await leads(again, meeting)) == code
    assert (await writes(again, again.olga, code))[0] == "✅ Вы отмечены на встрече"


async def test_whoever_leads_marks_by_the_list(desk: Desk, meeting: int) -> None:
    assert await leads(desk, meeting, "По списку") == [
        "Кто пришёл",
        "Семинар по документам",
        "",
        "Отметились 0 из 1. Откройте школу и отметьте людей или нажмите «Все».",
    ]
    assert desk.said(desk.marina).buttons == ["0/1 Школа № 7", "Все ✓", "К отметке"]
    answer = await desk.presses(desk.marina, "Все ✓")
    assert answer.text == "Отмечено: 1."
    assert desk.said(desk.marina).buttons == ["✓ 1/1 Школа № 7", "Снять ✓", "К отметке"]
    await desk.presses(desk.marina, "✓ 1/1 Школа № 7")
    assert lines(desk.said(desk.marina)) == [
        "Школа № 7",
        "",
        "✓ Ольга Лебедева",
        "",
        "Нажмите на имя, чтобы поставить или снять отметку.",
    ]
    answer = await desk.presses(desk.marina, "✓ Ольга Лебедева")
    assert (answer.text, desk.said(desk.marina).buttons) == (
        "Отметка снята: 1.",
        ["– Ольга Лебедева", "К школам"],
    )
    assert desk.look.rows("SELECT came_at FROM meeting_guest") == [(None,)]


async def test_many_schools_and_people_stand_on_pages(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    schools = [await a_school(core, f"Школа № {number}") for number in range(1, 8)]
    people = [
        await registered(core, f"Учитель {number}", Duty(Role.SCHOOL, schools[0]), now=now) for number in range(1, 8)
    ]
    for place, school in enumerate(schools[1:]):
        people.append(await registered(core, f"Директор {place}", Duty(Role.SCHOOL, school), now=now))
    olga = await enrolled(core, OLGA, Duty(Role.CURATOR, schools[0]), now=now)
    made = await called(core, marina, now, START, [*people, olga.person_id or 0])
    await desk.moves("2022-03-15 10:30")
    screen = await leads(desk, made, "По списку", "Дальше ›")
    assert screen[0] == "Кто пришёл, страница 2 из 2"
    assert desk.said(desk.marina).buttons == [
        "0/1 Школа № 7",
        "Все ✓",
        "0/1 Без школы",
        "Все ✓",
        "‹ Назад",
        "К отметке",
    ]
    await desk.presses(desk.marina, "0/1 Без школы")
    assert lines(desk.said(desk.marina))[2] == "– Ольга Лебедева"
    screen = await leads(desk, made, "По списку", "0/7 Школа № 1", "Дальше ›")
    assert screen[:3] == ["Школа № 1, страница 2 из 2", "", "– Учитель 6, бот написать не может"]
    await desk.presses(desk.marina, "– Учитель 7")
    assert lines(desk.said(desk.marina))[3] == "✓ Учитель 7, бот написать не может"
    await core.meeting_minutes.write(made, "Решили", by=marina, now=desk.world.clock())
    await core.meeting_minutes.send(made, 0, Close.OPEN, by=marina, now=desk.world.clock())
    assert (await leads(desk, made, "По списку"))[3] == "Отметились 1 из 14. Отметки уже не меняются."
    await desk.presses(desk.marina, "1/7 Школа № 1")
    assert desk.said(desk.marina).buttons == ["Дальше ›", "К школам"]


async def test_before_its_time_nothing_is_opened(desk: Desk) -> None:
    core, now = desk.app.core, desk.world.clock()
    marina = await core.people.member(MARINA.account, now=now)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, await a_school(core)), now=now)
    made = await called(core, marina, now, START)
    assert (await leads(desk, made))[4] == "Отметку можно открыть за 30 минут до начала."
    assert desk.said(desk.marina).buttons == ["Обновить", "По списку", "Список участников (Word)", "К встрече"]
    early = Answer("Отметку можно открыть за 30 минут до начала встречи.", alert=True)
    for data in (f"mtdhow:{made}:code", f"mtdgo:{made}:button:10", f"mtdman:{made}:0:3:1:0", f"mtdall:{made}:0:1:0"):
        assert await desk.forges(desk.marina, data) == early
    for data in (f"mtdgo:{made}:door:10", f"mtdgo:{made}:code:99", "mtdoor:0", f"mtdman:{made}:0:0:1:0"):
        assert (await desk.forges(desk.marina, data)).alert


async def test_only_whoever_leads_sees_it(desk: Desk, meeting: int) -> None:
    for data in ("mtdoor", "mtdnow", "mtdshut", "mtdfile", "mtend"):
        answer = await desk.forges(desk.olga, f"{data}:{meeting}")
        assert answer.text == "Это доступно не всем участникам. Если Вам это нужно — напишите координатору."


async def test_the_code_fills_a_screen(desk: Desk, meeting: int) -> None:
    await leads(desk, meeting, "По коду", "15 минут")
    answer = await desk.presses(desk.marina, "Код на экран")
    assert answer.text == "Картинка с кодом отправлена."
    sent = next(one for one in reversed(desk.marina.messages(desk.marina.private())) if one.media is not None)
    assert sent.text == "Семинар по документам. Отметка до 10:10: напишите код боту."
    await leads(desk, meeting, "Закрыть отметку")
    refused = await desk.forges(desk.marina, f"mtdbig:{meeting}")
    assert refused == Answer("Отметка по коду сейчас не открыта.", alert=True)


async def test_the_list_in_word(desk: Desk, meeting: int) -> None:
    code = code_of(await leads(desk, meeting, "По коду", "15 минут"))
    await desk.says(desk.olga, code)
    answer = await desk.presses(desk.marina, "Список участников (Word)")
    assert answer.text == "Файл отправлен."
    media = next(one.media for one in reversed(desk.marina.messages(desk.marina.private())) if one.media is not None)
    found = desk.world.files.get(media.files[0])
    assert found is not None
    page = Document(BytesIO(found.data))
    assert [cell.text for cell in page.tables[0].rows[1].cells][1] == "Ольга Лебедева"
    assert desk.look.rows("SELECT count(*) FROM audit WHERE deed = 'meeting-exported'") == [(1,)]
