"""«Start», codes from links and by hand, and the one line that strangers get."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.app import App
from domain.people import Role
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE
from tests.handlers.desk import Desk

POLITE = (
    "Это служебный помощник проекта «500+». Чтобы войти, попросите у координатора приглашение и отправьте сюда код."
)
TOAST = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
WELCOME = "Вы вошли как региональный координатор.\n\nДорожная карта 500+\nОльга Лебедева, что показать?"
MENU = ["Что сейчас", "Месяц", "Дорожная карта", "Уточнить", "Группы", "Уведомления", "Помощь"]


async def invitation(app: App) -> str:
    return (await app.core.invites.invite(Role.COORDINATOR, now=app.clock())).code


def roles(desk: Desk) -> list[tuple[str, str]]:
    query = "SELECT person.name, role FROM role JOIN person ON person.id = person_id ORDER BY person.id"
    return [(name, role) for name, role in desk.look.rows(query)]


async def test_deep_link_lets_the_person_in(desk: Desk) -> None:
    desk.olga.follows(f"https://t.me/road_bot?start={await invitation(desk.app)}")
    await desk.settle()
    assert (desk.screen(desk.olga), desk.said(desk.olga).buttons) == (WELCOME, MENU)
    assert roles(desk)[-1] == ("Ольга Лебедева", "coordinator")


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: f"  {code.replace('-', ' ')}  ",
        lambda code: code.replace("-", ""),
        lambda code: f"/start {code.lower()}",
    ],
)
async def test_the_same_code_is_taken_typed_by_hand(desk: Desk, typed: Callable[[str], str]) -> None:
    await desk.says(desk.olga, typed(await invitation(desk.app)))
    assert desk.screen(desk.olga) == WELCOME


async def test_name_from_a_profile_is_shown_as_it_is_written(desk: Desk) -> None:
    desk.olga.first_name, desk.olga.last_name = "<b>Оля</b>", "& Ко"
    await desk.says(desk.olga, await invitation(desk.app))
    assert desk.screen(desk.olga).endswith("<b>Оля</b> & Ко, что показать?")
    assert roles(desk)[-1][0] == "<b>Оля</b> & Ко"


async def test_the_code_of_the_same_person_is_welcome_twice(desk: Desk) -> None:
    code = await invitation(desk.app)
    for _ in range(2):
        await desk.says(desk.olga, code)
    assert desk.screen(desk.olga) == WELCOME
    assert len(roles(desk)) == 3


async def test_used_code_is_refused_to_anybody_else(desk: Desk) -> None:
    code = await invitation(desk.app)
    await desk.says(desk.olga, code)
    await desk.says(desk.igor, code)
    assert desk.screen(desk.igor) == "По этому коду уже вошли. Попросите новый код."
    assert (await desk.says(desk.igor, "/menu")).text == POLITE


async def test_one_code_sent_by_two_people_at_once_lets_one_in(desk: Desk) -> None:
    code = await invitation(desk.app)
    desk.olga.says(code)
    desk.igor.says(code)
    await desk.settle()
    assert len(roles(desk)) == 3
    said = sorted(desk.screen(one).split(".")[0] for one in (desk.olga, desk.igor))
    assert said == ["Вы вошли как региональный координатор", "По этому коду уже вошли"]


async def test_code_works_for_seven_days(desk: Desk) -> None:
    code = await invitation(desk.app)
    desk.world.clock.advance(timedelta(days=7))
    assert (await desk.says(desk.olga, code)).text == "Срок этого кода вышел. Попросите новый код."
    assert len(roles(desk)) == 2


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "/start AAAA-BBBB-CCCC-DDDD", "/start <b>1</b>"])
async def test_unknown_code_is_refused_and_says_what_to_do(desk: Desk, code: str) -> None:
    said = "Такого кода нет. Проверьте, все ли буквы и цифры на месте, или попросите новый код."
    assert (await desk.says(desk.olga, code)).text == said
    assert len(roles(desk)) == 2


async def test_start_without_a_code_shows_a_member_the_menu(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/start")
    assert (shown.text, shown.buttons) == ("Дорожная карта 500+\nМарина Королёва, что показать?", MENU)


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
    assert (shown.text, shown.buttons) == (POLITE, [])


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
    "closed:16", "reopen:16", "nowhy", "cancel", "later:20220310", "until:20220310:tomorrow", "group:1",
    "bind:1:500+", "unbind:1", "leave:1", "rule:morning", "unrule:morning", "day:1", "noday:20220620", "carry:1:2023",
    "nonsense", "item:-1", "item:x", "",
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
