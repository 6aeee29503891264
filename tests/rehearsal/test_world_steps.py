"""A person's step takes effect at once; awaited, it goes on when the bots have done their part."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiogram import Bot, Dispatcher
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from rehearsal.awaited import Awaited
from rehearsal.person import Person
from rehearsal.pressing import Answer
from rehearsal.stock import PICTURE, polling
from rehearsal.world import World

SLOW = 0.15
"""Longer than the silence that counts as settled."""
BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Подтвердить", callback_data="confirm")]])


def slow_dispatcher(noted: list[str]) -> Dispatcher:
    """Takes its time over everything, and says something after it."""
    made = Dispatcher()

    @made.message()
    async def heard(message: Message) -> None:
        await asyncio.sleep(SLOW)
        noted.append(message.content_type)
        if message.chat.type == ChatType.PRIVATE:
            await message.answer("Слышу", reply_markup=BUTTON)

    @made.edited_message()
    async def corrected(message: Message) -> None:
        await asyncio.sleep(SLOW)
        noted.append(f"edited: {message.text}")

    @made.my_chat_member()
    async def moved(event: ChatMemberUpdated) -> None:
        await asyncio.sleep(SLOW)
        noted.append(f"bot: {event.new_chat_member.status}")

    @made.callback_query()
    async def confirmed(call: CallbackQuery) -> None:
        await call.answer("Принято")
        await asyncio.sleep(SLOW)
        if isinstance(call.message, Message):
            await call.message.edit_text("Подтверждено")

    return made


@pytest.fixture
async def noted(bot: Bot, world: World) -> AsyncIterator[list[str]]:
    """What the slow bot has finished with."""
    noted: list[str] = []
    async with polling(slow_dispatcher(noted), bot, world):
        yield noted


async def test_awaited_words_give_the_message_when_the_bot_has_answered(noted: list[str], anna: Person) -> None:
    said = await anna.says("Готово")
    assert (said.text, said.sender) == ("Готово", anna)
    assert anna.sees("Слышу") is anna.last()


async def test_awaited_press_gives_the_answer_when_the_screen_has_changed_too(noted: list[str], anna: Person) -> None:
    await anna.starts()
    assert await anna.presses("Подтвердить") == Answer("Принято")
    anna.sees("Подтверждено")
    anna.does_not_see("Слышу")


async def test_answer_alone_is_there_before_the_screen_has_changed(noted: list[str], anna: Person) -> None:
    await anna.starts()
    press = anna.presses("Подтвердить")
    assert await press.answered() == Answer("Принято")
    anna.does_not_see("Подтверждено")
    await press
    anna.sees("Подтверждено")


SENDINGS: dict[str, Callable[[Person], Awaited]] = {
    "photo": lambda anna: anna.sends_photo(PICTURE),
    "document": lambda anna: anna.sends_document(b"x", "приказ.pdf"),
    "voice": lambda anna: anna.sends_voice(b"OggS", 2),
    "location": lambda anna: anna.sends_location(55.75, 37.61),
    "text": lambda anna: anna.replies(anna.says("вопрос"), "ответ"),
    "edited: ошибка": lambda anna: anna.edits(anna.says("ошипка"), "ошибка"),
}


@pytest.mark.parametrize("kind", SENDINGS)
async def test_whatever_is_sent_can_be_awaited(noted: list[str], anna: Person, kind: str) -> None:
    await SENDINGS[kind](anna)
    assert kind in noted
    anna.sees("Слышу")


async def test_awaited_album_gives_its_messages_when_all_are_answered(noted: list[str], anna: Person) -> None:
    album = await anna.sends_album([PICTURE, PICTURE], caption="праздник")
    assert [message.text for message in album.messages] == ["праздник", ""]
    assert noted == ["photo", "photo"]


async def test_coming_and_going_can_be_awaited(noted: list[str], world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris])
    anna.private()
    steps: list[tuple[str, Callable[[], Awaited]]] = [
        ("member", lambda: anna.adds_bot(group)),
        ("administrator", lambda: anna.promotes(group, world.bot)),
        ("member", lambda: anna.demotes(group, world.bot)),
        ("kicked", lambda: anna.removes_bot(group)),
        ("kicked", anna.blocks),
        ("member", anna.unblocks),
    ]
    for status, step in steps:
        noted.clear()
        await step()
        assert f"bot: {status}" in noted


async def test_what_changes_in_a_group_can_be_awaited(
    noted: list[str], world: World, anna: Person, boris: Person
) -> None:
    group = world.add_group("Школа № 5", [anna, world.bot])
    await anna.adds(group, boris)
    await boris.leaves(group)
    await boris.joins(group)
    await anna.removes(group, boris)
    await anna.renames(group, "Школа № 55")
    services = ["new_chat_members", "left_chat_member", "new_chat_members", "left_chat_member", "new_chat_title"]
    assert noted[-5:] == services
    await anna.deletes(anna.last(group))
    await anna.deletes_account()
    assert (anna.last(group).service, anna.deactivated) == ({"left_chat_member": boris.wire()}, True)


def test_step_that_nobody_awaits_is_made_all_the_same(world: World, anna: Person) -> None:
    """Not even a loop is needed."""
    anna.starts()
    anna.says("Готово")
    anna.blocks()
    assert [message.text for message in anna.messages()] == ["/start", "Готово"]
    assert anna.private().blocked
