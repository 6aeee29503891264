"""«Мой календарь», and «В календарь» of a meeting."""

from datetime import timedelta

import pytest

from domain.people import Member
from rehearsal.messages import Message
from tests.handlers.desk import Desk
from tests.handlers.opening import PUBLIC_URL
from tests.meetings import TITLE, called
from tests.people import MARINA, OLGA
from tests.reports.calendars import read

ABOUT = (
    "Мой календарь\n\nПо личной ссылке календарь телефона сам показывает Ваши встречи, визиты и сроки и узнаёт об"
    " изменениях. Кто знает ссылку, видит этот календарь: никому её не передавайте.\n\n"
)
REGION = f"\n\nКалендарь региона — встречи и сроки без имён, открыт всем:\n{PUBLIC_URL}/calendar/region.ics"
SILENT = (
    "Мой календарь\n\nПодписка на календарь здесь не настроена. Скачайте файл: телефон добавит из него Ваши встречи,"
    " визиты и сроки. Когда что-то изменится, скачайте снова — лишних записей не будет."
)


@pytest.fixture
def not_served(desk: Desk) -> None:
    """Nobody serves calendars here."""
    desk.app.core.calendar_feeds._public_url = ""


async def member(desk: Desk, who: object) -> Member:
    return await desk.app.core.people.member(who.account, now=desk.world.clock())  # type: ignore[attr-defined]


def file_of(message: Message) -> bytes:
    """What was sent."""
    assert message.media is not None
    file = message.world.files.get(message.media.files[0])
    assert file is not None
    return file.data


@pytest.mark.usefixtures("seven")
async def test_a_link_is_shown_once_and_can_be_renewed_and_closed(desk: Desk) -> None:
    screen = await desk.opens(desk.olga, "/menu", "Обо мне", "Мой календарь")
    assert screen.text == f"{ABOUT}Ссылки пока нет.{REGION}"
    assert screen.buttons == ["Получить ссылку", "Скачать файлом", "Обо мне", "В меню"]
    await desk.presses(desk.olga, "Получить ссылку")
    first = _link(desk)
    assert f"webcal://{first.removeprefix('https://')}" in desk.screen(desk.olga)
    await desk.presses(desk.olga, "Мой календарь")
    day = "Ссылка создана 10 марта, чт. Показать её снова нельзя, но можно сделать новую: прежняя перестанет работать."
    assert desk.screen(desk.olga) == f"{ABOUT}{day}{REGION}"
    await desk.presses(desk.olga, "Новая ссылка")
    assert _link(desk) != first
    await desk.presses(desk.olga, "Мой календарь")
    answer = await desk.presses(desk.olga, "Закрыть доступ")
    assert answer.text == "Доступ закрыт, ссылка больше не работает."
    assert desk.screen(desk.olga) == f"{ABOUT}Ссылки пока нет.{REGION}"
    assert desk.look.count("calendar_feed") == 0


def _link(desk: Desk) -> str:
    line = desk.screen(desk.olga).splitlines()[1]
    assert line.startswith(f"{PUBLIC_URL}/calendar/")
    return line


@pytest.mark.usefixtures("seven", "not_served")
async def test_where_nothing_is_served_it_says_so_and_sends_the_file(desk: Desk) -> None:
    screen = await desk.opens(desk.olga, "/menu", "Обо мне", "Мой календарь")
    assert screen.text == SILENT
    assert screen.buttons == ["Скачать файлом", "Обо мне", "В меню"]
    assert (await desk.forges(desk.olga, "calnew")).text == (
        "Подписка на календарь здесь не настроена. Нажмите «Скачать файлом»."
    )
    await desk.presses(desk.olga, "Скачать файлом")
    sent = desk.said(desk.olga)
    assert sent.text == "Откройте файл, и телефон добавит Ваши встречи, визиты и сроки в календарь."
    assert any(one.summary.value.startswith("Срок: п. 20 ") for one in read(file_of(sent)).vevent_list)


@pytest.mark.usefixtures("seven")
async def test_a_guest_gets_the_meeting_as_a_file_and_its_cancellation(desk: Desk) -> None:
    marina, olga = await member(desk, MARINA), await member(desk, OLGA)
    now, core = desk.world.clock(), desk.app.core
    meeting = await called(core, marina, now, now + timedelta(days=6), [olga.person_id or 0])
    await desk.opens(desk.olga, "/menu")
    assert (await desk.forges(desk.olga, f"mtics:{meeting}")).text == "Файл отправлен."
    sent = desk.said(desk.olga)
    assert sent.text == (
        "Откройте файл, и телефон добавит встречу в календарь."
        " Если она изменится, нажмите «В календарь» снова: запись обновится."
    )
    assert read(file_of(sent)).vevent.summary.value == TITLE
    await core.meeting_moves.cancel(meeting, "Нет света", by=marina, now=desk.world.clock())
    await desk.forges(desk.olga, f"mtics:{meeting}", sent)
    gone = desk.said(desk.olga)
    assert gone.text == (
        "Встреча отменена. Откройте файл, и телефон уберёт её из календаря; если не убрал — удалите её сами."
    )
    assert read(file_of(gone)).method.value == "CANCEL"


@pytest.mark.usefixtures("seven")
async def test_a_meeting_of_others_and_one_that_is_not_there_are_refused(desk: Desk) -> None:
    marina, olga = await member(desk, MARINA), await member(desk, OLGA)
    now = desk.world.clock()
    meeting = await called(desk.app.core, marina, now, now + timedelta(days=6), [olga.person_id or 0])
    await desk.opens(desk.igor, "/menu")
    for forged in (meeting, 999):
        answer = await desk.forges(desk.igor, f"mtics:{forged}")
        assert answer.text == "Этой встречи у Вас нет: Вас на неё не приглашали или её уже удалили."
