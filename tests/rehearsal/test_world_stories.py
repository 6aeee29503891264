"""Short stories with the stock dispatcher: the way the product's own stories are told."""

from datetime import timedelta

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from rehearsal.person import Person
from rehearsal.pressing import Answer, UnansweredError
from rehearsal.settling import NotSettledError
from rehearsal.stock import PICTURE, polling, stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="✅ Подтвердить", callback_data="confirm")],
        [InlineKeyboardButton(text="Молчать", callback_data="silence")],
        [InlineKeyboardButton(text="Сайт", url="https://example.ru")],
    ]
)


def dispatcher() -> Dispatcher:
    made = Dispatcher()

    @made.message(CommandStart(deep_link=True))
    async def linked(message: Message) -> None:
        await message.answer(f"Код: {(message.text or '').partition(' ')[2]}")

    @made.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("<b>Срок</b> сегодня 🎉", reply_markup=BUTTONS)

    @made.callback_query(F.data == "confirm")
    async def confirm(call: CallbackQuery) -> None:
        await call.answer("Принято", show_alert=True)
        if isinstance(call.message, Message):
            await call.message.edit_text("<i>Подтверждено</i>")

    @made.callback_query(F.data == "silence")
    async def silence(call: CallbackQuery) -> None:
        return

    @made.callback_query()
    async def dead(call: CallbackQuery) -> None:
        await call.answer("Эта кнопка уже не действует")

    return made


async def test_a_press_is_answered_and_the_message_changes(bot: Bot, world: World, anna: Person) -> None:
    async with polling(dispatcher(), bot, world):
        await anna.starts()
        assert anna.last().html == "<b>Срок</b> сегодня 🎉"
        assert anna.last().buttons == ["✅ Подтвердить", "Молчать", "Сайт"]
        assert await anna.presses("Подтвердить") == Answer("Принято", alert=True)
    assert anna.last().html == "<i>Подтверждено</i>"
    assert [(edit.text, len(edit.keyboard)) for edit in anna.last().edits] == [("Срок сегодня 🎉", 3)]
    assert world.complaints == []


async def test_a_press_nobody_answers_is_seen(bot: Bot, world: World, anna: Person) -> None:
    async with polling(dispatcher(), bot, world):
        await anna.starts()
        press = anna.presses("Молчать")
        with pytest.raises(UnansweredError):
            await press.answered(within=0.2)
        with pytest.raises(ValueError, match="opens something"):
            anna.presses("Сайт")
        with pytest.raises(LookupError, match="sees no button 'Отменить'"):
            anna.presses("Отменить")


async def test_an_old_phone_presses_a_dead_button_of_a_forgotten_message(bot: Bot, world: World, anna: Person) -> None:
    async with polling(dispatcher(), bot, world):
        await anna.starts()
        anna.last().forgotten = True
        answer = await anna.presses_data(anna.last(), "v1:gone")
    assert answer == Answer("Эта кнопка уже не действует")


async def test_a_deep_link_brings_its_code(bot: Bot, world: World, anna: Person) -> None:
    async with polling(dispatcher(), bot, world):
        await anna.follows("https://t.me/road_bot?start=SCHOOL5")
    assert anna.last().text == "Код: SCHOOL5"
    with pytest.raises(ValueError, match="no bot of this world"):
        anna.follows("https://t.me/other_bot?start=x")


async def test_settling_says_what_is_left(world: World, anna: Person) -> None:
    anna.starts()
    with pytest.raises(NotSettledError, match=r"@road_bot has 1 updates to take.*nobody has ever asked"):
        await world.settle(within=0.1)


async def test_faults_on_demand(bot: Bot, world: World, school: Person) -> None:
    world.faults.fail("sendMessage", times=2)
    world.faults.flood("sendMessage", retry_after=7)
    for _ in range(2):
        with pytest.raises(TelegramServerError):
            await bot.send_message(school.id, "x")
    with pytest.raises(TelegramRetryAfter, match="retry after 7"):
        await bot.send_message(school.id, "x")
    await bot.send_message(school.id, "дошло")
    assert [message.text for message in school.messages()] == ["/start", "дошло"]


async def test_a_lost_request_and_a_lost_answer(bot: Bot, world: World, school: Person) -> None:
    world.faults.drop("sendMessage")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(school.id, "не дошло")
    world.faults.drop("sendMessage", after=True)
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(school.id, "дошло без ответа")
    world.faults.hang("sendMessage", seconds=60)
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(school.id, "зависло", request_timeout=1)
    assert [message.text for message in school.messages()] == ["/start", "дошло без ответа"]


async def test_the_page_hears_the_news(bot: Bot, world: World, anna: Person) -> None:
    with world.subscribe() as events:
        async with polling(dispatcher(), bot, world):
            await anna.starts()
            await anna.presses("Подтвердить")
        world.clock.advance(timedelta(days=1))
        anna.blocks()
        heard = [(await events.next()).kind for _ in range(7)]
    assert heard == ["message", "message", "pressed", "answered", "edited", "clock", "membership"]


async def test_a_snapshot_is_what_the_person_sees(bot: Bot, world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris, world.bot])
    boris.starts()
    anna.starts()
    anna.replies(anna.sends_photo(PICTURE, caption="<класс>"), "вот")
    await bot.send_message(anna.id, "<b>Срок</b>", reply_markup=BUTTONS)
    shown = world.snapshot(anna)
    private, school = shown["chats"]
    assert [message["html"] for message in private["messages"]] == ["/start", "&lt;класс&gt;", "вот", "<b>Срок</b>"]
    assert [message["reply_to"] for message in private["messages"]] == [None, None, 2, None]
    assert [file.data for file in map(world.files.get, private["messages"][1]["files"]) if file] == [PICTURE] * 3
    assert private["messages"][3]["buttons"][2] == [{"text": "Сайт", "data": None, "url": "https://example.ru"}]
    assert (school["id"], school["title"], school["members"]) == (
        group.id,
        "Школа № 5",
        ["Анна Петрова", "Борис", "Дорожная карта"],
    )
    assert [message["service"] for message in school["messages"]] == ["new_chat_members"]


async def test_two_bots_have_chats_of_their_own(bot: Bot, world: World, anna: Person, server: WorldServer) -> None:
    other = world.add_bot("43:OTHER", "other_bot")
    anna.starts(bot=other)
    async with stock_bot(server.base, "43:OTHER") as second:
        await second.send_message(anna.id, "от второго")
        (update,) = await second.get_updates()
        assert update.message is not None
    assert await bot.get_updates() == []
    assert [message.text for message in anna.messages(anna.private(other))] == ["/start", "от второго"]
