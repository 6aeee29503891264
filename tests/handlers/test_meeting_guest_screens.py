"""A guest's side of meetings: the invitation is answered, the card, «Мои встречи», reminders; «Кто придёт»."""

import pytest
from sqlalchemy import update

from domain.people import Member
from rehearsal.messages import Message
from rehearsal.person import Person
from rehearsal.pressing import Answer
from storage import tables as t
from tests import meetings
from tests.domain.files import PDF
from tests.handlers.desk import Desk
from tests.people import IGOR, MARINA, OLGA, Somebody, msk

BEGINS = "2022-03-24 10:00"
WHEN = "24 марта, чт, 10:00–11:30"
WHERE = ["Где: Иваново, Большая Воробьёвская, 80", "Ссылка: https://meet.example/seminar"]
INVITED = ["Приду", "Не смогу", "Придёт другой", "Подробнее", "В календарь"]
CARD = ["Приду", "Не смогу", "Придёт другой", "В календарь", "Мои встречи", "В меню"]
NOT_YOURS = "Такой встречи нет, или Вас на неё не приглашали. Ваши встречи — в меню: /menu"


async def member(desk: Desk, who: Somebody = MARINA) -> Member:
    return await desk.app.core.people.member(who.account, now=desk.world.clock())


@pytest.fixture
async def one(desk: Desk, seven: int) -> int:
    """Olga and Igor are invited; the invitation has come."""
    core, now = desk.app.core, desk.world.clock()
    guests = [(await member(desk, who)).person_id or 0 for who in (OLGA, IGOR)]
    made = await meetings.called(core, await member(desk), now, msk(BEGINS), guests)
    await desk.tick()
    return made


def shown(message: Message) -> list[str]:
    """Its words without hard spaces."""
    return message.text.replace("\u00a0", " ").split("\n")


def labels(message: Message) -> list[str]:
    return [one.replace("\u00a0", " ") for one in message.buttons]


def lines(desk: Desk, who: Person | None = None) -> list[str]:
    """The latest message of the bot to somebody (Olga)."""
    return shown(desk.said(who or desk.olga))


def buttons(desk: Desk) -> list[str]:
    return labels(desk.said(desk.olga))


def messages(desk: Desk) -> int:
    return len(desk.olga.messages(desk.olga.private()))


def guest(desk: Desk, who: Member) -> list[tuple[object, ...]]:
    return desk.look.rows("SELECT coming, why, other FROM meeting_guest WHERE person_id = ?", who.person_id)


# --- Answering


async def test_coming_is_said_once_under_an_invitation_that_stays(desk: Desk, one: int) -> None:
    invitation = desk.said(desk.olga)
    assert invitation.buttons == INVITED
    before = messages(desk)
    assert await desk.presses(desk.olga, "Приду") == Answer("Отмечено: придёте, 24 марта, чт, 10:00.")
    assert (messages(desk), invitation.buttons) == (before + 1, INVITED)
    assert lines(desk) == ["Семинар по документам", WHEN, *WHERE, "", "Документы", "", "✅ Ваш ответ: приду"]
    assert buttons(desk) == ["✅ Приду", *CARD[1:]]
    told = await desk.presses(desk.olga, "Приду", message=invitation)
    assert told == Answer("Так и отмечено. Ответ можно изменить до начала.")
    assert messages(desk) == before + 1
    assert guest(desk, await member(desk, OLGA)) == [("yes", "", "")]


async def test_why_not_is_pressed_or_typed(desk: Desk, one: int) -> None:
    invitation = desk.said(desk.olga)
    assert await desk.presses(desk.olga, "Не смогу") == Answer("")
    assert lines(desk) == ["Семинар по документам", "Почему не сможете? Выберите или напишите одним сообщением."]
    assert buttons(desk) == ["Болею", "Уроки", "В командировке", "Отмена"]
    assert await desk.presses(desk.olga, "Болею") == Answer("Отмечено: не сможете.")
    assert lines(desk)[-1] == "Ваш ответ: не смогу — Болею"
    await desk.presses(desk.olga, "Не смогу", message=invitation)
    await desk.says(desk.olga, "…")
    assert lines(desk) == ["Напишите хотя бы пару слов."]
    await desk.says(desk.olga, "Еду с классом в музей")
    assert lines(desk)[-1] == "Ваш ответ: не смогу — Еду с классом в музей"
    assert buttons(desk) == ["Приду", "✅ Не смогу", *CARD[2:]]
    assert invitation.buttons == INVITED


async def test_another_comes_instead(desk: Desk, one: int) -> None:
    await desk.presses(desk.olga, "Придёт другой")
    assert lines(desk)[1] == (
        "Кто придёт вместо Вас? Напишите имя и должность одним сообщением, например: Петрова Анна, завуч."
    )
    await desk.says(desk.olga, "Петрова <b>Анна</b>, завуч")
    assert lines(desk)[-1] == "Вместо Вас: Петрова <b>Анна</b>, завуч"
    assert await desk.presses(desk.olga, "Приду") == Answer("Отмечено: придёте, 24 марта, чт, 10:00.")
    assert guest(desk, await member(desk, OLGA)) == [("yes", "", "")]


async def test_on_the_card_the_answer_changes_in_its_place(desk: Desk, one: int) -> None:
    await desk.presses(desk.olga, "Подробнее")
    before = messages(desk)
    assert lines(desk)[-1] == "⏳ Вы ещё не ответили. Вы будете?"
    await desk.presses(desk.olga, "Приду")
    await desk.presses(desk.olga, "Не смогу")
    await desk.presses(desk.olga, "Уроки")
    assert messages(desk) == before
    assert lines(desk)[-1] == "Ваш ответ: не смогу — Уроки"


async def test_a_question_may_be_given_up(desk: Desk, one: int) -> None:
    await desk.presses(desk.olga, "Не смогу")
    await desk.presses(desk.olga, "Отмена")
    await desk.says(desk.olga, "Болею")
    assert guest(desk, await member(desk, OLGA)) == [(None, "", "")]


async def test_others_learn_nothing_and_nonsense_changes_nothing(desk: Desk, one: int) -> None:
    for data in (
        *(f"mtsay:{one}:yes", f"mtsay:{one}:no", f"mtset:{one}:other", f"mtwhy:{one}:ill", f"mtmy:{one}"),
        *(f"mtone:{one}", f"mtpaper:{one}:material", "mtsay:999:yes", "mtmy:999"),
    ):
        assert await desk.forges(desk.pavel, data) == Answer(NOT_YOURS, alert=True)
    for data in (f"mtsay:{one}:maybe", "mtsay:-1:yes", f"mtsay:{one}", f"mtwhy:{one}:lazy", "mtpaper:1:x"):
        assert (await desk.forges(desk.olga, data)).text.startswith("Эта кнопка больше не действует")
    assert (await desk.forges(desk.olga, f"mtpaper:{one}:minutes")).text == "Файлов к этой встрече сейчас нет."
    assert guest(desk, await member(desk, OLGA)) == [(None, "", "")]


async def test_a_late_answer_is_refused_kindly(desk: Desk, one: int) -> None:
    invitation = desk.said(desk.olga)
    await desk.moves("2022-03-24 10:01")
    said = "Встреча уже началась, ответ не изменить. Что-то срочное — позвоните тому, кто её ведёт."
    assert await desk.presses(desk.olga, "Приду", message=invitation) == Answer(said, alert=True)
    await desk.forges(desk.olga, f"mtmy:{one}")
    assert (lines(desk)[-1], buttons(desk)) == ("Вы не ответили на приглашение.", CARD[3:])


# --- The list and the files


async def test_mine_are_in_the_menu(desk: Desk, one: int) -> None:
    other = await meetings.called(
        desk.app.core,
        await member(desk),
        desk.world.clock(),
        msk("2022-03-20 15:00"),
        [(await member(desk, OLGA)).person_id or 0],
    )
    await desk.tick()
    await desk.app.core.meeting_moves.cancel(other, "Нет зала", by=await member(desk), now=desk.world.clock())
    await desk.opens(desk.olga, "/menu", "Встречи")
    assert lines(desk) == [
        *("Мои встречи", "", "Семинар по документам", "20 марта, вс, 15:00 · ❌ отменена"),
        *("", "Семинар по документам", "24 марта, чт, 10:00 · ⏳ ждём ответа"),
    ]
    assert buttons(desk) == [
        "❌ 20 марта Семинар по документам",
        "24 марта Семинар по документам",
        "Мой календарь",
        "В меню",
    ]
    await desk.presses(desk.olga, "24 марта Семинар по документам")
    assert buttons(desk) == CARD
    await desk.presses(desk.olga, "Мои встречи")
    await desk.presses(desk.olga, "❌ 20 марта Семинар по документам")
    assert lines(desk) == ["Семинар по документам — отменена", "20 марта, вс, 15:00–16:30", "Причина: Нет зала"]


async def test_who_was_never_invited_reads_so(desk: Desk, seven: int) -> None:
    await desk.opens(desk.igor, "/menu", "Встречи")
    assert lines(desk, desk.igor)[-1] == "Вас пока никуда не приглашали. О новой встрече бот напишет сам."


async def test_the_materials_come_again(desk: Desk, seven: int) -> None:
    core, marina, now = desk.app.core, await member(desk), desk.world.clock()
    made = await meetings.drafted(core, marina, now, msk(BEGINS))
    await desk.opens(desk.marina, "/menu", "Обо мне")
    await desk.forges(desk.marina, f"mt:{made}")
    await desk.presses(desk.marina, "Материалы")
    desk.marina.sends_document(PDF, "План.pdf")
    await desk.settle()
    await meetings.choose(core, made, marina, now, [(await member(desk, OLGA)).person_id or 0])
    await core.meeting_calling.preview(made, by=marina, now=now)
    await core.meeting_calling.call(made, by=marina, now=now)
    await desk.tick()
    await desk.forges(desk.olga, f"mtmy:{made}")
    assert "Материалы: 1" in buttons(desk)
    assert await desk.presses(desk.olga, "Материалы: 1") == Answer("Отправляю файлов: 1.")
    said = desk.said(desk.olga)
    assert (said.text, said.media is not None) == ("Материалы встречи: Семинар по документам", True)
    async with core.database.transaction() as tx:
        await tx.execute(update(t.meeting_file).values(remote_id="long-gone"))
    lost = await desk.forges(desk.olga, f"mtpaper:{made}:material")
    assert lost == Answer("Мессенджер не отдал файлы. Попросите их у того, кто ведёт встречу.", alert=True)


# --- What comes by itself


async def test_it_is_reminded_of_by_the_clock(desk: Desk, one: int) -> None:
    await desk.presses(desk.olga, "Приду")
    await desk.moves("2022-03-23 09:01")
    assert [line for line in lines(desk) if "Семинар" in line or "Иваново" in line] == [
        "📅 Семинар по документам — 24 марта, чт, 10:00 (завтра)",
        "   Иваново, Большая Воробьёвская, 80; ✅ придёте",
    ]
    await desk.presses(desk.olga, "Встреча 24 марта")
    assert lines(desk)[-1] == "✅ Ваш ответ: приду"
    await desk.moves("2022-03-24 09:01")
    (soon,) = [said for said in desk.olga.messages(desk.olga.private()) if said.text.startswith("⏳ Через час")]
    assert soon.text.split("\n") == ["⏳ Через час: Семинар по документам", "Начало в 10:00", *WHERE]
    assert soon.buttons == ["Подробнее"]


# --- «Кто придёт»


async def test_whoever_leads_it_sees_who_comes_and_reminds_the_others(desk: Desk, one: int) -> None:
    desk.igor.blocks()
    await desk.settle()
    await desk.forges(desk.marina, f"mtwho:{one}:0")
    screen = desk.said(desk.marina)
    assert shown(screen) == [
        "Кто придёт: Семинар по документам",
        "",
        "Приглашены 2: придут 0, придёт другой 0, не смогут 0, не ответили 2",
        *("", "Не ответили", "• Ольга Лебедева, Школа № 7"),
        *("", "Не ответили, бот написать не может: позвоните", "• Игорь Прохожий"),
    ]
    assert labels(screen) == [
        *("Напомнить не ответившим: 1", "Молчат: 1", "Позвонить: 1", "К встрече"),
    ]
    assert await desk.presses(desk.marina, "Напомнить не ответившим: 1") == Answer("Напоминаю. Получателей: 1.")
    await desk.tick()
    assert lines(desk)[0] == "⏳ Вы ещё не ответили: Семинар по документам"
    assert buttons(desk) == INVITED
    assert (await desk.presses(desk.marina, "Напомнить не ответившим: 1")).text == (
        "Сегодня им уже напоминали. Ещё раз можно завтра, а срочно — по телефону."
    )
    await desk.presses(desk.olga, "Придёт другой")
    await desk.says(desk.olga, "Петрова Анна")
    await desk.presses(desk.marina, "Позвонить: 1", message=screen)
    assert shown(screen)[-1] == "• Игорь Прохожий"
    assert labels(screen) == ["Другой: 1", "Все", "К встрече"]
    await desk.presses(desk.marina, "Другой: 1", message=screen)
    assert shown(screen)[-2:] == ["Придёт другой", "• Ольга Лебедева, Школа № 7 → Петрова Анна"]
    await desk.presses(desk.marina, "Все", message=screen)
    assert shown(screen)[2].endswith("придёт другой 1, не смогут 0, не ответили 1")
    assert (await desk.forges(desk.marina, f"mtnudge:{one}")).text == "Все, кому бот может написать, уже ответили."
    assert (await desk.forges(desk.olga, f"mtwho:{one}:0")).alert
    assert (await desk.forges(desk.marina, "mtwho:999:0")).alert
