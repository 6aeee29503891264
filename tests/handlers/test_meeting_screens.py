"""«Встречи» of whoever holds them: prepared, called, moved, cancelled; refused kindly where it cannot be."""

import pytest

from domain.people import Duty, Role
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import registry as registry_rows
from tests.actions.reviewed import MIRA
from tests.domain.files import DOCX
from tests.handlers.desk import Desk, enters
from tests.people import enrolled

REFUSED = Answer("Это доступно не всем участникам. Если Вам это нужно — напишите координатору.", alert=True)
GONE = Answer("Этой встречи больше нет или ведёте её не Вы. Ваши встречи — в меню: /menu", alert=True)


def lines(desk: Desk, who: Person | None = None) -> list[str]:
    """The latest message of the bot to somebody (Marina), in words without hard spaces."""
    return desk.said(who or desk.marina).text.replace("\u00a0", " ").split("\n")


async def opens(desk: Desk, *path: str) -> list[str]:
    await desk.opens(desk.marina, "/menu", "Встречи")
    return await presses(desk, *path)


async def presses(desk: Desk, *path: str) -> list[str]:
    for button in path:
        await desk.presses(desk.marina, button)
    return lines(desk)


def buttons(message: Message) -> list[str]:
    return [one.replace("\u00a0", " ") for one in message.buttons]


async def prepared(desk: Desk, *typed: str) -> list[str]:
    """A draft of which everything is told, for everybody."""
    await opens(desk, "Новая встреча", "Без пункта")
    for text in typed or (
        "Семинар по документам",
        "15.03 10:00",
        "Иваново, Воробьёвская, 80 https://meet.example.ru/1",
    ):
        await desk.says(desk.marina, text)
    return await presses(desk, "Кого пригласить", "Все участники", "К встрече")


async def called(desk: Desk) -> list[str]:
    """People were called to it, and have heard."""
    await prepared(desk)
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await desk.tick()
    return lines(desk)


async def test_a_meeting_is_prepared_step_by_step_and_people_are_called(desk: Desk, seven: int) -> None:
    assert await opens(desk) == ["Встречи", "", "Встреч пока нет. Нажмите «Новая встреча»."]
    assert await presses(desk, "Новая встреча") == [
        "Новая встреча",
        "К какому пункту дорожной карты она относится? У пункта «после …» появится день.",
    ]
    assert await presses(desk, "Без пункта") == [
        "Как называется встреча?",
        "Напишите одним сообщением, без имён: название видно и в открытом календаре региона.",
    ]
    await desk.says(desk.marina, "Семинар по документам")
    assert lines(desk) == [
        "Семинар по документам: когда?",
        "Напишите день и время: завтра 10:00 или 15.03 14:30.",
    ]
    await desk.says(desk.marina, "15.03 10:00")
    await desk.says(desk.marina, "Иваново, Воробьёвская, 80 https://meet.example.ru/1")
    assert lines(desk) == [
        "Семинар по документам — черновик",
        "",
        "15 марта, вт, 10:00–11:00",
        "Где: Иваново, Воробьёвская, 80",
        "Ссылка: https://meet.example.ru/1",
        "",
        "Приглашены будут: ещё никто не выбран",
    ]
    assert "Посмотреть приглашение" not in buttons(desk.said(desk.marina))
    await presses(desk, "Кого пригласить", "Все участники", "К встрече")
    assert lines(desk)[-1] == "Приглашены будут: 2"
    assert await presses(desk, "Посмотреть приглашение") == [
        "Выше — приглашение, как его увидит Игорь Прохожий.",
        "",
        "Пригласить: 2",
    ]
    shown = desk.marina.messages(desk.marina.private())[-2]
    assert buttons(shown) == ["Приду", "Не смогу", "Придёт другой", "Подробнее", "В календарь"]
    assert await desk.presses(desk.marina, "Пригласить: 2") == Answer("Приглашения отправляю: 2.")
    await desk.tick()
    assert lines(desk, desk.olga) == [
        "📅 Семинар по документам",
        "",
        "15 марта, вт, 10:00–11:00",
        "Где: Иваново, Воробьёвская, 80",
        "Ссылка: https://meet.example.ru/1",
        "",
        "Вы будете?",
    ]


async def test_an_item_gives_the_meeting_its_name_and_the_meeting_gives_it_a_day(desk: Desk, seven: int) -> None:
    await opens(desk, "Новая встреча", "Дальше ›", "21 ")
    await desk.says(desk.marina, "28.04 10:00")
    assert lines(desk)[0].endswith("где?")
    await desk.says(desk.marina, "Актовый зал")
    await presses(desk, "Кого пригласить", "Все участники", "К встрече")
    assert await desk.presses(desk.marina, "Посмотреть приглашение") == Answer(
        "Этот пункт проводится после 29 апреля. Выберите день позже.", alert=True
    )
    await opens(desk, "28 апреля", "Когда")
    await desk.says(desk.marina, "5.05 12:30")
    assert "Пункт 21 получит день 5 мая, чт." in await presses(desk, "Посмотреть приглашение")
    await presses(desk, "Пригласить: 2")
    assert str((await desk.card(21)).kept.item.held_on) == "2022-05-05"


async def test_what_is_changed_and_moved_everybody_hears_once(desk: Desk, seven: int) -> None:
    await called(desk)
    await opens(desk, "15 марта", "Изменить", "Когда")
    await desk.says(desk.marina, "16.03 11:00")
    await presses(desk, "Изменить", "Где")
    await desk.says(desk.marina, "Актовый зал лицея")
    before = len(desk.olga.messages(desk.olga.private()))
    await desk.tick()
    told = [one.text.replace("\u00a0", " ").split("\n") for one in desk.olga.messages(desk.olga.private())[before:]]
    assert told == [
        [
            "📅 Семинар по документам: другое время",
            "",
            "Теперь: 16 марта, ср, 11:00–12:00",
            "Где: Актовый зал лицея",
            "",
            "Вы будете?",
        ]
    ]


async def test_the_invitation_itself_tells_how_the_meeting_stands(desk: Desk, seven: int) -> None:
    await called(desk)
    invitation = desk.said(desk.olga)
    await opens(desk, "15 марта", "Изменить", "Когда")
    await desk.says(desk.marina, "16.03 11:00")
    await desk.tick()
    assert invitation.text.replace("\u00a0", " ").split("\n")[2] == "16 марта, ср, 11:00–12:00"
    assert lines(desk, desk.olga)[:4] == [
        "📅 Семинар по документам: другое время",
        "",
        "Теперь: 16 марта, ср, 11:00–12:00",
        "Было: 15 марта, вт, 10:00",
    ]
    await opens(desk, "16 марта", "Отменить встречу")
    await desk.says(desk.marina, "Заболел докладчик")
    await desk.tick()
    assert invitation.text.split("\n")[0] == "❌ Семинар по документам — отменена"


async def test_whom_no_invitation_has_reached_hears_of_no_move(desk: Desk, seven: int) -> None:
    await desk.moves("2022-03-10 21:00")
    await prepared(desk)
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await opens(desk, "15 марта", "Изменить", "Когда")
    await desk.says(desk.marina, "16.03 11:00")
    before = len(desk.olga.messages(desk.olga.private()))
    await desk.moves("2022-03-11 08:30")
    told = [one.text.replace("\u00a0", " ") for one in desk.olga.messages(desk.olga.private())[before:]]
    assert [one for one in told if "Семинар" in one and "16 марта, ср, 11:00" in one] == [
        one for one in told if "Семинар" in one
    ]
    assert len([one for one in told if "Вы будете?" in one]) == 1


async def test_an_invitation_is_sent_by_its_meeting_alone(desk: Desk, seven: int) -> None:
    await prepared(desk)
    await presses(desk, "Посмотреть приглашение")
    assert await desk.forges(desk.marina, "bcgo:1") == Answer(
        "Приглашения отправляются из карточки встречи: кнопка «Посмотреть приглашение».", alert=True
    )


async def test_a_cancelled_meeting_is_told_with_its_reason(desk: Desk, seven: int) -> None:
    await called(desk)
    await opens(desk, "15 марта", "Отменить встречу")
    await desk.says(desk.marina, "Заболел докладчик")
    await desk.tick()
    assert lines(desk, desk.olga) == [
        "❌ Семинар по документам не состоится",
        "Была назначена на 15 марта, вт, 10:00.",
        "",
        "Причина: Заболел докладчик",
    ]
    assert "отменена" in lines(desk)[2]
    assert await desk.forges(desk.marina, "mtedit:1") == Answer(
        "Встреча уже прошла или отменена, изменить её нельзя. Можно назначить новую.", alert=True
    )


async def test_materials_go_along(desk: Desk, seven: int) -> None:
    await prepared(desk)
    await presses(desk, "Материалы")
    desk.marina.sends_document(DOCX, "Повестка.docx")
    await desk.settle()
    assert "Материалы: 1 файл" in lines(desk)
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await desk.tick()
    sent = [
        one.media.content["file_name"]
        for one in desk.olga.messages(desk.olga.private())
        if one.media is not None and isinstance(one.media.content, dict)
    ]
    assert sent == ["Повестка.docx"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1.03 10:00", "Это время уже прошло. Напишите другое, например: завтра 10:00."),
        ("1.04.2024 10:00", "Это больше чем через год. Проверьте дату."),
        ("скоро", None),
    ],
)
async def test_a_time_that_cannot_be_is_asked_again(desk: Desk, seven: int, typed: str, answer: str | None) -> None:
    await opens(desk, "Новая встреча", "Без пункта")
    await desk.says(desk.marina, "Семинар")
    await desk.says(desk.marina, typed)
    if answer is not None:
        assert lines(desk) == [answer]
    await desk.says(desk.marina, "15.03 10:00")
    assert lines(desk)[0] == "Семинар: где?"


async def test_nobody_else_sees_or_changes_it(desk: Desk, seven: int) -> None:
    await called(desk)
    for data in ("mt:1", "mtedit:1", "mtoff:1", "mtcall:1", "mtlook:1", "mtgo:1", "mtask:1:title", "mtdel:1:0"):
        assert await desk.forges(desk.olga, data) == REFUSED
    mira = enters(desk.world, MIRA)
    async with desk.app.core.database.read() as tx:
        home = (await registry_rows.registry(tx)).municipalities[0]
    await enrolled(desk.app.core, MIRA, Duty(Role.MUNICIPAL, municipality_id=home.id), now=desk.world.clock())
    for data in ("mt:1", "mtedit:1", "mtoff:1", "mtcall:1", "mtlook:1", "mtgo:1", "mtask:1:title", "mtdel:1:0"):
        await desk.opens(mira, "/menu")
        assert await desk.forges(mira, data) == GONE


async def test_pressed_twice_people_are_called_once(desk: Desk, seven: int) -> None:
    await prepared(desk)
    await presses(desk, "Посмотреть приглашение")
    button = desk.said(desk.marina)
    await desk.presses(desk.marina, "Пригласить: 2")
    await desk.forges(desk.marina, "mtgo:1", button)
    await desk.tick()
    assert len([one for one in desk.olga.messages(desk.olga.private()) if "Вы будете?" in one.text]) == 1


async def interview(desk: Desk) -> list[str]:
    """A draft of interviews on two days, for everybody."""
    await prepared(desk)
    await presses(desk, "Время для школ", "20\u00a0минут", "Без перерыва")
    await desk.says(desk.marina, "22.03 9:00–10:00\n23.03 9:00–10:00")
    return await presses(desk, "К встрече")


async def test_interviews_of_two_days_name_both_and_have_no_time_of_their_own(desk: Desk, seven: int) -> None:
    assert (await interview(desk))[2:4] == ["Собеседования по 20 минут: 6 мест, занято 0", "22–23 марта"]
    assert "Когда" not in buttons(desk.said(desk.marina))
    assert await desk.forges(desk.marina, "mtask:1:time") == Answer(
        "У собеседования переносится время каждой школы: кнопка «Время для школ».", alert=True
    )
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await desk.tick()
    assert lines(desk, desk.olga)[2] == (
        "22–23 марта: у каждой школы своё время (20 минут). Нажмите «Приду» и выберите своё."
    )
    assert (await opens(desk, "22 марта", "Отменить встречу"))[1] == "Семинар по документам, 22–23 марта."


async def test_a_meeting_that_was_called_may_become_interviews(desk: Desk, seven: int) -> None:
    await called(desk)
    assert (await opens(desk, "15 марта", "Изменить", "Время для школ"))[0] == (
        "Семинар по документам: у каждой школы своё время"
    )


async def test_to_whom_an_invitation_went_it_does_not_go_again(desk: Desk, seven: int) -> None:
    await called(desk)
    await opens(desk, "15 марта", "Пригласить ещё", "Все участники", "К встрече")
    assert await desk.presses(desk.marina, "Посмотреть приглашение") == Answer(
        "Все, кого Вы выбрали, уже приглашены. Напомнить им можно кнопкой «Кто придёт».", alert=True
    )
    await enrolled(desk.app.core, MIRA, Duty(Role.SCHOOL, seven), now=desk.world.clock())
    assert (await opens(desk, "15 марта", "Посмотреть приглашение"))[2:] == [
        "Пригласить: 1",
        f"Кого: {MIRA.name}",
        "Уже приглашены, второго приглашения не получат: 2",
    ]
    assert buttons(desk.said(desk.marina)) == ["Пригласить: 1", "К встрече"]


async def test_the_longest_agenda_is_told_wholly(desk: Desk, seven: int) -> None:
    await prepared(desk)
    await presses(desk, "Повестка")
    agenda = "\n".join(f"{number}. {'Слово ' * 16}конец" for number in range(1, 15))[:1500].rstrip()
    await desk.says(desk.marina, agenda)
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await desk.tick()
    assert agenda in desk.said(desk.olga).text


async def test_cancelled_in_the_night_before_its_leader_is_asked_to_phone(desk: Desk, seven: int) -> None:
    await prepared(desk, "Семинар", "15.03 8:00", "Актовый зал")
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    await desk.moves("2022-03-14 22:00")
    await opens(desk, "15 марта", "Отменить встречу")
    await desk.says(desk.marina, "Заболел докладчик")
    assert lines(desk)[0] == (
        "Встреча отменена. Сейчас ночь, до начала бот написать не успеет: позвоните приглашённым."
    )


async def test_an_invitation_is_not_sent_again_to_a_meeting_that_does_not_take_place(desk: Desk, seven: int) -> None:
    desk.igor.blocks()
    await desk.settle()
    await called(desk)
    await opens(desk, "15 марта", "Отменить встречу")
    await desk.says(desk.marina, "Заболел докладчик")
    assert await desk.forges(desk.marina, "bcagain:1") == Answer(
        "Встреча уже прошла или отменена, изменить её нельзя. Можно назначить новую.", alert=True
    )


async def test_an_invitation_that_could_not_go_in_time_does_not_go(desk: Desk, seven: int) -> None:
    await prepared(desk, "Семинар", "10.03 13:00", "Актовый зал")
    await presses(desk, "Посмотреть приглашение", "Пригласить")
    desk.world.faults.fail("sendMessage", None)
    await desk.moves("2022-03-10 14:30")
    desk.world.faults.clear()
    before = len(desk.olga.messages(desk.olga.private()))
    await desk.moves("2022-03-10 19:00")
    told = [one.text for one in desk.olga.messages(desk.olga.private())[before:]]
    assert [one for one in told if "Вы будете?" in one] == []
