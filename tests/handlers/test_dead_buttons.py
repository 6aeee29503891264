"""Buttons that lead nowhere any more: of older versions, forged, or about what is gone."""

import pytest

from rehearsal.messages import Message
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

DEAD = Answer("Эта кнопка больше не действует. Откройте меню: /menu", alert=True)
HUGE = "9" * 25
TOO_BIG = str(2**63)


FORGED = (
    "-", "nonsense", "nonsense:1:2", ":", "::::", "go", "go:nonsense", "go:menu:1", "меню", "item", "item:",
    "item:x", "item:1:2", "item:0", "item:-1", "item:1.5", f"item:{TOO_BIG}", f"item:{HUGE}",
    f"more:{HUGE}", "more:-1",
    f"history:{HUGE}", f"edit:{HUGE}", f"close:{HUGE}", f"closed:{HUGE}", f"reopen:{HUGE}", "closed:-16",
    f"field:{HUGE}:title", "field:16:nonsense", "field:16:", f"right:{HUGE}:title", "right:16:nonsense",
    f"exec:{HUGE}:curators", f"group:{HUGE}", "group:-1", f"bind:{HUGE}:500+", f"unbind:{HUGE}", f"leave:{HUGE}",
    f"carry:{HUGE}:2023", "carry:1:x", "rule:nonsense", "unrule:nonsense", "rule:", "day:2", "day:x", "noday:x",
    "noday:20220231", "noday:99999999", "noday:2022062", "later:x", "later:20220231", "until:20220310:nonsense",
    "until:99999999:tomorrow", "until:٢٠٢٢٠٣١٠:tomorrow", "nowhy", "month:x:1", "month:2022", "list:all:-:x",
)  # fmt: skip


async def test_dead_buttons_are_answered_kindly_and_nothing_happens(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    before = (desk.look.rows("SELECT * FROM item"), desk.screen(desk.marina))
    for data in FORGED:
        assert await desk.forges(desk.marina, data) == DEAD, data
    assert (desk.look.rows("SELECT * FROM item"), desk.screen(desk.marina)) == before
    assert caplog.records == []


GONE = (
    "item:77", "more:77", "history:77", "edit:77", "field:77:title", "field:77:executors", "right:77:title",
    "exec:77:curators", "close:77", "closed:77", "reopen:77", f"item:{2**63 - 1}",
)  # fmt: skip


async def test_items_that_are_gone_are_said_kindly_and_nothing_is_awaited(desk: Desk) -> None:
    gone = Answer("Такого пункта больше нет. Откройте дорожную карту: /roadmap", alert=True)
    for data in GONE:
        assert await desk.forges(desk.marina, data) == gone, data
    assert (await desk.says(desk.marina, "Спасибо")).text.startswith("Я понимаю кнопки.")


async def test_press_that_comes_too_late_to_be_answered_is_still_done(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/roadmap", "п. 2", "Закрыть пункт")
    desk.marina.presses("Без примечания", shown)
    desk.world.clock.advance(desk.world.presses.life * 2)
    await desk.settle()
    assert "\nЗакрыт 10.03.2022 12:00" in shown.text


@pytest.mark.parametrize("spoil", ["deleted", "forgotten"])
async def test_screen_that_cannot_be_edited_is_shown_anew(desk: Desk, spoil: str) -> None:
    shown = await desk.says(desk.marina, "/roadmap")
    setattr(shown, spoil, True)
    assert await desk.forges(desk.marina, "item:16", shown) == Answer("")
    fresh = desk.said(desk.marina)
    assert (fresh.id > shown.id, fresh.text.split("\n")[0]) == (
        True, "⏳ п. 16 Организация первого опроса участников проекта",
    )  # fmt: skip
    assert shown.edits == []


async def test_screen_whose_edit_the_server_refuses_is_shown_anew(desk: Desk) -> None:
    shown = await desk.says(desk.marina, "/roadmap")
    desk.world.faults.fail("editMessageText", code=400)
    await desk.presses(desk.marina, "п. 2")
    assert desk.said(desk.marina) is not shown
    assert desk.screen(desk.marina).startswith("⚠️ п. 2 ")


async def test_same_screen_asked_for_twice_is_one_screen(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/menu", "Что сейчас")
    messages: list[Message] = desk.marina.messages(desk.marina.private())
    assert await desk.forges(desk.marina, "go:now", shown) == Answer("")
    assert desk.marina.messages(desk.marina.private()) == messages


async def test_only_updates_that_somebody_handles_are_asked_for(desk: Desk) -> None:
    assert set(desk.app.dispatcher.resolve_used_update_types()) == {"message", "callback_query", "my_chat_member"}
