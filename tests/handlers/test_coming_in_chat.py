"""«Start», codes from links and by hand, and the one line that strangers get."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import App
from domain.people import Duty, Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.desk import Desk
from tests.people import MARINA, a_school, msk, registered

POLITE = (
    "Это служебный помощник проекта «500+». Есть код или приглашение от координатора — отправьте код сюда. "
    "Вы из школы проекта, а кода нет — нажмите «Я из школы …»."
)
WAY_IN = ["Я из школы …"]
TOAST = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
CONSENT = "Согласие на обработку персональных данных"
WELCOME = "✅ Вы вошли: региональный координатор."
USED = "По этому коду уже вошли: он действует один раз. Попросите у координатора код для себя."
UNKNOWN = "Такого кода нет. Проверьте, все ли буквы и цифры на месте, или попросите новый код."


async def invitation(app: App) -> str:
    return (await app.core.invites.invite(Role.COORDINATOR, now=app.clock())).code


async def personal(desk: Desk, name: str = "Ольга Петровна Лебедева") -> str:
    """The code of somebody registered, of a school."""
    core, now = desk.app.core, desk.world.clock()
    person_id = await registered(core, name, Duty(Role.SCHOOL, await a_school(core), responsible=True), now=now)
    marina = await core.people.member(MARINA.account, now=now)
    return (await core.invites.issue([person_id], by=marina, now=now))[person_id].code


def accounts(desk: Desk) -> list[str]:
    """The names behind the accounts, without the two coordinators who were there before."""
    query = "SELECT person.name FROM account JOIN person ON person.id = person_id ORDER BY account.id"
    return [name for (name,) in desk.look.rows(query)][2:]


def lines(desk: Desk, who: Person) -> list[str]:
    return desk.screen(who).splitlines()


async def test_deep_link_lets_the_person_in(desk: Desk) -> None:
    desk.olga.follows(f"https://t.me/road_bot?start={await invitation(desk.app)}")
    await desk.settle()
    assert (lines(desk, desk.olga)[0], desk.said(desk.olga).buttons[:2]) == (CONSENT, ["Согласен", "Не согласен"])
    await desk.presses(desk.olga, "Согласен")
    assert lines(desk, desk.olga)[:3] == [WELCOME, "", "⏳ Мои задачи: 16"]
    assert accounts(desk) == ["Ольга Лебедева"]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: f"  {code.replace('-', ' ')}  ",
        lambda code: code.replace("-", ""),
        lambda code: code.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ")),
        lambda code: f"/start {code.lower()}",
    ],
)
async def test_the_same_code_is_taken_typed_by_hand(desk: Desk, typed: Callable[[str], str]) -> None:
    await desk.says(desk.olga, typed(await invitation(desk.app)))
    assert lines(desk, desk.olga)[0] == CONSENT


async def test_name_from_a_profile_is_taken_as_it_is_written(desk: Desk) -> None:
    desk.olga.first_name, desk.olga.last_name = "<b>Оля</b>", "& Ко"
    await desk.says(desk.olga, await invitation(desk.app))
    await desk.presses(desk.olga, "Согласен")
    assert accounts(desk) == ["<b>Оля</b> & Ко"]


async def test_whoever_was_registered_is_told_under_which_name(desk: Desk) -> None:
    desk.olga.follows(f"https://t.me/road_bot?start={await personal(desk, '<b>Ольга</b> Лебедева')}")
    await desk.settle()
    assert lines(desk, desk.olga)[:4] == [
        "✅ Код подошёл. В списке Вы записаны так: <b>Ольга</b> Лебедева.",
        "Если это не Вы, нажмите «Не согласен» и скажите координатору.",
        "",
        CONSENT,
    ]
    await desk.presses(desk.olga, "Согласен")
    assert lines(desk, desk.olga)[:2] == ["✅ Вы вошли: команда школы.", ""]
    assert accounts(desk) == ["<b>Ольга</b> Лебедева"]


@pytest.mark.parametrize("kind", ["operator", "personal"])
async def test_the_code_of_the_same_person_is_welcome_again(desk: Desk, kind: str) -> None:
    code = await (invitation(desk.app) if kind == "operator" else personal(desk))
    for _ in range(2):
        desk.olga.follows(f"https://t.me/road_bot?start={code}")
        await desk.settle()
        assert CONSENT in lines(desk, desk.olga)
    await desk.presses(desk.olga, "Согласен")
    await desk.says(desk.olga, code)
    assert lines(desk, desk.olga)[0].startswith("⏳ Мои задачи: ")
    assert (len(accounts(desk)), desk.look.count("code_try")) == (1, 0)


@pytest.mark.parametrize("kind", ["operator", "personal"])
async def test_forwarded_link_after_use_is_refused_to_anybody_else(desk: Desk, kind: str) -> None:
    code = await (invitation(desk.app) if kind == "operator" else personal(desk))
    await desk.says(desk.olga, code)
    desk.igor.follows(f"https://t.me/road_bot?start={code}")
    await desk.settle()
    assert desk.screen(desk.igor) == USED
    assert (await desk.says(desk.igor, "/menu")).text == POLITE
    shown = await desk.says(desk.marina, code)
    assert shown.text == (
        "По этому коду уже вошёл другой человек. Вам он не нужен: Вы уже в проекте. Откройте меню: /menu"
    )


async def test_somebody_else_s_code_is_refused_to_a_member(desk: Desk) -> None:
    shown = await desk.says(desk.marina, await personal(desk))
    assert shown.text == (
        "Этот код — для другого человека, а Вы уже в проекте под своим именем. Если это ошибка, напишите координатору."
    )
    assert accounts(desk) == []


@pytest.mark.parametrize("kind", ["operator", "personal"])
async def test_one_code_sent_by_two_people_at_once_lets_one_in(desk: Desk, kind: str) -> None:
    code = await (invitation(desk.app) if kind == "operator" else personal(desk))
    desk.olga.says(code)
    desk.igor.follows(f"https://t.me/road_bot?start={code}")
    await desk.settle()
    assert len(accounts(desk)) == 1
    said = [CONSENT in lines(desk, one) for one in (desk.olga, desk.igor)]
    assert sorted(said) == [False, True]
    assert desk.screen((desk.olga, desk.igor)[said.index(False)]) == USED


async def test_code_works_for_seven_days(desk: Desk) -> None:
    code = await invitation(desk.app)
    desk.world.clock.advance(timedelta(days=7))
    assert (await desk.says(desk.olga, code)).text == "Срок этого кода вышел. Попросите у координатора новый."
    assert accounts(desk) == []


@pytest.mark.parametrize(
    "code", ["AAAA-BBBB-CCCC", "7KQ2-MN4P-X9C", "7KQ2 MN4P X9CD2", "/start AAAA-BBBB-CCCC", "/start <b>1</b>"]
)
async def test_unknown_code_is_refused_and_says_what_to_do(desk: Desk, code: str) -> None:
    assert (await desk.says(desk.olga, code)).text == UNKNOWN
    assert accounts(desk) == []


async def test_ten_wrong_codes_close_the_door_and_an_hour_later_it_is_open(desk: Desk) -> None:
    code = await personal(desk)
    closed = "Слишком много неверных кодов. Попробуйте снова в 13:01 или попросите координатора о помощи."
    for _ in range(9):
        assert (await desk.says(desk.olga, "AAAA-BBBB-CCCC")).text == UNKNOWN
    assert (await desk.says(desk.olga, "AAAA-BBBB-CCCC")).text == closed
    assert (await desk.says(desk.olga, code)).text == closed
    assert (await desk.says(desk.olga, "/menu")).text == POLITE
    desk.world.clock.set(msk("2022-03-10 13:01"))
    await desk.says(desk.olga, code)
    assert CONSENT in lines(desk, desk.olga)


async def test_start_without_a_code_shows_a_member_the_menu(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/start")
    assert shown.text.splitlines()[0] == "⏳ Мои задачи: 16"
    assert shown.buttons[:2] == ["Мои задачи", "Отложить"]


async def test_start_forgets_what_was_awaited(desk: Desk) -> None:
    await desk.opens(desk.marina, "/roadmap", "п. 1", "Закрыть пункт")
    await desk.says(desk.marina, "/start")
    await desk.says(desk.marina, "приказ № 7")
    assert desk.look.rows("SELECT count(*) FROM item WHERE closed_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    "text", ["/start", "/menu", "/now", "/roadmap", "/bind", "/nonsense", "Здравствуйте", "п. 16", "Марина", "🎉", "1"]
)
async def test_stranger_gets_one_polite_line_for_any_text(desk: Desk, text: str) -> None:
    shown = await desk.says(desk.igor, text)
    assert (shown.text, shown.buttons) == (POLITE, WAY_IN)


async def test_stranger_gets_the_same_line_for_what_is_no_text(desk: Desk) -> None:
    sends: tuple[Callable[[Person], object], ...] = (
        lambda who: who.sends_photo(PICTURE, caption="/now"),
        lambda who: who.sends_voice(b"ogg", 3),
        lambda who: who.sends_location(57.0, 41.0),
    )
    for send in sends:
        send(desk.igor)
        await desk.settle()
        assert desk.screen(desk.igor) == POLITE


FORGED = (
    "go:now", "go:month", "go:roadmap", "go:unclear", "go:groups", "go:rules", "go:help", "go:menu", "go:days", "tasks",
    "month:2022:3", "list:all:-:0", "list:executor:coordinator:0", "filter:executor", "item:16", "more:16",
    "history:16", "edit:16", "field:16:title", "field:21:held_on", "right:8:title", "exec:16:curators", "close:16",
    "closed:16", "reopen:16", "nowhy", "later:20220310", "until:20220310:tomorrow", "group:1",
    "bind:1:500+", "unbind:1", "leave:1", "rule:morning", "unrule:morning", "day:1", "noday:20220620", "carry:1:2023",
    "code:1", "uncode:1", "go:cards", "cardsof:0:0", "cards:0:0", "print:0:0:2", "nonsense", "item:-1", "item:x", "",
)  # fmt: skip


async def test_stranger_learns_and_changes_nothing_by_any_button(desk: Desk) -> None:
    await desk.group("500+", "500+")
    before = (desk.look.rows("SELECT * FROM item"), desk.look.rows("SELECT * FROM group_chat"))
    for data in FORGED:
        assert await desk.forges(desk.igor, data or "-") == TOAST, data
    assert [one.text for one in desk.igor.messages() if one.sender.is_bot] == [POLITE]
    assert (desk.look.rows("SELECT * FROM item"), desk.look.rows("SELECT * FROM group_chat")) == before
    assert (desk.look.count("setting"), desk.look.count("day_override"), desk.look.count("conversation")) == (0, 0, 0)


async def test_every_one_of_those_buttons_would_tell_or_change_something_for_a_member(desk: Desk) -> None:
    """The data that must not leak is there."""
    await desk.group("500+", "500+")
    shown = [await desk.opens(desk.marina, command) for command in ("/now", "/roadmap", "/groups", "/rules")]
    assert all(POLITE not in one.text for one in shown)
    await desk.forges(desk.marina, "item:16")
    assert desk.screen(desk.marina).startswith("⏳ п. 16 Организация первого опроса")


async def test_coordinators_hear_that_one_of_them_blocked_the_bot_and_writing_again_is_enough(desk: Desk) -> None:
    desk.pavel.blocks()
    await desk.settle()
    await desk.tick()
    blocked = "⚠️ Павел Зимин не получает сообщения: бот заблокирован. Позвоните и попросите разблокировать бота."
    assert desk.marina.sees("бот заблокирован", desk.marina.private()).text == blocked
    assert desk.look.rows("SELECT blocked_at IS NULL FROM account ORDER BY id") == [(1,), (0,)]
    await desk.says(desk.pavel, "/menu")
    assert desk.look.rows("SELECT blocked_at IS NULL FROM account ORDER BY id") == [(1,), (1,)]


async def test_stranger_who_blocks_the_bot_is_nobodys_news(desk: Desk) -> None:
    desk.igor.blocks()
    await desk.settle()
    desk.igor.unblocks()
    await desk.settle()
    assert desk.look.count("outbox") == 0


async def test_album_of_a_stranger_is_answered_once(desk: Desk) -> None:
    def answers() -> list[str]:
        return [one.text for one in desk.igor.messages() if one.sender.is_bot]

    before = answers()
    for count in (4, 2):
        desk.igor.sends_album([PICTURE] * count)
        await desk.settle()
    assert answers() == [*before, POLITE, POLITE]
